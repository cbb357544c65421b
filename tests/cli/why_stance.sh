made; entente why /CSTO/stance/ARM/score --at 2024-06
