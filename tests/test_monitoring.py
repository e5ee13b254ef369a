"""Dashboards and alerts speak of figures that exist, and every alert says what to do."""

import http.server
import json
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
import requests
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


# Asked of Prometheus itself

needs_prometheus = pytest.mark.skipif(
    not (shutil.which("promtool") and shutil.which("prometheus")),
    reason="Prometheus is not installed (Debian's package `prometheus`): its own opinion of the rules is not asked.",
)
QUIET = ("5..", "exceptions")
"""What has no figures while nothing goes wrong."""


def promtool(*words, given=None):
    return subprocess.run(
        ["promtool", *words], cwd=FOLDER, capture_output=True, text=True, input=given, check=False, timeout=60
    )


@needs_prometheus
@pytest.mark.parametrize(
    "words",
    [
        ("check", "config", "--syntax-only", "prometheus.yml"),
        ("check", "rules", "--lint-fatal", "alerts.yml"),
        ("test", "rules", "alerts_test.yml"),
    ],
    ids=" ".join,
)
def test_prometheus_accepts_the_files_and_each_alert_speaks_when_it_should(words):
    done = promtool(*words)

    assert done.returncode == 0, done.stdout + done.stderr


def test_each_alert_is_tried_both_ways():
    tried = yaml.safe_load((FOLDER / "alerts_test.yml").read_text())["tests"]
    cases = [case for test in tried for case in test["alert_rule_test"]]

    for speaks in (True, False):
        assert {case["alertname"] for case in cases if bool(case["exp_alerts"]) is speaks} == {
            rule["alert"] for rule in RULES
        }


@pytest.fixture
def figures(client, db, settings):
    """What `/metrics` says once some pages were asked for."""
    settings.METRICS_TOKEN = "read me"
    settings.MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *settings.MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]
    for path in ("/healthz", "/offers/", "/nowhere/"):
        client.get(path)
    return client.get("/metrics", headers={"Authorization": "Bearer read me"})


@pytest.fixture
def prometheus(figures, tmp_path):
    """Prometheus, with the rules of production, reading these figures every second; gives its address."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.headers["Authorization"] == "Bearer read me" else 404)
            self.send_header("Content-Type", figures["Content-Type"])
            self.end_headers()
            self.wfile.write(figures.content)

        def log_message(self, *_):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    said = yaml.safe_load((FOLDER / "prometheus.yml").read_text())
    (job,) = said["scrape_configs"]
    del job["dns_sd_configs"]
    job["static_configs"] = [{"targets": [f"127.0.0.1:{site.server_port}"]}]
    (tmp_path / "token").write_text("read me")
    job["authorization"]["credentials_file"] = str(tmp_path / "token")
    said["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    said["rule_files"] = [str(FOLDER / "alerts.yml")]
    (tmp_path / "prometheus.yml").write_text(yaml.safe_dump(said))
    with socket.create_server(("127.0.0.1", 0)) as free:
        door = f"127.0.0.1:{free.getsockname()[1]}"
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            ["prometheus", f"--config.file={tmp_path}/prometheus.yml", f"--storage.tsdb.path={tmp_path}/data",
             f"--web.listen-address={door}"],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield f"http://{door}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            site.shutdown()


def series_of(prometheus, expression):
    answer = requests.get(f"{prometheus}/api/v1/query", params={"query": expression}, timeout=5)
    assert answer.status_code == 200, f"{expression}: {answer.text}"
    return answer.json()["data"]["result"]


@needs_prometheus
def test_prometheus_reads_the_site_and_answers_every_query(prometheus):
    until = time.monotonic() + 40
    while True:
        try:
            if series_of(prometheus, 'count_over_time(up{job="jalon"}[1m]) > 2'):
                break
        except requests.ConnectionError:
            pass
        assert time.monotonic() < until, "Prometheus did not read the site"
        time.sleep(0.3)

    assert series_of(prometheus, 'up{job="jalon"}')[0]["value"][1] == "1"
    drawn = [target["expr"] for panel in DASHBOARD["panels"] for target in panel.get("targets", ())]
    assert [e for e in drawn if not any(word in e for word in QUIET) and not series_of(prometheus, e)] == []
    groups = requests.get(f"{prometheus}/api/v1/rules", timeout=5).json()["data"]["groups"]
    health = {rule["name"]: rule["health"] for group in groups for rule in group["rules"]}
    assert health == {rule["alert"]: "ok" for rule in RULES}


@needs_prometheus
def test_the_figures_are_well_formed(figures):
    done = promtool("check", "metrics", given=figures.content.decode())

    assert done.returncode == 0, done.stdout + done.stderr
