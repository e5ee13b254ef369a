"""The few people and things that tests speak of. Everything goes through the real actions."""

import io
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

from accounts import actions as accounts
from accounts.actions import mandate as mandates
from accounts.models import Application, BankAccount, Document, LegalEntity, User
from accounts.models.matrix import REQUIRED, RULES, requirement
from marketplace.kernel import clock, papers, sealing
from offers import actions as offers
from offers import calendar_actions, openings
from offers.models import Category, Offer
from orders import actions as orders
from orders.models import Order
from payments import escrow

PASSWORD = "Un-Mot-2-Passe!"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_user(first: str = "Thomas", last: str = "Girard", **fields: Any) -> User:
    """An account with a verified e-mail, open to buying."""
    fields.setdefault("email", f"{first}.{last}.{uuid.uuid4().hex[:8]}@example.test".lower())
    user = User.objects.create_user(password=PASSWORD, first_name=first, last_name=last, **fields)
    user.emailaddress_set.create(email=user.email, primary=True, verified=True)
    accounts.take_roles(user, buys=user.is_buyer, sells=user.is_expert)
    return user


def make_expert(
    first: str = "Claire", last: str = "Fontaine", *, approved: bool = True, **fields: Any
) -> User:
    """An expert, admitted by staff with their documents in order unless said otherwise."""
    user = make_user(first, last, is_expert=True, **fields)
    profile = user.expert_profile
    profile.headline = "Directrice financière de transition"
    if approved:
        profile.status = profile.Status.APPROVED
        profile.approved_at = clock.now()
        give_legal_standing(user)
    profile.save()
    return user


def make_category(**fields: Any) -> Category:
    fields.setdefault("slug", f"finance-{uuid.uuid4().hex[:6]}")
    return Category.objects.create(
        **{"name_fr": "Finance & gestion", "name_en": "Finance & management", "icon": "calculator", **fields}
    )


def make_offer(
    expert: User, *, published: bool = True, add_ons: tuple[tuple[str, int, int], ...] = (), **terms: Any
) -> Offer:
    """An offer of 120 € in 5 days with one revision; ``add_ons`` are (title, cents, days)."""
    terms.setdefault("category", Category.objects.first() or make_category())
    offer = offers.create_offer(
        expert,
        terms={
            "title": "Business plan complet",
            "description": "Un plan clair et chiffré.",
            "price_cents": 120_00,
            "delivery_days": 5,
            "revisions": 1,
            "opening_message": "Bonjour, merci pour votre confiance.",
            **terms,
        },
        add_ons=[
            offers.AddOnTerms(title=title, price_cents=cents, days=days) for title, cents, days in add_ons
        ],
        requirements=[offers.RequirementTerms(label="Vos trois derniers bilans", required=True)],
    )
    if published:
        offer = offers.publish(offer)
    return offer


def open_hours(expert: User, **terms: Any) -> None:
    """Hours for calls, every day from eight to eight, from two hours' notice on."""
    week = {day: [(time(8), time(20))] for day in range(7)}
    calendar_actions.set_hours(expert, **{"week": week, "notice_hours": 2, "buffer_minutes": 0, **terms})


def make_call(expert: User, **terms: Any) -> Offer:
    """A call of half an hour at 60 €, by an expert whose hours are open."""
    if not hasattr(expert, "call_calendar"):
        open_hours(expert)
    return make_offer(
        expert,
        **{"kind": "call", "call_minutes": 30, "price_cents": 60_00, "title": "Un appel utile", **terms},
    )


def first_slot(offer: Offer, after: timedelta = timedelta(0)) -> datetime:
    """The soonest free time of a call, at least so far away."""
    soonest = clock.now() + after
    return next(at for at in openings.free(offer.expert, minutes=offer.call_minutes or 0) if at >= soonest)


def place(buyer: User, offer: Offer, *, method: str = "card", **fields: Any) -> Order:
    """An order that waits for its payment; a call takes the first free time two days away."""
    if offer.kind == Offer.Kind.CALL and "slot" not in fields:
        fields["slot"] = first_slot(offer, timedelta(days=2 if method == "card" else 6))
    return orders.place_order(
        buyer=buyer,
        offer=offer,
        version=fields.pop("version", offer.version),
        token=fields.pop("token", uuid.uuid4()),
        add_on_ids=fields.pop("add_on_ids", []),
        method=method,
        **fields,
    )


