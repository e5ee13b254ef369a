"""Traces leave by OpenTelemetry's own protocol, to a stand-in that reads it, and tell of nobody."""

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.db import connection
from django.test import Client
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from marketplace.kernel import tracing
from messaging.tasks import sweep_mail


@pytest.fixture
def collector(monkeypatch) -> Iterator[list[bytes]]:
    """A collector of traces on this machine."""
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_SERVICE_NAME", "jalon-web")
    yield received
    server.shutdown()
    server.server_close()


@pytest.fixture
def provider(collector):
    provider = tracing.send_traces(environment="trial")
    yield provider
    for instrumentor in (DjangoInstrumentor(), CeleryInstrumentor(), PsycopgInstrumentor()):
        instrumentor.uninstrument()
    provider.shutdown()


def test_a_request_a_query_and_a_task_are_traced_without_anybodys_data(db, provider, collector):
    Client().get("/offres-inconnues/?q=claire@exemple.test", headers={"user-agent": "Navigateur de Claire"})
    Client().get("/healthz")
    fresh = connection.copy()
    with fresh.cursor() as cursor:
        cursor.execute("SELECT %s", ["claire@exemple.test"])
    fresh.close()
    sweep_mail.apply()

    provider.force_flush()

    sent = b"".join(collector)
    assert b"claire" not in sent.lower()
    requests = [ExportTraceServiceRequest.FromString(body) for body in collector]
    resources = [part.resource for request in requests for part in request.resource_spans]
    spans = [
        span
        for request in requests
        for part in request.resource_spans
        for scope in part.scope_spans
        for span in scope.spans
    ]
    assert {
        attribute.value.string_value
        for resource in resources
        for attribute in resource.attributes
        if attribute.key == "service.name"
    } == {"jalon-web"}
    names = [span.name for span in spans]
    assert any(name.startswith("GET") for name in names), names
    assert any(name.startswith("SELECT") for name in names), names
    assert any("sweep_mail" in name for name in names), names
    assert not any("healthz" in name for name in names), "questions of monitors are noise"
    assert {attribute.key for span in spans for attribute in span.attributes} <= set(tracing.KEPT)
