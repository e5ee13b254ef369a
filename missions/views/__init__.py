"""Pages of quotes, missions and instalments."""
