"""Work an expert shows: added by the expert, public once the client has said yes."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import mail
from accounts.actions.consents import agree
from accounts.consents import wording
from accounts.models import Consent as Agreed
from accounts.models import ExpertProfile, PortfolioPiece, User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal

SALT = "accounts.portfolio"
ORDER_SALT = "accounts.portfolio.order"
LINK_LASTS = timedelta(days=180)
REMIND_AFTER = timedelta(days=7)
MAX_PIECES = 12

Consent = PortfolioPiece.Consent


def token_of(piece: PortfolioPiece) -> str:
    """What the link of the mail carries; signed, so that it cannot be guessed or made up."""
    return signing.dumps(str(piece.public_id), salt=SALT)


def by_token(token: str) -> PortfolioPiece | None:
    """The piece a link asks about; none for a link we did not sign or that is too old."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    return PortfolioPiece.objects.select_related("profile__user").filter(public_id=public_id).first()


@dataclass(frozen=True)
class DoneWork:
    """A finished order that its expert may show, as the link on its page says it."""

    client: User
    client_name: str
    reference: str
    title: str


def order_token(*, expert: User, client: User, reference: str, title: str, client_name: str = "") -> str:
    """What the link on a finished order carries; signed, for this expert alone."""
    return signing.dumps(
        [expert.pk, client.pk, client_name or client.get_full_name(), reference, title], salt=ORDER_SALT
    )


def by_order_token(token: str, *, expert: User) -> DoneWork | None:
    """The work a link speaks of; none when we did not sign it or when it is another expert's."""
    try:
        expert_pk, client_pk, client_name, reference, title = signing.loads(token, salt=ORDER_SALT)
    except signing.BadSignature:
        return None
    client = User.objects.filter(pk=client_pk, is_active=True).first()
    return DoneWork(client, client_name, reference, title) if client and expert_pk == expert.pk else None


@transaction.atomic
def add(
    profile: ExpertProfile,
    fields: dict[str, Any],
    *,
    picture: ContentFile | None = None,
    thumbnail: ContentFile | None = None,
    client: User | None = None,
    order_reference: str = "",
) -> PortfolioPiece:
    """Keep a piece of work and ask its client for consent by mail. Nobody sees it before they say yes."""
    profile = profile.locked()
    if profile.portfolio.count() >= MAX_PIECES:
        raise Refusal(_("Your portfolio is full. Remove a piece first."))
    if User.objects.filter(pk=profile.user_id, email__iexact=fields["client_email"]).exists():
        raise Refusal(_("Consent comes from the client: give their address, not yours."))
    if order_reference and profile.portfolio.filter(order_reference=order_reference).exists():
        raise Refusal(_("This order is already in your portfolio."))
    piece = PortfolioPiece(
        profile=profile, client=client, order_reference=order_reference, asked_at=clock.now(), **fields
    )
    hang(piece, picture, thumbnail)
    piece.save()
    ask_consent(piece)
    return piece


@transaction.atomic
def change(
    piece: PortfolioPiece,
    fields: dict[str, Any],
    *,
    picture: ContentFile | None = None,
    thumbnail: ContentFile | None = None,
) -> PortfolioPiece:
    """Write a piece anew. The client agreed to something else then, so they are asked again."""
    piece = piece.locked()
    changed = picture is not None or any(getattr(piece, name) != value for name, value in fields.items())
    if not changed:
        return piece
    for name, value in fields.items():
        setattr(piece, name, value)
    hang(piece, picture, thumbnail)
    piece.consent, piece.answered_at, piece.reminded_at = Consent.ASKED, None, None
    piece.agreed_version = piece.agreed_language = piece.agreed_digest = ""
    piece.asked_at = clock.now()
    piece.save()
    _no_longer_agreed(piece)
    ask_consent(piece)
    return piece


