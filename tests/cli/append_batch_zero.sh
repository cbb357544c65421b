entente append --batch 0
