"""What an expert may do in law, and what keeps them from the rest, in words.

Without a legal status one may be visible, not quote, start or be paid. A document that is missing, refused or past
its last day bars new business alone: orders that run go on, and what was earned stays payable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import BankAccount, Document, ExpertProfile, LegalEntity, LegalForm, User, VatPeriod
from accounts.models.matrix import REQUIRED, Requirement
from accounts.queries.mandate import mandate_signature
from marketplace.kernel import clock


class Act(StrEnum):
    """What a standing allows."""

    PUBLISH = "publish"
    QUOTE = "quote"
    START = "start"
    BE_PAID = "be_paid"


ALL = frozenset(Act)
NEW_BUSINESS = frozenset({Act.PUBLISH, Act.QUOTE, Act.START})


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way: a code for programs, words for the expert, what it blocks, the page where it is solved."""

    code: str
    words: str
    blocks: frozenset[Act]
    url_name: str


@dataclass(frozen=True)
class LegalStanding:
    """What a person may do now."""

    obstacles: tuple[Obstacle, ...] = ()

    def allows(self, act: Act) -> bool:
        return not any(act in obstacle.blocks for obstacle in self.obstacles)

    def reasons(self, act: Act) -> list[str]:
        """Why an act is refused, in words for the expert; empty when it is allowed."""
        return [obstacle.words for obstacle in self.obstacles if act in obstacle.blocks]

    @property
    def may_publish(self) -> bool:
        """Put an offer on sale, and take new orders on it."""
        return self.allows(Act.PUBLISH)

    @property
    def may_quote(self) -> bool:
        return self.allows(Act.QUOTE)

    @property
    def may_start(self) -> bool:
        """Begin a mission. Orders already under way never ask."""
        return self.allows(Act.START)

    @property
    def may_be_paid(self) -> bool:
        """Withdraw what was earned, to the current bank account."""
        return self.allows(Act.BE_PAID)


class Status(StrEnum):
    """How a requirement stands."""

    MISSING = "missing"
    IN_REVIEW = "in_review"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    GRACE = "grace"


@dataclass(frozen=True)
class Item:
    """A requirement, and the documents that answer it: the one that counts, the one we are reading, the one refused."""

    requirement: Requirement
    status: Status
    accepted: Document | None = None
    pending: Document | None = None
    refused: Document | None = None

    @property
    def counts(self) -> bool:
        return self.status in (Status.ACCEPTED, Status.EXPIRING, Status.GRACE)

    @property
    def until(self) -> date | None:
        if self.accepted is None:
            return None
        return self.accepted.grace_until if self.status == Status.GRACE else self.accepted.valid_until


def entity_of(user: User) -> LegalEntity | None:
    """Who a person is in law at present, with the person at hand."""
    entity = LegalEntity.objects.current().filter(user=user).first()
    if entity is not None:
        entity.user = user
    return entity


def entity_on(user: User, moment: datetime) -> LegalEntity | None:
    """Who a person was in law at a moment: the seller of what was ordered then."""
    known = LegalEntity.objects.filter(user=user, created_at__lte=moment).order_by("-created_at", "-pk")
    return known.first()


def bank_account_of(user: User) -> BankAccount | None:
    """Where a person is paid at present."""
    return BankAccount.objects.current().filter(user=user).first()


def vat_regime_on(user: User, day: date) -> str:
    """How VAT applies to an expert on a day: the dated rows, or else what their profile says."""
    period = VatPeriod.on(user.pk, day)
    return period.regime if period else user.expert_profile.vat_regime


def checklist(user: User, on: date | None = None, entity: LegalEntity | None = None) -> list[Item]:
    """Everything a person must show for their legal form, and how each stands on a day. Two queries."""
    on = on or clock.today()
    entity = entity or entity_of(user)
    documents = [
        document
        for document in Document.objects.filter(user=user).order_by("-uploaded_at", "-pk")
        if document.entity_id is None or (entity is not None and document.entity_id == entity.pk)
    ]
    form = entity.form if entity else LegalForm.NONE
    return [_item(requirement, documents, on) for requirement in REQUIRED[form]]


