entente help nothing
