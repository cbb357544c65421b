entente init && entente verify && entente log && entente replay 2024