def _item(requirement: Requirement, documents: list[Document], on: date) -> Item:
    States = Document.State  # noqa: N806
    mine = [document for document in documents if document.kind in requirement.kinds]
    counted = [d for d in mine if d.state in (States.ACCEPTED, States.EXPIRED)]
    accepted = max(
        counted,
        key=lambda d: (d.state == States.ACCEPTED, d.valid_until or date.max, d.pk),
        default=None,
    )
    pending = next((d for d in mine if d.state == States.IN_REVIEW), None)
    latest = mine[0] if mine else None
    refused = latest if latest is not None and latest.state == States.REFUSED else None
    in_force = accepted is not None and accepted.is_in_force(on)
    if accepted is not None and in_force:
        status = Status.EXPIRING if accepted.is_expiring(on) else Status.ACCEPTED
    elif accepted is not None and pending is not None and _in_grace(accepted, pending, on):
        status = Status.GRACE
    elif pending is not None:
        status = Status.IN_REVIEW
    elif refused is not None:
        status = Status.REFUSED
    else:
        status = Status.EXPIRED if accepted is not None else Status.MISSING
    return Item(requirement, status, accepted, pending, refused)


def _in_grace(former: Document, renewal: Document, on: date) -> bool:
    """Sent before the former ran out, the renewal keeps it counting for some days."""
    if former.valid_until is None or former.grace_until is None:
        return False
    return clock.local_day(renewal.uploaded_at) <= former.valid_until and on <= former.grace_until


def legal_standing(user: User, on: date | None = None) -> LegalStanding:
    """What an expert may do now, with the reasons against the rest. Five queries."""
    profile = ExpertProfile.objects.select_related("user").filter(user=user).first()
    if profile is None:
        words = _("This account has no expert space.")
        return LegalStanding((Obstacle("no_expert", words, ALL, "account_settings"),))
    on = on or clock.today()
    return LegalStanding((*_admission(profile), *obstacles_in_law(profile, on), *_cooling(user)))


def _admission(profile: ExpertProfile) -> Iterator[Obstacle]:
    if profile.status == ExpertProfile.Status.SUSPENDED:
        yield Obstacle("suspended", _("Our team has suspended your profile."), ALL, "suspension")
    elif not profile.is_approved:
        yield Obstacle("not_admitted", _("You are not admitted yet."), NEW_BUSINESS, "admission")


def obstacles_in_law(profile: ExpertProfile, on: date) -> Iterator[Obstacle]:
    """What is missing in law, whatever was decided about admission."""
    user = profile.user
    entity = entity_of(user)
    excused = profile.waived_until is not None and profile.waived_until >= on
    if entity is None or not entity.is_business:
        blocked = (ALL - {Act.PUBLISH}) if excused else ALL
        yield Obstacle(
            "no_legal_status",
            _("Say under which legal status you work: without one you may be visible, not sell or be paid."),
            blocked,
            "legal_status",
        )
    if bank_account_of(user) is None:
        blocked = (ALL - {Act.PUBLISH}) if excused else ALL
        yield Obstacle(
            "no_bank_account", _("Give the account on which you are paid."), blocked, "legal_status"
        )
    if excused or entity is None or not entity.is_business:
        return
    if mandate_signature(user) is None:
        yield Obstacle(
            "no_mandate",
            _("Sign the invoicing mandate: we draw up your invoices in your name."),
            NEW_BUSINESS,
            "invoicing_mandate",
        )
    for item in checklist(user, on, entity):
        if not item.counts:
            yield Obstacle(f"document_{item.requirement.key}", in_words(item), NEW_BUSINESS, "documents")


def in_words(item: Item) -> str:
    """What is the matter with a requirement, as a sentence."""
    names: dict[str, Any] = {"document": item.requirement.label}
    match item.status:
        case Status.IN_REVIEW:
            return _("%(document)s: our team is checking it.") % names
        case Status.REFUSED:
            return _("%(document)s: refused, send it again.") % names
        case Status.EXPIRED:
            return _("%(document)s: expired, send the new one.") % names
    return _("%(document)s: missing.") % names


def _cooling(user: User) -> Iterator[Obstacle]:
    account = bank_account_of(user)
    if account is not None and account.usable_from > clock.now():
        words = _("Your new bank account can be paid from %(moment)s.") % {
            "moment": clock.in_words(account.usable_from)
        }
        yield Obstacle("bank_account_rests", words, frozenset({Act.BE_PAID}), "legal_status")


def was_in_order(user: User) -> bool:
    """Whether an expert could sell once: something ended or was replaced since, or work was done. Else a newcomer."""
    return (
        user.expert_profile.completed_count > 0
        or user.expert_profile.waived_until is not None
        or Document.objects.filter(
            user=user, state__in=[Document.State.EXPIRED, Document.State.REPLACED]
        ).exists()
        or LegalEntity.objects.filter(user=user).exclude(replaced_at=None).exists()
    )
