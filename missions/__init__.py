"""Quotes and missions: an expert's priced plan, and the work that follows, paid in three instalments."""
