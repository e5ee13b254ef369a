"""The colours of the covers, all cousins of the brand's teal and vermilion."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """bg: background; deco: shapes on it; on_bg: text on it; paper, ink, muted, rule: sheets and
    their text; main, tint: the leading colour and its wash; accent, accent_tint: what must be seen;
    third: one more colour for charts."""

    bg: str
    deco: str
    on_bg: str
    main: str
    tint: str
    accent: str
    accent_tint: str
    third: str
    paper: str = "#FFFFFF"
    ink: str = "#13201F"
    muted: str = "#5B6A6E"
    rule: str = "#E1E8E9"

    @property
    def on_accent(self) -> str:
        """A legible colour for text on the accent."""
        red, green, blue = (int(self.accent[i : i + 2], 16) for i in (1, 3, 5))
        return self.ink if 0.299 * red + 0.587 * green + 0.114 * blue > 150 else "#FFFFFF"

    @property
    def series(self) -> tuple[str, ...]:
        """Colours for charts, in order."""
        return self.main, self.accent, self.third, self.ink


PALETTES: dict[str, Palette] = {
    "teal": Palette("#0B4F5C", "#0E5B69", "#E6F2F4", "#0B6170", "#D5E8EB", "#E0482C", "#FDE5DE", "#6FB3BD"),
    "deep": Palette("#07323B", "#0B3E49", "#D9EAED", "#0B6170", "#D9EBEE", "#E0482C", "#FDE5DE", "#E9B872"),
    "mist": Palette("#DCE9EB", "#D0E1E4", "#07323B", "#0B6170", "#E3F0F2", "#E0482C", "#FDE5DE", "#7FB9C1"),
    "sand": Palette("#F3E4D0", "#EEDAC1", "#3B2A17", "#8A4B16", "#F8EBDB", "#E0482C", "#FDE5DE", "#0B6170"),
    "blush": Palette("#FADCD2", "#F7CFC2", "#5A1C0D", "#C23A20", "#FDEAE4", "#0B6170", "#DDEFF1", "#F2A07B"),
    "vermilion": Palette(
        "#E0482C", "#E75A40", "#FFFFFF", "#C9371C", "#FCE3DC", "#07323B", "#DCECEE", "#F4A78F"
    ),
    "lilac": Palette("#E4DDF8", "#D9CFF4", "#2C1B59", "#5B3BA8", "#EDE7FB", "#E0482C", "#FDE5DE", "#A48FE0"),
    "plum": Palette("#2B1D4E", "#36265F", "#EDE7FB", "#6A48C0", "#E9E1FB", "#F2875C", "#FDE8DD", "#B7A2EE"),
    "mint": Palette("#CFEBDD", "#BFE3D1", "#0B3B26", "#116A43", "#E0F3E9", "#E0482C", "#FDE5DE", "#6CBF98"),
    "forest": Palette("#0F4A33", "#14583D", "#DDF2E7", "#16744C", "#DCF0E6", "#F0B64A", "#FCF0D5", "#7CC4A0"),
    "sky": Palette("#D3E4F4", "#C4DAEF", "#0F2F5C", "#1C55A6", "#E4EEFA", "#E0482C", "#FDE5DE", "#7FA9DF"),
    "sun": Palette("#FBD468", "#F9C947", "#3B2A05", "#13201F", "#FDF0CC", "#E0482C", "#FDE5DE", "#C98A00"),
    "ink": Palette("#16232A", "#1E2D35", "#E4ECEE", "#0B6170", "#DCEBED", "#E0482C", "#FDE5DE", "#F0B64A"),
}
