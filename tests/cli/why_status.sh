made; entente why /CSTO/members/ARM/status --at 2024-06
