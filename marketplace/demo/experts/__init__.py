"""The forty experts of the demo world.

`EXPERTS` is a tuple of `Expert`; `BY_KEY` finds one by its key. Portraits are drawn by
`images.portrait(key)` from the same keys.
"""

from marketplace.demo.experts import growth, management, technical
from marketplace.demo.experts.model import Expert

EXPERTS: tuple[Expert, ...] = management.EXPERTS + growth.EXPERTS + technical.EXPERTS
BY_KEY: dict[str, Expert] = {expert.key: expert for expert in EXPERTS}

__all__ = ["BY_KEY", "EXPERTS", "Expert"]
