"""Loads the demo world: every order in it lived through the real actions, at its own moment in the past."""
