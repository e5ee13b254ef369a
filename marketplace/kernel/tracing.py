"""Traces of requests, tasks and queries, sent by OpenTelemetry's own protocol (OTLP over HTTP), with nobody's data.

A trace goes from the web process to the tasks it sent. Where it is sent, how often and under which name are said by
OpenTelemetry's own variables (``OTEL_EXPORTER_OTLP_ENDPOINT``, ``OTEL_TRACES_SAMPLER``, ``OTEL_SERVICE_NAME``).
"""

from collections.abc import Mapping

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.celery import CeleryInstrumentor
from opentelemetry.instrumentation.django import DjangoInstrumentor
from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Event, ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.util.types import AttributeValue

KEPT = (
    *("http.method", "http.request.method", "http.status_code", "http.response.status_code", "http.route"),
    *("db.system", "db.system.name", "db.statement", "db.query.text", "celery.action", "celery.state"),
    *("celery.task_name", "messaging.message.id", "exception.type", "error.type"),
)
"""What leaves the site. Addresses asked for, hosts, browsers and the words of exceptions may tell of a person."""
QUIET_ROUTES = "healthz,readyz,metrics"


class WithoutPersonalData(BatchSpanProcessor):
    """Sends spans in heaps, from a thread of its own, each with what is in ``KEPT`` and nothing else."""

    def on_end(self, span: ReadableSpan) -> None:
        super().on_end(scrubbed(span))


def scrubbed(span: ReadableSpan) -> ReadableSpan:
    """The same span with what may be known of it. Queries keep their text: values travel apart from it."""
    return ReadableSpan(
        name=span.name,
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=_kept(span.attributes),
        events=[Event(event.name, _kept(event.attributes), event.timestamp) for event in span.events],
        links=span.links,
        kind=span.kind,
        status=trace.Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _kept(attributes: Mapping[str, AttributeValue] | None) -> dict[str, AttributeValue]:
    return {name: value for name, value in (attributes or {}).items() if name in KEPT}


def send_traces(*, environment: str) -> TracerProvider:
    """Begin to trace this process. Call it once, after the settings and before the first request or task."""
    provider = TracerProvider(resource=Resource.create({"deployment.environment.name": environment}))
    provider.add_span_processor(WithoutPersonalData(OTLPSpanExporter()))
    DjangoInstrumentor().instrument(tracer_provider=provider, excluded_urls=QUIET_ROUTES)
    CeleryInstrumentor().instrument(tracer_provider=provider)
    PsycopgInstrumentor().instrument(tracer_provider=provider)
    return provider