def hang(piece: PortfolioPiece, picture: ContentFile | None, thumbnail: ContentFile | None) -> None:
    """Give a piece its picture in both sizes; the caller saves."""
    if picture is not None and thumbnail is not None:
        name = uuid.uuid4().hex
        piece.picture.save(f"{name}.webp", picture, save=False)
        piece.thumbnail.save(f"{name}-600.webp", thumbnail, save=False)


def ask_consent(piece: PortfolioPiece) -> None:
    """Write to the client, with the link that says yes or no."""
    expert = piece.profile.user
    with mail.in_language_of(piece.client or expert):
        said = mail.Said(
            title=_("May %(name)s show the work done for you?") % {"name": expert.get_full_name()},
            body=_(
                "%(name)s would like to show “%(title)s”, done for %(client)s, on their public profile. Nobody"
                " sees it unless you agree, and you may change your mind at any time through the same link."
            )
            % {"name": expert.get_full_name(), "title": piece.title, "client": piece.client_name},
            action=_("Look at it and answer"),
        )
        path = reverse("portfolio_consent", args=[token_of(piece)])
        mail.ask_outsider(piece.client_email, said, path, sender=expert.get_full_name())


@transaction.atomic
def remind(piece: PortfolioPiece) -> PortfolioPiece:
    """Ask the client once more; at most once a week."""
    piece = piece.locked()
    if piece.consent != Consent.ASKED:
        raise Refusal(_("The client has already answered."))
    if clock.now() - (piece.reminded_at or piece.asked_at) < REMIND_AFTER:
        raise Refusal(_("The client was asked less than a week ago. Give them a little time."))
    piece.reminded_at = clock.now()
    piece.save(update_fields=["reminded_at"])
    ask_consent(piece)
    return piece


@transaction.atomic
def answer(
    piece: PortfolioPiece, *, agrees: bool, source: str = Agreed.Source.LINK, language: str = ""
) -> PortfolioPiece:
    """Record what the client decides, with the words they read, in the log of consents too where they have an account.

    They may decide otherwise later; the last answer counts. ``language`` is the one the words were read in.
    """
    piece = piece.locked()
    former = piece.consent
    piece.consent = Consent.GIVEN if agrees else Consent.REFUSED
    piece.answered_at = clock.now()
    client = client_of(piece)
    spoken = language or (client or piece.profile.user).language
    version, digest = wording(Agreed.Text.PORTFOLIO, spoken) if agrees else ("", "")
    piece.agreed_version, piece.agreed_digest = version, digest
    piece.agreed_language = spoken if agrees else ""
    piece.save(update_fields=["consent", "answered_at", "agreed_version", "agreed_digest", "agreed_language"])
    if client is not None and agrees:
        about = str(piece.public_id)
        agree(client, Agreed.Text.PORTFOLIO, about=about, label=piece.title, source=source, language=spoken)
    else:
        _no_longer_agreed(piece)
    expert = piece.profile.user
    if agrees and former != Consent.GIVEN:
        with mail.in_language_of(expert):
            mail.tell(
                expert,
                mail.Said(
                    title=_("“%(title)s” is on your profile") % {"title": piece.title},
                    body=_("%(client)s agrees that you show this work.") % {"client": piece.client_name},
                    action=_("See my portfolio"),
                ),
                reverse("profile_portfolio"),
            )
    return piece


def client_of(piece: PortfolioPiece) -> User | None:
    """The account of the client, by the order or by the address that was asked."""
    return piece.client or User.objects.filter(email__iexact=piece.client_email, closed_at=None).first()


def _no_longer_agreed(piece: PortfolioPiece) -> None:
    live = Agreed.objects.live().filter(text=Agreed.Text.PORTFOLIO, about=str(piece.public_id))
    live.update(withdrawn_at=clock.now())


@transaction.atomic
def remove(piece: PortfolioPiece) -> None:
    """Take a piece out of the portfolio, with its pictures."""
    storage = piece.picture.storage
    names = [name for name in (piece.picture.name, piece.thumbnail.name) if name]
    _no_longer_agreed(piece)
    piece.delete()
    for name in names:
        transaction.on_commit(partial(storage.delete, name))
