"""Drawing by code: the canvas, the palettes, the compositions and the portraits of the demo world."""
