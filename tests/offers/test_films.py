"""The film of an offer: which may be shown, what it no longer tells, and how its page shows it."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.kernel import rules
from offers import actions
from offers.models import Offer, OfferFilm
from tests.offers.films import TELLING, VTT, a_film, box
from tests.offers.test_images import picture


def sent(content: bytes, name: str = "film.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def desk(client_of, expert):
    return client_of(expert)


@pytest.fixture
def door(address, offer):
    return address("offer_film", offer.pk)


def test_a_film_is_shown_on_the_page_of_its_offer_with_poster_and_captions(desk, client, door, offer):  # A95
    response = desk.post(
        door,
        {
            "film": sent(a_film()),
            "captions": sent(VTT.encode(), "fr.vtt"),
            "captions_language": "fr",
            "poster": picture(),
            "film_rights": "on",
        },
    )
    assert response.status_code == 302
    film = offer.film
    page = client.get(offer.get_absolute_url())
    html = page.content.decode()

    assert (film.seconds, film.width, film.height) == (12, 640, 360)
    assert f'<source src="{film.file.url}" type="video/mp4">' in html
    assert f'poster="{film.poster.url}"' in html
    assert 'preload="none"' in html
    assert "media-src 'self'" in page["Content-Security-Policy"]
    said = client.get(f"/offers/{offer.pk}/captions.vtt")
    assert said["Content-Type"] == "text/vtt; charset=utf-8"
    assert said.content.decode() == VTT
    assert f'/offers/{offer.pk}/captions.vtt" srclang="fr"' in html
    assert '"VideoObject"' in html


def test_what_a_film_tells_of_its_maker_is_blanked_and_nothing_else_moves(desk, door, offer):
    content = a_film(tells=True)
    assert content.count(TELLING) == 3  # where it was made, in a track, a box of the index and one beside it
    desk.post(door, {"film": sent(content), "film_rights": "on"})

    with default_storage.open(offer.film.file.name) as file:
        kept = file.read()
    assert TELLING not in kept
    assert len(kept) == len(content)
    assert kept.count(b"free") == 3
    assert b"avc1" in kept


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"<html><script>alert(1)</script></html>", "not an MP4 film"),
        (lambda: b"RIFF" + bytes(4_000), "not an MP4 film"),
        (lambda: a_film()[:-10], "incomplete"),
        (lambda: a_film()[:300], "incomplete"),
        (lambda: box(b"ftyp", b"isom") + box(b"mdat", bytes(50)), "not an MP4 film"),
        (lambda: box(b"ftyp", b"isom") + box(b"moov", bytes(3)) + box(b"mdat"), "not an MP4 film"),
        (lambda: a_film().replace(b"moov", b"moof"), "not an MP4 film"),
        (lambda: a_film(coding=b"hvc1"), "Not every browser shows this film"),
        (lambda: a_film(size=(0, 0)), "Not every browser shows this film"),
        (lambda: a_film(seconds=rules.MAX_FILM_SECONDS + 2), "3 minutes at most"),
        (lambda: a_film(seconds=0), "3 minutes at most"),
        (lambda: a_film(size=(40, 20)), "320 to 4096 pixels"),
        (lambda: b"", "empty"),
    ],
)
def test_anything_else_is_refused_beside_its_box_and_nothing_is_kept(desk, door, offer, content, said):
    response = desk.post(door, {"film": sent(content()), "film_rights": "on"})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not OfferFilm.objects.exists()


def test_a_film_too_heavy_is_refused_before_it_is_read(desk, door, monkeypatch):
    monkeypatch.setattr(rules, "MAX_FILM_BYTES", 1_000)
    response = desk.post(door, {"film": sent(a_film()), "film_rights": "on"})
    assert "larger than" in response.content.decode()
    assert not OfferFilm.objects.exists()


def test_without_the_rights_no_film(desk, door):
    response = desk.post(door, {"film": sent(a_film())})
    assert response.status_code == 422
    assert "Confirm that you have the rights to this film." in response.content.decode()
    assert not OfferFilm.objects.exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (b"\xef\xbb\xbf" + VTT.encode(), VTT),
        (
            b"1\r\n00:00:01,000 --> 00:00:04,000\r\nBonjour\r\n",
            "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nBonjour\n",
        ),
        (b"<script>alert(1)</script>", None),
        (b"WEBVTT\n\nno time at all", None),
        (b"\xff\xfe\x00", None),
        (VTT.encode() + b"\x00", None),
    ],
)
def test_captions_are_webvtt_or_made_so_or_refused(desk, door, offer, text, kept):
    response = desk.post(
        door,
        {
            "film": sent(a_film()),
            "captions": sent(text, "c.vtt"),
            "captions_language": "fr",
            "film_rights": "on",
        },
    )
    if kept is None:
        assert response.status_code == 422
        assert "not captions we can read" in response.content.decode()
    found = OfferFilm.objects.first()
    assert (found.captions if found else None) == kept


def test_another_film_takes_the_place_and_the_files_of_the_former_go(
    desk, door, offer, django_capture_on_commit_callbacks
):
    desk.post(door, {"film": sent(a_film()), "film_rights": "on"})
    former = offer.film.file.name
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(door, {"film": sent(a_film(seconds=30)), "film_rights": "on"})
    film = OfferFilm.objects.get()
    assert film.seconds == 30
    assert not default_storage.exists(former)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(door, {"do": "remove"})
    assert not OfferFilm.objects.exists()
    assert not default_storage.exists(film.file.name)


def test_nobody_else_touches_a_film_and_captions_of_a_hidden_offer_are_hidden(
    client, client_of, stranger, expert, door, offer, desk
):
    data = {"captions": sent(VTT.encode(), "c.vtt"), "captions_language": "fr", "film_rights": "on"}
    assert client_of(stranger).post(door, {"film": sent(a_film()), **data}).status_code == 404
    data["captions"].seek(0)
    desk.post(door, {"film": sent(a_film()), **data})
    Offer.objects.filter(pk=offer.pk).update(status="draft")
    assert client.get(f"/offers/{offer.pk}/captions.vtt").status_code == 404
    assert desk.get(f"/offers/{offer.pk}/captions.vtt").status_code == 200


def test_a_film_changes_the_place_in_lists_and_asks_our_team_to_look_again(desk, door, offer):  # B24
    before = offer.entry.score
    assert not Offer.objects.changed_since_read().exists()
    desk.post(door, {"film": sent(a_film()), "film_rights": "on"})
    offer.entry.refresh_from_db()
    assert offer.entry.score == before + 10
    assert list(Offer.objects.changed_since_read()) == [offer]
    assert Offer.objects.get().status == Offer.Status.PUBLISHED
    actions.remove_film(offer)
    offer.entry.refresh_from_db()
    assert offer.entry.score == before