def pay(order: Order) -> Order:
    """The gateway reports the whole amount; the order comes alive."""
    escrow.receive(
        order.payment, amount_cents=order.total_cents, gateway_id=f"gw-{order.pk}", occurred_at=clock.now()
    )
    return orders.confirm_payment(fresh(order))


def start(order: Order) -> Order:
    return orders.start(order, actor=order.expert)


def deliver(order: Order, note: str = "Voici le livrable.") -> Order:
    orders.deliver(order, actor=order.expert, note=note, files=[a_file()])
    return fresh(order)


def fresh(order: Order) -> Order:
    """The row as the database has it now."""
    return Order.objects.get(pk=order.pk)


def a_file(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


def an_image(size: tuple[int, int] = (60, 40)) -> "ContentFile[bytes]":
    """A real picture, small and plain."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#0B6170").save(buffer, "WEBP")
    return ContentFile(buffer.getvalue())


SIRET = "73282932000074"
IBAN = "FR7630006000011234567890189"


def give_legal_standing(user: User, *, form: str = "micro", on: date | None = None) -> LegalEntity:
    """A business, its invoicing mandate, a bank account and every document accepted, the dated ones on ``on`` (today). No file behind."""
    now = clock.now()
    entity = LegalEntity.objects.create(
        user=user, form=form, name=user.get_full_name(), siren=SIRET[:9], siret=SIRET, created_at=now,
        address="12 rue des Lilas", postal_code="75011", city="Paris",
    )  # fmt: skip
    BankAccount.objects.create(
        user=user, holder=user.get_full_name(), sealed_iban=sealing.seal(IBAN), country="FR", last_four=IBAN[-4:],
        created_at=now, usable_from=now,
    )  # fmt: skip
    mandates.sign_mandate(user, name=user.get_full_name(), language="fr")
    on = on or clock.today()
    Document.objects.bulk_create(
        Document(
            user=user,
            entity=None if requirement.key == "identity" else entity,
            kind=requirement.kinds[0],
            state=Document.State.ACCEPTED,
            name=f"{requirement.key}.pdf",
            content_type="application/pdf",
            size=1,
            digest=uuid.uuid4().hex,
            issued_on=on,
            valid_until=RULES[requirement.kinds[0]].valid_until(
                issued_on=on, ends_on=on + timedelta(days=365), uploaded_on=on
            ),
            uploaded_at=now,
            review_due_at=now,
            decided_at=now,
        )
        for requirement in REQUIRED[form]
    )
    return entity


def a_portrait() -> "dict[str, ContentFile[bytes]]":
    """A photo in its three sizes."""
    sides = {"avatar_small": 96, "avatar": 256, "avatar_large": 512}
    return {name: an_image((side, side)) for name, side in sides.items()}


def a_paper(name: str = "attestation.pdf") -> papers.Paper:
    """A document as the form hands it over, each different from the others."""
    content = a_pdf() + uuid.uuid4().bytes
    return papers.Paper(ContentFile(content), name, "application/pdf", len(content))


def a_pdf(pages: int = 1, password: str = "") -> bytes:
    """A PDF that opens."""
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(width=72, height=72)
    if password:
        writer.encrypt(password)
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def send_paper(user: User, key: str = "vigilance", *, on: date | None = None, **fields: Any) -> Document:
    """A document waiting for staff, dated ``on`` (today)."""
    asked = requirement(key)
    assert asked is not None
    kind = fields.pop("kind", asked.kinds[0])
    return accounts.send_document(
        user, requirement=asked, kind=kind, paper=a_paper(), issued_on=on or clock.today(), **fields
    )


def apply(user: User, field: Category, **fields: Any) -> Application:
    """A candidate's whole application, sent."""
    application = accounts.begin_application(user)
    answers = {
        "ground": "experience",
        "years_of_experience": 32,
        "attested": True,
        "field": field,
        "track_record": "Trente-deux ans de direction financière, dont douze en transition. " * 3,
        "motivation": "Transmettre à des dirigeants de PME ce que j’ai appris. " * 2,
        **fields,
    }
    accounts.write_application(application, answers)
    accounts.sign_charter(user, name=user.get_full_name(), language="fr")
    return accounts.send_application(application)
