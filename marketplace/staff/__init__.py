"""Pages of the administration that need several apps at once: what waits, the search, the figures."""
