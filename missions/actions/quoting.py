"""Writing a quote, and what becomes of it: accepted as it stands, refused, withdrawn, replaced, expired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import BuyerProfile, Company, User
from accounts.numbers import disagree
from accounts.queries import legal_standing
from accounts.queries.standing import entity_of, vat_regime_on
from marketplace.kernel import clock
from marketplace.kernel import rules as kernel_rules
from marketplace.kernel.errors import Refusal
from messaging.models import Conversation
from missions import rules
from missions.actions.paying import ask
from missions.amounts import line_total
from missions.models import Instalment, Mission, MissionEvent, Quote, QuoteLine
from missions.notifications import tell
from missions.queries import billed, client_of, insurance_of, lacks_siren

FIRST_NUMBER = 1_001


class SirenRefused(Refusal):
    """The number of the client's firm is missing, or that of another firm."""


@dataclass(frozen=True)
class LineTerms:
    """A line as it is written: hundredths of a unit, and cents before VAT for one."""

    label: str
    quantity_hundredths: int
    unit: str
    unit_price_cents: int

    @property
    def total_cents(self) -> int:
        return line_total(self.quantity_hundredths, self.unit_price_cents)


@dataclass(frozen=True)
class QuoteTerms:
    """What a quote says beside its lines."""

    title: str
    deliverables: str
    starts_on: date
    ends_on: date
    context: str = ""
    conditions: str = ""
    confidential: bool = False
    valid_days: int = rules.QUOTE_VALID_DAYS


def write(
    conversation: Conversation,
    *,
    expert: User,
    terms: QuoteTerms,
    lines: Sequence[LineTerms],
    replaces: Quote | None = None,
) -> Quote:
    """Send a quote to the client of a conversation, or a new version of one that still waits.

    Raises ``Refusal`` when the expert's papers do not allow it, nobody in the conversation can be a client, a line or
    the total is out of bounds, or the version to replace no longer waits.
    """
    refuse_without_standing(expert)
    client = client_of(conversation, expert)
    if client is None:
        raise Refusal(_("Only a conversation that a client began with you can lead to a quote."))
    total = _checked_total(terms, lines)
    with transaction.atomic():
        version, number = 1, 0
        if replaces is not None:
            replaces = replaces.locked()
            if replaces.expert_id != expert.pk or replaces.state != Quote.State.SENT:
                raise Refusal(_("This version no longer waits for an answer: it cannot be replaced."))
            Quote.objects.filter(pk=replaces.pk).update(state=Quote.State.REPLACED, closed_at=clock.now())
            version, number = replaces.version + 1, replaces.number
        now = clock.now()
        today = clock.today()
        registered = vat_regime_on(expert, today) == "registered"
        quote = Quote(
            conversation=conversation,
            expert=expert,
            client=client,
            version=version,
            number=number or _next_number(),
            replaces=replaces,
            title=terms.title.strip(),
            context=terms.context.strip(),
            deliverables=terms.deliverables.strip(),
            conditions=terms.conditions.strip(),
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            confidential=terms.confidential,
            total_ht_cents=total,
            vat_bp=kernel_rules.VAT_BP if registered else 0,
            commission_bp=kernel_rules.COMMISSION_MISSION_BP,
            percents=list(rules.INSTALMENTS),
            seller=_seller(expert),
            buyer=_buyer(client),
            sent_at=now,
            expires_at=(now + timedelta(days=terms.valid_days)).replace(microsecond=0),
        )
        rows = [
            QuoteLine(
                quote=quote,
                position=position,
                label=line.label.strip(),
                quantity_hundredths=line.quantity_hundredths,
                unit=line.unit,
                unit_price_cents=line.unit_price_cents,
                total_cents=line.total_cents,
            )
            for position, line in enumerate(lines)
        ]
        quote.digest = quote.digest_of(rows)
        quote.save()
        QuoteLine.objects.bulk_create(rows)
        tell(client, "quote_received" if version == 1 else "quote_replaced", quote=quote)
    return quote


