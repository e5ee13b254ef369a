"""Whoever keeps the site alive sees how it goes; nobody's data shows in what they see."""

import io
import json
import logging
from datetime import timedelta
from unittest.mock import Mock

import pytest
import structlog
import time_machine
from django.urls import reverse

from marketplace import metrics
from marketplace.kernel import logs, reporting
from messaging.models import Mail
from payments.models import BooksReport, Discrepancy, GatewayCall


@pytest.fixture
def lines(settings):
    """The lines of production, as a collector would read them."""
    style = logs.configured("json", "INFO")["formatters"]["lines"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=style["foreign_pre_chain"], processors=style["processors"]
        )
    )
    handler.addFilter(logs.RoutesOnly())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)
    structlog.contextvars.clear_contextvars()


# Ready


def test_a_process_with_all_it_needs_is_ready(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok", "migrations": "ok"}


@pytest.mark.parametrize("need", ["database", "cache", "migrations"])
def test_a_process_without_one_of_its_needs_is_not_ready_and_says_which(client, db, monkeypatch, need):
    monkeypatch.setitem(metrics.CHECKS, need, lambda: "unreachable")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()[need] == "unreachable"


def test_a_cache_that_is_down_and_migrations_not_applied_are_seen(db, monkeypatch):
    monkeypatch.setattr(metrics, "cache", Mock(set=Mock(side_effect=ConnectionError)))
    monkeypatch.setattr(metrics, "_migrated", False)
    monkeypatch.setattr(metrics.MigrationExecutor, "migration_plan", lambda *_: [1, 2])

    assert metrics._cache() == "unreachable"
    assert metrics._migrations() == "2 to apply"


# Logs


def test_a_request_is_one_line_with_the_identifier_that_came_with_it(client_of, delivered_order, lines):
    buyer = delivered_order.buyer
    response = client_of(buyer).get(
        f"/orders/{delivered_order.public_id}/?secret=thomas", headers={"X-Request-ID": "proxy-0123456789"}
    )

    (line,) = [line for line in lines() if line["event"] == "request_finished"]
    assert response["X-Request-ID"] == line["request_id"] == "proxy-0123456789"
    assert line["order"] == str(delivered_order.public_id)
    assert (line["code"], line["request"]) == (200, "GET /orders/<uuid:public_id>/")
    assert "ip" not in line
    assert "user_id" not in line
    assert "thomas" not in json.dumps(lines())
    assert buyer.email not in json.dumps(lines())


@pytest.mark.parametrize("forged", ["", "short", "a b\nc: injected-line", "x" * 65])
def test_an_identifier_that_could_forge_a_line_is_replaced(client, db, forged):
    response = client.get("/healthz", headers={"X-Request-ID": forged})

    assert response["X-Request-ID"] != forged
    assert logs.REQUEST_ID.fullmatch(response["X-Request-ID"])


def test_tokens_in_addresses_do_not_reach_the_log(client, db, lines):
    client.get("/account/password/reset/key/3-secret-token-of-a-mail/")
    client.get("/no/such/place/thomas@exemple.fr/")

    written = json.dumps(lines())
    assert "secret-token" not in written
    assert "thomas" not in written


def test_an_exception_is_told_without_the_addresses_it_quotes(lines):
    try:
        raise ValueError(
            "Key (email)=(thomas@exemple.fr) exists; FR76 3000 6000 0112 3456 7890 189; sk_live_abcdefghijklmnop"
        )
    except ValueError:
        logging.getLogger("orders").exception("lost %s", "claire@exemple.fr")

    (line,) = lines()
    assert "ValueError" in line["exception"]
    for secret in ("thomas@", "claire@", "FR76", "sk_live"):
        assert secret not in json.dumps(line)


def test_a_task_binds_its_own_identifier_and_the_rows_it_works_on(lines):
    from django_structlog.celery.receivers import CeleryReceiver
    from django_structlog.celery.signals import bind_extra_task_metadata

    from orders.outbox import write_deed

    task = Mock(run=write_deed.run)
    task.name = "orders.outbox.write_deed"
    task.request.args, task.request.kwargs = [17], {}
    task.request.__django_structlog__ = {"request_id": "web-12345678"}
    assert bind_extra_task_metadata.receivers, "the worker connects ours"
    CeleryReceiver().receiver_task_prerun("task-1", task)
    logging.getLogger("orders").info("writing")

    (line,) = [line for line in lines() if line["event"] == "writing"]
    assert (line["task_id"], line["task"], line["order_id"]) == ("task-1", "orders.outbox.write_deed", 17)


def test_failures_reported_elsewhere_tell_of_nobody():
    sent = []
    import sentry_sdk

    reporting.report_failures(
        "https://key@errors.example/1", environment="tests", transport=sent.append, default_integrations=False
    )
    try:
        private = "thomas@exemple.fr"
        try:
            raise RuntimeError(f"no such person: {private}")
        except RuntimeError as error:
            sentry_sdk.capture_exception(error)
    finally:
        sentry_sdk.get_client().close()
        sentry_sdk.init()

    assert len(sent) == 1
    written = sent[0]
    assert written["exception"]["values"][0]["value"] == "no such person: [e-mail]"
    frames = written["exception"]["values"][0]["stacktrace"]["frames"]
    assert not any("vars" in frame or "context_line" in frame for frame in frames)
    event = {"request": {"url": "https://x/unsubscribe/token", "method": "GET", "headers": {"Cookie": "s"}}}
    assert reporting.scrubbed(event)["request"] == {"method": "GET"}


# Figures


def figures(client, token="read me"):
    response = client.get(reverse("metrics"), headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    rows = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _space, value in (row.rpartition(" ") for row in rows)}


def test_figures_do_not_exist_without_their_token(client, db, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.METRICS_TOKEN = "read me"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer read you"}).status_code == 404


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz"])
def test_who_watches_asks_each_process_by_its_number(client, db, settings, path):
    settings.METRICS_TOKEN, settings.ALLOWED_HOSTS = "read me", ["testserver"]
    named = {"Authorization": "Bearer read me", "host": "10.0.3.7:8000"}

    assert client.get(path, headers=named).status_code == 200
    assert client.get("/", headers=named).status_code == 400


def test_the_business_shows_in_figures(client, settings, active_order):
    settings.METRICS_TOKEN = "read me"
    Mail.objects.all().delete()
    GatewayCall.objects.create(kind="refund", key="k1", state=GatewayCall.State.UNKNOWN)
    Discrepancy.objects.create(
        payment=active_order.payment, kind="wrong_amount", expected_cents=2, received_cents=1, gateway_id="g"
    )

    before = figures(client)
    assert before['jalon_orders{state="active"}'] == 1
    assert before['jalon_timer_late{timer="cancel_not_started"}'] == 0
    assert before['jalon_timer_silent{timer="cancel_not_started"}'] == 1, "the clock never ran"
    assert before['jalon_gateway_calls_open{state="unknown"}'] == 1
    assert before["jalon_mail_owed"] == 0
    assert before["jalon_discrepancies"] == 1
    assert before["jalon_books_findings"] == -1

    Mail.objects.create(key="owed", recipient="a@exemple.fr", subject="Bonjour", text="Bonjour")
    with time_machine.travel(active_order.start_due_at + timedelta(minutes=6), tick=False):
        after = figures(client)
    assert after['jalon_timer_late{timer="cancel_not_started"}'] == 1
    assert after["jalon_mail_owed"] == 1
    assert after["jalon_mail_owed_oldest_seconds"] > 0


def test_the_last_check_of_the_books_shows(client, db, settings):
    settings.METRICS_TOKEN = "read me"
    BooksReport.objects.create(
        taken_at="2026-01-01T00:00:00Z", own_funds_cents=0, ledger_cents=0, findings=["out by one cent"]
    )

    assert figures(client)["jalon_books_findings"] == 1
    assert figures(client)["jalon_books_checked_timestamp_seconds"] == 1767225600


def test_requests_are_counted_by_page_where_measuring_is_on(client, db, settings):
    settings.METRICS_TOKEN = "read me"
    settings.MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *settings.MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]
    client.get("/healthz")

    found = figures(client)
    assert any("django_http_requests_total_by_view" in name and "healthz" in name for name in found)
    assert not any("/healthz" in name for name in found)
