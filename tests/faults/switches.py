"""What is wrong at the moment: small files in one folder, written by the suite and read by every process."""

import os
from pathlib import Path

FOLDER = "JALON_FAULTS_FOLDER"


def _path(name: str) -> Path:
    return Path(os.environ[FOLDER]) / f"switch-{name}"


def read(name: str) -> str:
    """How a switch stands; empty when nobody touched it."""
    try:
        return _path(name).read_text()
    except FileNotFoundError:
        return ""


def turn(name: str, value: str) -> None:
    """Set a switch for all processes at once; an empty value takes the fault away."""
    draft = _path(f"{name}.{os.getpid()}")
    draft.write_text(value)
    draft.replace(_path(name))
