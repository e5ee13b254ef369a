"""The documents keep up with what they describe."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OPERATIONS = ROOT / "docs" / "operations.md"


def test_every_setting_of_the_environment_is_explained():
    offered = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", OPERATIONS.read_text()))

    assert offered, "the list of settings was found"
    assert not offered - explained


def test_every_task_of_the_clock_is_explained():
    explained = set(re.findall(r"`(\w+\.tasks\.\w+)`", OPERATIONS.read_text()))

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} == explained


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text()

    for page in folder.glob("0*.md"):
        assert page.name in listed


def test_the_drawing_of_imports_is_that_of_the_code():
    from marketplace.local import graph

    assert graph.drawn() in graph.PAGE.read_text(), "run python -m marketplace.local.graph"


@pytest.mark.parametrize("name", ["docs/security.md", "docs/architecture.md", "CONTRIBUTING.md"])
def test_files_and_tests_that_a_document_names_exist(name):
    text = (ROOT / name).read_text()
    named = set(
        re.findall(r"`((?:tests|docs|orders|offers|accounts|payments|marketplace)/[\w/]+\.(?:py|md))", text)
    )

    assert named
    assert {each for each in named if not (ROOT / each).exists()} == set()
    tests = set(re.findall(r"::(test_\w+)`", text))
    defined = "".join(page.read_text() for page in (ROOT / "tests").glob("*.py"))
    assert {each for each in tests if f"def {each}(" not in defined} == set()


def test_tests_and_settings_that_the_security_page_names_exist():
    text = (ROOT / "docs" / "security.md").read_text()
    rules = (ROOT / "marketplace" / "kernel" / "rules.py").read_text()
    rows = [line for line in text.partition("## Gaps")[0].splitlines() if re.match(r"\| V\d", line)]
    pages = {page.name for page in (ROOT / "tests").rglob("test_*.py")}
    settings_named = set(re.findall(r"`([A-Z][A-Z0-9]+_[A-Z_]+)`", text))

    assert [row for row in rows if "`" not in row.rpartition(" | ")[2]] == [], (
        "each line is kept by something"
    )
    assert set(re.findall(r"\b(test_\w+\.py)", text)) - pages == set()
    assert {name for name in settings_named if not hasattr(settings, name) and name not in rules} <= {
        name for name in settings_named if name in (ROOT / ".env.example").read_text()
    }


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in OPERATIONS.parent.glob("*.md"))]
)
def test_commands_that_a_document_names_exist(name):
    commands = set(re.search(r"COMMANDS := (.*)", (ROOT / "Makefile").read_text())[1].split())

    assert set(re.findall(r"`make (\w+)", (ROOT / name).read_text())) <= commands


def test_names_that_the_page_of_architecture_speaks_of_exist():
    """A newcomer who follows a worked example finds every word of it in the code."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    code = "\n".join(
        page.read_text()
        for app in (
            "accounts",
            "disputes",
            "marketplace",
            "messaging",
            "missions",
            "offers",
            "orders",
            "payments",
            "tests",
        )
        for page in (ROOT / app).rglob("*.py")
    )
    names = {name.rpartition(".")[2] for name in re.findall(r"`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)`", text)}

    assert len(names) > 20
    assert {name for name in names if not re.search(rf"\b{name}\b", code)} <= {"py", "env", "example"}
