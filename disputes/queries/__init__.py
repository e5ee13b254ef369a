"""Disputes as people read them."""
