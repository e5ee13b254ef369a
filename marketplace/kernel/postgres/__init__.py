"""PostgreSQL as Django speaks to it, but for how a connection kept from the last request is looked at."""
