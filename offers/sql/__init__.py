"""What PostgreSQL does by itself for this app, as migrations install it."""

from pathlib import Path


def read(name: str) -> str:
    """The text of one file of this folder."""
    return (Path(__file__).parent / name).read_text()
