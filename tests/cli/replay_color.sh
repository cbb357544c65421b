made; entente replay 1993 --color=always | od -c | head -n 4; entente replay 1993 --color=maybe