def refuse_without_standing(expert: User) -> None:
    """Raises ``Refusal`` with the reasons when the expert's legal status or bank details do not allow a quote."""
    standing = legal_standing(expert)
    if not standing.may_quote:
        from accounts.queries.standing import Act

        raise Refusal(" ".join([_("You cannot send a quote for now."), *standing.reasons(Act.QUOTE)]))


def _checked_total(terms: QuoteTerms, lines: Sequence[LineTerms]) -> int:
    if not 0 < len(lines) <= rules.MAX_LINES:
        raise Refusal(_("A quote has between one and %(n)d lines.") % {"n": rules.MAX_LINES})
    if terms.ends_on < terms.starts_on or terms.starts_on < clock.today():
        raise Refusal(_("The mission starts today or later, and ends after it starts."))
    if not 1 <= terms.valid_days <= rules.MAX_QUOTE_VALID_DAYS:
        raise Refusal(_("A quote is valid between one and %(n)d days.") % {"n": rules.MAX_QUOTE_VALID_DAYS})
    for line in lines:
        if line.quantity_hundredths <= 0 or line.unit_price_cents <= 0 or line.total_cents <= 0:
            raise Refusal(
                _("Every line has a quantity and a price above zero. Lower a price instead of deducting it.")
            )
    total = sum(line.total_cents for line in lines)
    if not rules.MIN_TOTAL_CENTS <= total <= rules.MAX_TOTAL_CENTS:
        from marketplace.kernel.money import format_money

        raise Refusal(
            _("The total before VAT lies between %(low)s and %(high)s.")
            % {"low": format_money(rules.MIN_TOTAL_CENTS), "high": format_money(rules.MAX_TOTAL_CENTS)}
        )
    return total


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('missions.quote.number'))")
    return (Quote.objects.aggregate(last=Max("number"))["last"] or FIRST_NUMBER - 1) + 1


def _seller(expert: User) -> dict[str, Any]:
    entity = entity_of(expert)
    if entity is None:  # refused before
        return {"name": expert.get_full_name()}
    return {
        "name": entity.name or expert.get_full_name(),
        "form": entity.form,
        "siret": entity.siret,
        "vat_number": entity.vat_number,
        "address": entity.address,
        "place": f"{entity.postal_code} {entity.city}".strip(),
        "insurance": insurance_of(expert),
    }


def _buyer(client: User) -> dict[str, Any]:
    profile = getattr(client, "buyer_profile", None)
    return {
        "name": (profile.company if profile else "") or client.get_full_name(),
        "person": client.get_full_name(),
        "address": profile.address if profile else "",
        "place": f"{profile.postal_code} {profile.city}".strip() if profile else "",
        "vat_number": profile.vat_number if profile else "",
    }


def accept(quote: Quote, *, actor: User, name: str, digest: str, siren: str = "") -> Mission:
    """Accept a quote exactly as it was read: the mission is agreed, and its first instalment asked.

    ``digest`` is that of the version on the page; ``siren`` completes the account that is billed where it has none.
    Accepting twice gives the same mission. Raises ``SirenRefused`` when a
    French firm gives none, or another's, and ``Refusal`` when it is another version, its time is over, or the expert may not work at present, who is then told.
    """
    if not legal_standing(quote.expert).may_quote:
        tell(quote.expert, "quote_blocked", quote=quote, key=f"quote:{quote.pk}:blocked:{clock.today()}")
        raise Refusal(
            _(
                "%(expert)s's legal status or documents must be renewed before this quote can be accepted. "
                "We have just told them; nothing was charged."
            )
            % {"expert": quote.expert.first_name}
        )
    with transaction.atomic():
        quote = quote.locked()
        if quote.client_id != actor.pk:
            raise Refusal(_("Only the client can accept this quote."))
        if quote.state == Quote.State.ACCEPTED:
            return quote.mission
        _refuse_closed(quote)
        if digest != quote.digest:
            raise Refusal(
                _("This is not the version you have read. Read the quote again before accepting it.")
            )
        if not name.strip():
            raise Refusal(_("Write your name: it is kept with the acceptance."))
        _complete(billed(quote), siren)
        now = clock.now()
        quote.state, quote.accepted_at, quote.accepted_name = Quote.State.ACCEPTED, now, name.strip()[:120]
        quote.save(update_fields=["state", "accepted_at", "accepted_name"])
        mission = Mission.objects.create(
            quote=quote,
            expert_id=quote.expert_id,
            client_id=quote.client_id,
            total_ht_cents=quote.total_ht_cents,
            vat_bp=quote.vat_bp,
            commission_bp=quote.commission_bp,
            ends_on=quote.ends_on,
            created_at=now,
        )
        rows = Instalment.objects.bulk_create(
            Instalment(
                mission=mission,
                number=number,
                percent=percent,
                ht_cents=part.ht_cents,
                vat_cents=part.vat_cents,
                vat_bp=part.vat_bp,
                commission_ht_cents=part.commission_ht_cents,
            )
            for number, (percent, part) in enumerate(zip(quote.percents, quote.parts, strict=True), start=1)
        )
        MissionEvent.objects.create(
            mission=mission,
            kind=MissionEvent.Kind.AGREED,
            actor=actor,
            data={"digest": quote.digest, "name": quote.accepted_name},
            created_at=now,
        )
        ask(rows[0], expires_at=now + rules.FIRST_PAYMENT)
        tell(quote.expert, "quote_accepted", quote=quote, mission=mission)
    return mission


