mkdir d; : >d/x; entente --log d replay 2024
