"""Dashboards and alerts speak of figures that exist, and every alert says what to do."""

import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django_prometheus.middleware import Metrics
from prometheus_client import REGISTRY

from marketplace.metrics import Business

FOLDER = Path(settings.BASE_DIR) / "deploy" / "monitoring"
RULES = [
    rule for group in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text())
EXPRESSIONS = [rule["expr"] for rule in RULES] + [
    target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())
]
ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


@pytest.fixture
def exposed(db) -> dict[str, set[str]]:
    """Every figure by its name at `/metrics`, with its labels as far as they are known."""
    Metrics.get_instance()
    found: dict[str, set[str]] = {}
    for metric in [*REGISTRY.collect(), *Business().collect()]:
        labels = {label for sample in metric.samples for label in sample.labels}
        for ending in ENDINGS.get(metric.type, ("",)):
            found[metric.name + ending] = labels
    return found


def test_every_figure_that_is_drawn_or_watched_exists(exposed):
    named = {name for expression in EXPRESSIONS for name in re.findall(r"\bjalon_\w+", expression)}

    assert len(named) > 12
    assert named - set(exposed) == set()


def test_every_figure_of_the_business_is_drawn(exposed):
    drawn = " ".join(EXPRESSIONS)

    assert [metric.name for metric in Business().collect() if metric.name not in drawn] == []


def test_states_and_labels_of_the_business_exist(exposed):
    for expression in EXPRESSIONS:
        for name, label in re.findall(r"(jalon_(?!django)\w+)\{(\w+)=", expression):
            assert label in exposed[name], expression


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_how_urgent_it_is_and_where_its_runbook_stands(rule):
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^### (\w+)$", (Path(settings.BASE_DIR) / page).read_text(), re.MULTILINE)

    assert anchor == rule["alert"].lower()
    assert rule["alert"] in headings
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"].endswith(".")


def test_no_runbook_is_left_without_its_alert():
    text = (Path(settings.BASE_DIR) / "docs" / "operations.md").read_text()
    part = text.partition("## Alerts, and what to do")[2].partition("\n## ")[0]

    assert set(re.findall(r"^### (\w+)$", part, re.MULTILINE)) == {rule["alert"] for rule in RULES}
