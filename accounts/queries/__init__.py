"""Reads of this app, as pages need them."""

from accounts.queries.listing import ListingStep as ListingStep
from accounts.queries.listing import listing_steps as listing_steps
