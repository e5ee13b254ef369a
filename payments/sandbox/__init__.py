"""A payment provider of our own, without real money: for development, demonstrations and tests only."""
