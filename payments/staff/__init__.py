"""More of what staff see of money, one module a subject; `payments.admin` brings them together."""
