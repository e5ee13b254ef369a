"""The categories of the catalogue: those every new site begins with."""

from __future__ import annotations

from offers.first_categories import FIRST

CATEGORIES = FIRST
