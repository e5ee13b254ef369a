"""Which package imports which, read from the code and drawn for docs/architecture.md: `python -m marketplace.local.graph`."""

from __future__ import annotations

from pathlib import Path

import grimp

PAGE = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"
BEGIN, END = "```mermaid\n", "```\n"
PACKAGES = ("accounts", "disputes", "marketplace", "messaging", "missions", "offers", "orders", "payments")


def drawn() -> str:
    """The graph between the apps and the kernel, as Mermaid."""
    graph = grimp.build_graph(PACKAGES[0], *PACKAGES[1:], cache_dir=None)
    found = {
        (_package(one), _package(other))
        for one in graph.modules
        for other in graph.find_modules_directly_imported_by(one)
    }
    lines = [f"    {one} --> {other}" for one, other in sorted(found) if one != other]
    return BEGIN + "graph TD\n" + "\n".join(lines) + "\n" + END


def _package(module: str) -> str:
    return "kernel" if module.startswith("marketplace.kernel") else module.partition(".")[0]


def main() -> None:
    text = PAGE.read_text()
    before, _begin, rest = text.partition(BEGIN)
    PAGE.write_text(before + drawn() + rest.partition(END)[2])


if __name__ == "__main__":
    main()
