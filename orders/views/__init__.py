"""Who may see or do what with an order. Each view finds through a scoped queryset and calls one action."""
