"""Stripe behind the gateway's port: the only package that knows the `stripe` library."""
