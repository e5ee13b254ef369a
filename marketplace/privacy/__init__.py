"""What people may ask of their own data: a copy of all of it, and the end of their account.

An account closes only when nothing is live: no order, no dispute, no money. Contracts, invoices and the ledger stay
for their legal time (Code de commerce, art. L123-22: ten years; Code civil, art. 2224: five) under a name that says
nothing; everything else goes.
"""
