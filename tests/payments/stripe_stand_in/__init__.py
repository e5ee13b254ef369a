"""Stripe without the internet: what a request may say comes from the installed library, what follows from a small
server that remembers. The real library talks to it over HTTP."""
