"""Who is told what about quotes and missions."""

from datetime import datetime
from typing import Any

from accounts.companies import readers
from accounts.models import User
from messaging import actions as messaging
from missions.models import Amendment, Instalment, Mission, Nda, Quote, Report


def tell(
    person: User,
    kind: str,
    *,
    quote: Quote | None = None,
    mission: Mission | None = None,
    instalment: Instalment | None = None,
    key: str = "",
    due_at: datetime | None = None,
    about: Amendment | Report | None = None,
    **data: Any,
) -> None:
    """Tell someone of what happened, once for each ``key``. The page it leads to follows from what it concerns."""
    of = quote or (mission.quote if mission else None)
    assert of is not None  # noqa: S101 - every word here is about one of them
    params: dict[str, Any] = {
        "title": of.title,
        "expert": of.expert.first_name,
        "client": of.client.first_name,
        "amount_cents": instalment.ttc_cents if instalment else of.total_ht_cents,
        "reason": "",
        **data,
    }
    if "percent" in data and mission is not None:
        params["proposer"] = mission.other(person).first_name
    if instalment is not None:
        params["n"] = instalment.number
        due_at = due_at or instalment.due_at
    if kind in ("quote_received", "quote_replaced"):
        due_at = of.expires_at
    if kind == "mission_review" and mission is not None:
        due_at = mission.review_due_at
    if due_at is not None:
        params["answer_due_at"] = due_at.isoformat()
    subject = f"mission:{mission.pk}" if mission else ""
    if kind == "mission_alarm" and mission is not None:
        target: tuple[str, Any] = ("admin:missions_mission_change", mission.pk)
    elif about is not None:
        target = ("amendment" if isinstance(about, Amendment) else "activity_report", about.public_id)
    elif kind in ("instalment_asked", "reminder_instalment") and instalment is not None:
        target, subject = ("instalment_payment", instalment.public_id), f"instalment:{instalment.pk}"
    elif mission is not None:
        target = ("mission", mission.public_id)
        subject = f"instalment:{instalment.pk}" if instalment else f"mission:{mission.pk}"
    else:
        target, subject = ("quote", of.public_id), f"quote:{of.pk}"
    for reader in of.readers() if person.pk == of.client_id else [person]:
        messaging.notify(
            reader,
            key=key or f"{subject}:{kind}",
            kind=kind,
            params=params,
            url_name=target[0],
            url_args=[target[1]],
        )


def tell_of_nda(person: User, kind: str, nda: Nda) -> None:
    """Tell someone what became of a confidentiality agreement."""
    contact = nda.contact
    people = [person] if person.pk == contact.expert_id else readers(contact.company, contact.for_company_id)
    for reader in people:
        messaging.notify(
            reader,
            key=f"nda:{nda.pk}:{kind}",
            kind=kind,
            params={"client": contact.company.first_name, "expert": contact.expert.first_name},
            url_name="nda",
            url_args=[nda.public_id],
        )
