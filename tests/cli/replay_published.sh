made; entente replay 2024-06 --published 2024-02
