"""Failures reported to a service that collects them (Sentry's protocol), without anybody's data."""

from typing import Any

from marketplace.kernel import logs


def report_failures(dsn: str, *, environment: str, **options: Any) -> None:
    """Begin to report: neither bodies of requests, headers, local variables nor people leave the site."""
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=scrubbed,
        **options,
    )


def scrubbed(event: Any, hint: object = None) -> Any:
    """Take out of a report what may tell of a person: addresses asked for, and texts that quote what was sent."""
    kept = event.get("request") or {}
    if kept:
        event["request"] = {"method": kept.get("method", "")}
    event.pop("user", None)
    for part in (event.get("exception") or {}).get("values") or []:
        if isinstance(part.get("value"), str):
            part["value"] = logs.without_personal_data(None, "", {"event": part["value"]})["event"]
    for key in ("logentry", "message"):
        if isinstance(event.get(key), str):
            event[key] = logs.without_personal_data(None, "", {"event": event[key]})["event"]
        elif isinstance(event.get(key), dict):
            texts = event[key]
            texts.pop("params", None)
            for name, text in list(texts.items()):
                if isinstance(text, str):
                    texts[name] = logs.without_personal_data(None, "", {"event": text})["event"]
    return event
