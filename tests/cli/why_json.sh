made; entente why /CSTO/members/AZE --at 1999-06 --json
