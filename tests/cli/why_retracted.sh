made; entente retract 7 --reason x; entente why /CSTO/members/ARM/status --at 2024-06