def _complete(account: Company | BuyerProfile | None, siren: str) -> None:
    """Write down the number that the invoices of a French firm must bear, where it is missing."""
    if account is None or not lacks_siren(account):
        return
    if not siren:
        raise SirenRefused(_("Write the SIREN of the firm: its invoices must bear it."))
    if disagree(siren, account.vat_number):
        raise SirenRefused(_("This SIREN is that of another firm than the VAT number of your account."))
    account.siren = siren
    account.save(update_fields=["siren"])


def _refuse_closed(quote: Quote) -> None:
    if quote.state == Quote.State.REPLACED:
        raise Refusal(_("A newer version has replaced this quote: read that one."))
    if quote.state == Quote.State.WITHDRAWN:
        raise Refusal(_("The expert has withdrawn this quote."))
    if not quote.is_open:
        raise Refusal(_("This quote is no longer valid. Ask the expert for a new one."))


@transaction.atomic
def refuse(quote: Quote, *, actor: User, reason: str) -> Quote:
    """The client says no; nothing is owed to anybody. Raises ``Refusal`` when it no longer waits."""
    quote = quote.locked()
    if quote.client_id != actor.pk:
        raise Refusal(_("Only the client can refuse this quote."))
    _refuse_closed(quote)
    quote.state, quote.closed_at, quote.reason = Quote.State.REFUSED, clock.now(), reason.strip()[:500]
    quote.save(update_fields=["state", "closed_at", "reason"])
    tell(quote.expert, "quote_refused", quote=quote, reason=quote.reason)
    return quote


@transaction.atomic
def withdraw(quote: Quote, *, actor: User) -> Quote:
    """The expert takes a quote back. Raises ``Refusal`` when it no longer waits."""
    quote = quote.locked()
    if quote.expert_id != actor.pk:
        raise Refusal(_("Only the expert can withdraw this quote."))
    _refuse_closed(quote)
    quote.state, quote.closed_at = Quote.State.WITHDRAWN, clock.now()
    quote.save(update_fields=["state", "closed_at"])
    tell(quote.client, "quote_withdrawn", quote=quote)
    return quote


def expire_quotes() -> int:
    """Close the quotes whose time is over, and tell both sides. Any number of runs does it once."""
    done = 0
    for quote in Quote.objects.overdue()[:200]:
        with transaction.atomic():
            quote = quote.locked()
            if quote.state != Quote.State.SENT or quote.expires_at > clock.now():
                continue
            quote.state, quote.closed_at = Quote.State.EXPIRED, clock.now()
            quote.save(update_fields=["state", "closed_at"])
            tell(quote.expert, "quote_expired", quote=quote)
            tell(quote.client, "quote_expired", quote=quote)
            done += 1
    return done
