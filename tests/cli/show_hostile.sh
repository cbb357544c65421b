made; entente show 8 | grep summary; entente log --actor ARM | grep turned; entente why /CSTO/signals/0 --at 2025 | grep turned
