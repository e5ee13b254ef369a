"""The catalogue in the administration: offers and categories, and what people keep of them."""

from offers.admin import kept as kept
from offers.admin import offers as offers
