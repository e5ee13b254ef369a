"""What people look like: the look of each named person, and a plausible one for anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SKINS = {
    "porcelain": "#F8DCCB",
    "fair": "#F4CDB2",
    "warm": "#EBBB97",
    "olive": "#D9A57C",
    "tan": "#C68B60",
    "brown": "#9C6440",
    "deep": "#77482F",
    "ebony": "#5B3625",
}
HAIR_COLOURS = {
    "black": "#221D1F",
    "dark": "#3A2A24",
    "brown": "#5C3D2A",
    "chestnut": "#7C4A2C",
    "auburn": "#9A4B2A",
    "red": "#B9592E",
    "dark-blond": "#A9804B",
    "blond": "#D4AC66",
    "grey": "#8D8F92",
    "silver": "#B9BCBE",
    "white": "#DEDDD8",
}
BACKGROUNDS = {
    "mist": "#CFE2E5",
    "teal": "#7FB4BC",
    "sand": "#F0DCC0",
    "blush": "#F6CFC2",
    "lilac": "#D8CFF2",
    "mint": "#C4E4D3",
    "sky": "#C6DAEF",
    "sun": "#F8DC8F",
    "coral": "#EFA48F",
}


@dataclass(frozen=True)
class Look:
    """Skin, haircut and clothes by name; colours of clothes as hexadecimal."""

    man: bool
    skin: str
    hair: str
    hair_colour: str
    clothes: str
    colour: str
    background: str
    shirt: str = "#FFFFFF"
    accent: str = "#E0482C"
    beard: str = ""
    glasses: str = ""
    frame: str = "#23201F"
    mouth: str = "smile"
    lips: str = "#C4574F"
    width: float = 1.0
    ears: bool = True
    earrings: bool = False
    older: bool = False


DEEP, TEAL, INK, VERMILION, SAND = "#07323B", "#0B6170", "#22303A", "#D9482D", "#E6D3B8"
NAVY, PLUM, FOREST, CREAM, ROSE = "#23385E", "#59407F", "#1F5B43", "#F3EBDD", "#D98E86"
MUSTARD, SLATE, SKY, BURGUNDY, WHITE = "#D79B2E", "#5A6B73", "#8FB4D9", "#7C2A3A", "#FAFAF7"


def woman(
    skin: str, hair: str, colour: str, clothes: str, cloth: str, background: str, **more: object
) -> Look:
    """A woman's look."""
    covered = hair in ("long", "wavy", "bob", "fringe", "lob", "curly", "afro", "braids", "locs")
    more.setdefault("ears", not covered)
    return Look(False, skin, hair, colour, clothes, cloth, background, **more)  # type: ignore[arg-type]


def man(skin: str, hair: str, colour: str, clothes: str, cloth: str, background: str, **more: object) -> Look:
    """A man's look."""
    return Look(True, skin, hair, colour, clothes, cloth, background, **more)  # type: ignore[arg-type]


