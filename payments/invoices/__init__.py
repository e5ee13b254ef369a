"""Invoices drawn up in experts' names under their mandate, our own for the commission, and what corrects them."""
