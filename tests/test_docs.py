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