LOOKS: dict[str, Look] = {
    # Finance
    "claire-delmas": woman("fair", "lob", "dark-blond", "blazer", DEEP, "sand", shirt=WHITE, mouth="open"),
    "karim-benali": man("olive", "crop", "black", "shirt", SKY, "mint", beard="short"),
    "vincent-roux": man("fair", "receding", "brown", "blazer", NAVY, "blush", shirt=WHITE, glasses="round"),
    "nadia-mbaye": woman(
        "deep",
        "bun",
        "black",
        "blouse",
        MUSTARD,
        "mist",
        earrings=True,
        accent="#F0C15A",
        lips="#8E3A3F",
        mouth="open",
    ),
    "marc-delattre": man("warm", "side", "grey", "suit", SLATE, "sky", accent=BURGUNDY, older=True),
    "elodie-marchand": woman(
        "porcelain", "bob", "auburn", "turtleneck", FOREST, "blush", glasses="round", frame="#7A3B1E"
    ),
    "bertrand-lacaze": man(
        "warm", "back", "white", "blazer", INK, "sand", shirt=SKY, older=True, glasses="square"
    ),
    # Human resources
    "ines-carpentier": woman(
        "olive", "wavy", "dark", "blazer", VERMILION, "mist", shirt=CREAM, lips="#B9473F"
    ),
    "mai-nguyen": woman("warm", "long", "black", "crew", CREAM, "lilac", mouth="open"),
    "olivier-perrin": man("fair", "crop", "chestnut", "crew", TEAL, "sun", beard="stubble", glasses="square"),
    "fatou-diop": woman(
        "ebony", "braids", "black", "blouse", TEAL, "sun", accent="#F0C15A", lips="#8A3440", mouth="open"
    ),
    "yann-le-goff": man("fair", "mediumwave", "red", "shirt", "#3D6E86", "sand", beard="full"),
    "caroline-weber": woman(
        "porcelain", "pixie", "silver", "scarf", SLATE, "mint", accent=VERMILION, older=True, earrings=True
    ),
    # Freelance management
    "samuel-okafor": man(
        "ebony", "buzz", "black", "blazer", TEAL, "sand", shirt=WHITE, beard="goatee", mouth="open"
    ),
    "sandrine-vasseur": woman("fair", "fringe", "chestnut", "vneck", NAVY, "coral", lips="#B14A4A"),
    "maxime-lemaire": man("warm", "quiff", "brown", "crew", "#4B6B57", "mist", beard="stubble", mouth="open"),
    "aurelie-gomes": woman(
        "tan", "ponytail", "dark", "blazer", PLUM, "mint", shirt=WHITE, earrings=True, accent="#E9B872"
    ),
    # Sales and marketing
    "sophie-tran": woman(
        "warm", "bob", "black", "blazer", SAND, "teal", shirt=INK, glasses="square", lips="#C24A45"
    ),
    "thomas-girard": man("fair", "side", "dark-blond", "blazer", FOREST, "blush", shirt=WHITE, mouth="open"),
    "leila-haddad": woman("olive", "curly", "dark", "crew", VERMILION, "sky", mouth="open"),
    "antoine-mercier": man("fair", "curlytop", "brown", "shirt", WHITE, "teal", beard="stubble"),
    "marina-costa": woman(
        "olive", "wavy", "chestnut", "vneck", "#2F7F86", "sun", lips="#B9473F", mouth="open"
    ),
    "guillaume-riviere": man(
        "warm", "receding", "dark", "shirt", BURGUNDY, "sand", beard="short", glasses="round", width=1.03
    ),
    # Law
    "aicha-traore": woman(
        "deep", "afro", "black", "blazer", INK, "blush", shirt=CREAM, lips="#8A3440", accent="#F0C15A"
    ),
    "philippe-arnaud": man(
        "warm", "bald", "grey", "suit", INK, "mist", accent=TEAL, glasses="square", older=True
    ),
    "mathilde-schneider": woman("porcelain", "long", "blond", "turtleneck", DEEP, "sand"),
    "romain-castel": man("olive", "quiff", "dark", "blazer", SLATE, "lilac", shirt=WHITE, glasses="round"),
    "dominique-ferrand": woman(
        "fair",
        "pixie",
        "grey",
        "blouse",
        PLUM,
        "sky",
        older=True,
        glasses="round",
        frame="#8A2B3C",
        accent="#D9D2C4",
    ),
    # Strategy
    "julien-astier": man("fair", "crop", "dark", "turtleneck", INK, "coral", beard="stubble"),
    "catherine-morel": woman(
        "fair",
        "lob",
        "silver",
        "blazer",
        BURGUNDY,
        "mist",
        shirt=WHITE,
        older=True,
        earrings=True,
        accent="#E5E0D5",
    ),
    "arnaud-sissoko": man("brown", "shortafro", "black", "crew", MUSTARD, "sky", beard="short", mouth="open"),
    "helene-bonnet": woman("fair", "lowbun", "red", "vneck", FOREST, "sun", mouth="open"),
    # Data
    "hugo-leclerc": man("porcelain", "mediumwave", "brown", "crew", NAVY, "lilac", glasses="square"),
    "priya-ramassamy": woman(
        "brown", "long", "black", "blouse", ROSE, "mint", accent="#F0C15A", lips="#A23F45", mouth="open"
    ),
    "david-cohen": man("warm", "side", "dark", "blazer", "#39424A", "sun", shirt="#DCE6E8", beard="short"),
    "nicolas-faure": man(
        "fair", "back", "grey", "shirt", SLATE, "mint", glasses="square", width=1.03, older=True
    ),
    # Communication
    "jeanne-le-bihan": woman(
        "porcelain", "fringe", "blond", "crew", NAVY, "blush", mouth="open", glasses="round", frame="#1C55A6"
    ),
    "emmanuel-kone": man("ebony", "crop", "black", "suit", NAVY, "teal", accent=VERMILION, glasses="square"),
    "lucie-fabre": woman(
        "fair", "bun", "dark", "turtleneck", VERMILION, "lilac", earrings=True, accent=MUSTARD, ears=True
    ),
    "mehdi-zerrouki": man("olive", "curlytop", "black", "crew", WHITE, "coral", beard="short", mouth="open"),
}


def anyone(key: str, woman_: bool | None = None) -> Look:
    """A look drawn from the key, for people without one of their own."""
    r = Random(f"look|{key}")
    if woman_ is None:
        woman_ = r.random() < 0.5
    skin = r.choices(list(SKINS), (3, 6, 5, 4, 2, 2, 2, 2))[0]
    dark = skin in ("brown", "deep", "ebony")
    older = r.random() < 0.22
    colours = (
        ["black", "dark"] if dark else ["dark", "brown", "chestnut", "dark-blond", "auburn", "black", "blond"]
    )
    colour = r.choice(["grey", "silver", "white"]) if older else r.choice(colours)
    background = r.choice(list(BACKGROUNDS))
    glasses = r.choice(("", "", "", "round", "square"))
    mouth = r.choice(("smile", "open"))
    lips = "#8A3440" if dark else "#B9504A"
    if woman_:
        cuts = (
            ["afro", "braids", "bun", "curly"]
            if dark
            else ["lob", "bob", "long", "wavy", "fringe", "pixie", "ponytail", "lowbun", "bun"]
        )
        cloth = r.choice((DEEP, TEAL, VERMILION, CREAM, PLUM, FOREST, NAVY, MUSTARD, BURGUNDY))
        clothes = r.choice(("blazer", "crew", "vneck", "blouse", "turtleneck"))
        return woman(
            skin, r.choice(cuts), colour, clothes, cloth, background,
            glasses=glasses, mouth=mouth, lips=lips, older=older, accent="#F0C15A", earrings=r.random() < 0.4,
        )  # fmt: skip
    cuts = (
        ["buzz", "shortafro", "crop"]
        if dark
        else ["side", "quiff", "crop", "back", "receding", "curlytop", "mediumwave"]
    )
    cloth = r.choice((DEEP, TEAL, NAVY, SLATE, FOREST, INK, SKY, BURGUNDY))
    clothes = r.choice(("blazer", "shirt", "crew", "suit", "turtleneck"))
    return man(
        skin, r.choice(cuts), colour, clothes, cloth, background,
        glasses=glasses, mouth=mouth, beard=r.choice(("", "", "stubble", "short", "full")), older=older,
    )  # fmt: skip
