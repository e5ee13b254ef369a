"""What people change about themselves: name, language, photo, billing address, expert profile."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import ExpertProfile, User
from tests.accounts.pages import fields_in_error, typed
from tests.factories import make_expert

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def picture(size: tuple[int, int] = (600, 400), kind: str = "JPEG", **options: Any) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, (11, 97, 112)).save(content, kind, **options)
    return content.getvalue()


def upload(content: bytes, name: str = "portrait.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def send(client: Client, part: str, **fields: Any) -> Any:
    return client.post(reverse("account_settings"), {"part": part, **fields})


def identity(**changes: str) -> dict[str, str]:
    return {"first_name": "Thomas", "last_name": "Girard", "language": "fr", **changes}


def test_names_are_saved(client_of: ClientOf, buyer: User) -> None:
    response = send(client_of(buyer), "identity", **identity(first_name="Tom", last_name="Girard-Roy"))

    assert response.status_code == 302
    buyer.refresh_from_db()
    assert buyer.get_full_name() == "Tom Girard-Roy"


def test_another_language_shows_at_once(client_of: ClientOf, buyer: User) -> None:
    response = send(client_of(buyer), "identity", **identity(language="en"))

    assert response["Location"] == "/en/account/settings/"
    buyer.refresh_from_db()
    assert buyer.language == "en"


@pytest.mark.parametrize(
    ("field", "value"),
    [("first_name", ""), ("last_name", "https://piege.example"), ("language", "de"), ("last_name", "x" * 61)],
)
def test_a_mistaken_name_changes_nothing_and_is_kept(
    client_of: ClientOf, buyer: User, field: str, value: str
) -> None:
    response = send(client_of(buyer), "identity", **{**identity(first_name="Tom"), field: value})

    assert response.status_code == 422
    html = response.content.decode()
    assert field in fields_in_error(html) or "id_language_error" in html
    if field != "language":
        assert typed(html)[field] == value
    buyer.refresh_from_db()
    assert buyer.get_full_name() == "Thomas Girard"
    assert buyer.language == "fr"


def test_rank_and_address_cannot_be_changed_here(client_of: ClientOf, buyer: User) -> None:
    former = buyer.email

    send(
        client_of(buyer), "identity", **identity(), is_staff="on", is_expert="on", email="autre@example.test"
    )

    buyer.refresh_from_db()
    assert not buyer.is_staff
    assert not buyer.is_expert
    assert buyer.email == former


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_becomes_a_small_square_without_its_secrets(
    client_of: ClientOf, buyer: User, kind: str
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "prise chez moi"
    content = picture(kind=kind, exif=exif) if kind != "AVIF" else picture(kind=kind)

    response = send(client_of(buyer), "photo", photo=upload(content))

    assert response.status_code == 302
    buyer.refresh_from_db()
    assert buyer.avatar.name.endswith(".webp")
    with Image.open(buyer.avatar) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
        assert not image.getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + b"\0" * 60,
        b"%PDF-1.4",
        picture()[:200],
        picture((60, 60)),
        picture((10, 4_000)),
        b"",
    ],
    ids=["svg", "gif", "pdf", "cut off", "too small", "too narrow", "empty"],
)
def test_what_is_no_fit_picture_is_refused_beside_its_field(
    client_of: ClientOf, buyer: User, content: bytes
) -> None:
    response = send(client_of(buyer), "photo", photo=upload(content))

    assert response.status_code == 422
    assert fields_in_error(response.content.decode()) == {"photo"}
    buyer.refresh_from_db()
    assert not buyer.avatar


def test_a_picture_that_unfolds_into_a_bomb_is_refused(client_of: ClientOf, buyer: User) -> None:
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")

    response = send(client_of(buyer), "photo", photo=upload(bomb.getvalue()))

    assert response.status_code == 422
    buyer.refresh_from_db()
    assert not buyer.avatar


def test_a_photo_too_heavy_is_refused(client_of: ClientOf, buyer: User) -> None:
    response = send(client_of(buyer), "photo", photo=upload(picture() + b"\0" * (10 * 1024 * 1024)))

    assert fields_in_error(response.content.decode()) == {"photo"}


def test_no_photo_chosen_is_said(client_of: ClientOf, buyer: User) -> None:
    response = send(client_of(buyer), "photo")

    assert fields_in_error(response.content.decode()) == {"photo"}


def test_a_new_photo_replaces_the_former_one(
    client_of: ClientOf, buyer: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(buyer)
    send(client, "photo", photo=upload(picture()))
    buyer.refresh_from_db()
    former, storage = buyer.avatar.name, buyer.avatar.storage

    with django_capture_on_commit_callbacks(execute=True):
        send(client, "photo", photo=upload(picture((300, 300))))

    buyer.refresh_from_db()
    assert buyer.avatar.name != former
    assert not storage.exists(former)
    assert storage.exists(buyer.avatar.name)


def test_a_photo_is_removed(client_of: ClientOf, buyer: User) -> None:
    client = client_of(buyer)
    send(client, "photo", photo=upload(picture()))

    send(client, "photo_removal")

    buyer.refresh_from_db()
    assert not buyer.avatar


def billing(**changes: str) -> dict[str, str]:
    return {
        "company": "Girard Conseil",
        "address": "12 rue des Lilas",
        "postal_code": "69003",
        "city": "Lyon",
        "country": "FR",
        "vat_number": "FR 40 303 265 045",
        **changes,
    }


def test_the_billing_address_is_saved(client_of: ClientOf, buyer: User) -> None:
    response = send(client_of(buyer), "billing", **billing())

    assert response.status_code == 302
    profile = User.objects.get(pk=buyer.pk).buyer_profile
    assert (profile.company, profile.city, profile.country) == ("Girard Conseil", "Lyon", "FR")
    assert profile.vat_number == "FR40303265045"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("country", "US"),
        ("country", ""),
        ("postal_code", "6900"),
        ("vat_number", "123456789"),
        ("company", "x" * 121),
    ],
)
def test_a_bad_billing_address_changes_nothing(
    client_of: ClientOf, buyer: User, field: str, value: str
) -> None:
    response = send(client_of(buyer), "billing", **billing(**{field: value}))

    assert response.status_code == 422
    assert fields_in_error(response.content.decode()) == {field}
    assert typed(response.content.decode())["address"] == "12 rue des Lilas"
    assert User.objects.get(pk=buyer.pk).buyer_profile.company == ""


def test_an_unknown_part_changes_nothing(client_of: ClientOf, buyer: User) -> None:
    assert send(client_of(buyer), "rank", is_staff="on").status_code == 200


def test_a_buyer_opens_an_expert_space_and_waits_for_approval(client_of: ClientOf, buyer: User) -> None:
    client = client_of(buyer)
    assert reverse("become_expert") in client.get(reverse("account_settings")).content.decode()

    for _twice in range(2):
        response = client.post(reverse("become_expert"))

    assert response["Location"] == reverse("expert_profile_edit")
    buyer.refresh_from_db()
    assert buyer.is_expert
    assert buyer.is_buyer
    assert buyer.expert_profile.status == ExpertProfile.Status.PENDING


def test_opening_an_expert_space_takes_a_click(client_of: ClientOf, buyer: User) -> None:
    assert client_of(buyer).get(reverse("become_expert")).status_code == 405


def test_becoming_an_expert_again_keeps_the_approval(client_of: ClientOf, expert: User) -> None:
    client_of(expert).post(reverse("become_expert"))

    expert.expert_profile.refresh_from_db()
    assert expert.expert_profile.status == ExpertProfile.Status.APPROVED


def test_the_page_says_what_is_missing_to_be_listed(client_of: ClientOf) -> None:
    expert = make_expert(approved=False)
    client = client_of(expert)

    html = client.get("/en" + reverse("expert_profile_edit")).content.decode()
    assert "Awaiting approval" in html
    assert "A profile without a photo is not listed." in html

    send(client, "photo", photo=upload(picture()))
    html = client.get("/en" + reverse("expert_profile_edit")).content.decode()
    assert "A profile without a photo is not listed." not in html  # K22


def test_a_buyer_has_no_expert_profile(client_of: ClientOf, buyer: User) -> None:
    assert client_of(buyer).get(reverse("expert_profile_edit")).status_code == 404


@pytest.mark.parametrize("name", ["account_settings", "expert_profile_edit"])
def test_these_pages_are_for_people_signed_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))

    assert response["Location"].startswith(reverse("account_login"))
