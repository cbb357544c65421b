made; entente show 56C9ADAE-ab78-5a61-99e2-eeb437c0ba1c --json
