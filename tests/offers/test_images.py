"""The gallery of an offer: what may hang, what may not, and in which order."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from marketplace.kernel import clock, rules
from offers import pictures
from offers.models import Offer, OfferImage
from tests import factories


def picture(
    name: str = "apercu.png", size: tuple[int, int] = (1000, 700), kind: str = "PNG", mode: str = "RGB"
) -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, kind)
    return SimpleUploadedFile(name, stream.getvalue(), content_type="image/png")


@pytest.fixture
def desk(client_of, expert):
    return client_of(expert)


@pytest.fixture
def gallery(address, offer):
    return address("offer_images", offer.pk)


def test_several_pictures_hang_at_once_as_webp_of_one_size(desk, gallery, offer):
    response = desk.post(gallery, {"rights": "yes", "images": [picture(), picture("deux.jpg", kind="JPEG")]})

    assert response.status_code == 302
    first, second = offer.images.all()
    assert (first.width, first.height) == (second.width, second.height) == (1200, 800)
    with default_storage.open(first.image.name) as stored, Image.open(stored) as opened:
        assert opened.format == "WEBP"
    with default_storage.open(first.thumbnail.name) as stored, Image.open(stored) as opened:
        assert opened.size == (600, 400)
    assert Offer.objects.get().cover.name == first.thumbnail.name


def test_metadata_does_not_survive(desk, gallery, offer):
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Adresse du client"
    Image.new("RGB", (900, 600)).save(stream, "JPEG", exif=exif)

    desk.post(gallery, {"rights": "yes", "images": [SimpleUploadedFile("photo.jpg", stream.getvalue())]})

    with default_storage.open(offer.images.get().image.name) as stored:
        assert b"Adresse" not in stored.read()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            lambda: SimpleUploadedFile("page.png", b"<html><script>alert(1)</script>"),
            "not an image we can read",
        ),
        (
            lambda: SimpleUploadedFile("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
            "not an image we can read",
        ),
        (lambda: SimpleUploadedFile("plan.jpg", factories.PDF), "not an image we can read"),
        (lambda: SimpleUploadedFile("cassee.png", picture().read()[:200]), "not an image we can read"),
        (lambda: picture("petite.png", (300, 200)), "at least 800 × 533"),
        (
            lambda: SimpleUploadedFile("lourde.png", picture().read() + os.urandom(rules.MAX_IMAGE_BYTES)),
            "larger than",
        ),
        (lambda: picture("bombe.png", (5100, 5100), mode="1"), "not an image we can read"),
        (lambda: picture("anim.gif", kind="GIF"), "not an image we can read"),
    ],
)
def test_what_is_not_a_fit_picture_is_refused_by_name(desk, gallery, offer, file, said):
    upload = file()
    response = desk.post(gallery, {"rights": "yes", "images": [upload]})
    page = response.content.decode()

    assert response.status_code == 422
    assert said in page
    assert upload.name in page
    assert "error-summary" in page
    assert not offer.images.exists()


def test_one_bad_picture_stops_the_others(desk, gallery, offer):
    response = desk.post(
        gallery, {"rights": "yes", "images": [picture(), SimpleUploadedFile("faux.png", b"rien")]}
    )

    assert response.status_code == 422
    assert not offer.images.exists()


def test_sending_nothing_is_explained(desk, gallery):
    response = desk.post(gallery, {"rights": "yes"})

    assert response.status_code == 422
    assert "Choose at least one image." in response.content.decode()


def test_a_gallery_holds_eight(desk, gallery, offer):
    small = [picture(f"{n}.png", (800, 533)) for n in range(rules.MAX_IMAGES + 1)]

    refused = desk.post(gallery, {"rights": "yes", "images": small})
    assert refused.status_code == 422
    assert "8 images at most" in refused.content.decode()
    assert not offer.images.exists()

    desk.post(
        gallery,
        {"rights": "yes", "images": [picture(f"{n}.png", (800, 533)) for n in range(rules.MAX_IMAGES)]},
    )
    assert offer.images.count() == rules.MAX_IMAGES
    assert "The gallery is full" in desk.get(gallery).content.decode()
    assert desk.post(gallery, {"rights": "yes", "images": [picture()]}).status_code == 422


def test_names_of_files_are_escaped(desk, gallery):
    page = desk.post(
        gallery,
        {"rights": "yes", "images": [SimpleUploadedFile("<img src=x onerror=alert(1)>.png", b"rien")]},
    ).content.decode()

    assert "<img src=x" not in page


@pytest.fixture
def hung(desk, gallery, offer) -> list[OfferImage]:
    desk.post(gallery, {"rights": "yes", "images": [picture("a.png"), picture("b.png"), picture("c.png")]})
    return list(offer.images.all())


def order_of(offer: Offer) -> list[int]:
    return [image.pk for image in offer.images.all()]


# A94: the first attracts
def test_pictures_move_and_the_first_is_the_cover(desk, address, offer, hung):
    a, b, c = hung

    desk.post(address("offer_image", offer.pk, c.pk), {"do": "up"})
    assert order_of(offer) == [a.pk, c.pk, b.pk]
    desk.post(address("offer_image", offer.pk, a.pk), {"do": "down"})
    assert order_of(offer) == [c.pk, a.pk, b.pk]
    assert Offer.objects.get().cover.name == c.thumbnail.name
    desk.post(address("offer_image", offer.pk, c.pk), {"do": "up"})
    assert order_of(offer) == [c.pk, a.pk, b.pk], "the first goes no higher"


def test_removing_the_cover_makes_the_next_one_the_cover_and_frees_the_disk(
    desk, address, offer, hung, django_capture_on_commit_callbacks
):
    a, b, _c = hung

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address("offer_image", offer.pk, a.pk), {"do": "remove"})

    assert Offer.objects.get().cover.name == b.thumbnail.name
    assert not default_storage.exists(a.image.name)
    for image in offer.images.all():
        desk.post(address("offer_image", offer.pk, image.pk), {"do": "remove"})
    assert not Offer.objects.get().cover


def test_a_picture_is_described_in_words_that_the_page_says(desk, client, address, offer, hung):
    desk.post(address("offer_image", offer.pk, hung[0].pk), {"do": "describe", "alt": 'Tableau "A"'})
    too_long = desk.post(address("offer_image", offer.pk, hung[1].pk), {"do": "describe", "alt": "x" * 161})

    page = client.get(address("offer", offer.pk, offer.slug)).content.decode()
    assert 'alt="Tableau &quot;A&quot;"' in page
    assert 'alt="Picture 2 of the offer"' in page
    assert too_long.status_code == 422
    assert "x" * 161 in too_long.content.decode()


def test_pictures_of_others_cannot_be_touched(client_of, address, offer, hung):
    other = factories.make_expert("Marc", "Delattre")
    theirs = factories.make_offer(other, title="Une autre offre")
    client = client_of(other)

    for url in (
        address("offer_image", offer.pk, hung[0].pk),
        address("offer_image", theirs.pk, hung[0].pk),
        address("offer_image", theirs.pk, 10**15),
    ):
        assert client.post(url, {"do": "remove"}).status_code == 404
    assert offer.images.count() == 3


# A94: free of rights
def test_pictures_hang_only_once_their_rights_are_confirmed(desk, gallery, offer):
    refused = desk.post(gallery, {"images": [picture()]})

    assert refused.status_code == 422
    assert "Confirm that you have the rights" in refused.content.decode()
    assert not offer.images.exists()

    desk.post(gallery, {"rights": "yes", "images": [picture()]})
    assert offer.images.get().rights_confirmed_at is not None


def test_the_order_of_pictures_is_sent_at_once_and_nonsense_in_it_is_left_out(desk, gallery, offer, hung):
    a, b, c = hung

    desk.post(gallery, {"do": "order", "order": f"{c.pk},{a.pk}"})
    assert names_in_order(offer) == [c.pk, a.pk, b.pk]

    desk.post(gallery, {"do": "order", "order": f"x,-3,{'9' * 40},{b.pk},,{b.pk}"})
    assert names_in_order(offer) == [b.pk, c.pk, a.pk]
    assert Offer.objects.get().cover.name == b.thumbnail.name


def names_in_order(offer):
    return list(offer.images.order_by("position").values_list("pk", flat=True))


def halves() -> SimpleUploadedFile:
    """A wide picture, red on the left and blue on the right."""
    image = Image.new("RGB", (2000, 700), "#FF0000")
    image.paste("#0000FF", (1000, 0, 2000, 700))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return SimpleUploadedFile("large.png", stream.getvalue())


def middle_of(image: OfferImage) -> tuple[int, ...]:
    with default_storage.open(image.image.name) as stored, Image.open(stored) as opened:
        return opened.convert("RGB").getpixel((600, 400))


def test_another_part_of_a_picture_is_shown_and_its_old_files_go(
    desk, gallery, address, offer, django_capture_on_commit_callbacks
):
    desk.post(gallery, {"rights": "yes", "images": [halves()]})
    before = offer.images.get()
    act = address("offer_image", offer.pk, before.pk)

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(act, {"do": "cut", "focus_x": "90", "focus_y": "50", "zoom": "200"})

    after = offer.images.get()
    assert middle_of(after)[2] > 200, "the blue half"
    assert (after.focus_x, after.zoom) == (90, 200)
    assert Offer.objects.get().cover.name == after.thumbnail.name
    assert not default_storage.exists(before.image.name)
    assert default_storage.exists(after.original.name)


@pytest.mark.parametrize(
    "cut",
    [{}, {"focus_x": "-1", "focus_y": "5", "zoom": "100"}, {"focus_x": "5", "focus_y": "5", "zoom": "9999"}],
)
def test_a_part_that_makes_no_sense_changes_nothing(desk, gallery, address, offer, cut):
    desk.post(gallery, {"rights": "yes", "images": [picture()]})
    before = offer.images.get()

    page = desk.post(address("offer_image", offer.pk, before.pk), {"do": "cut", **cut}, follow=True)

    assert "Choose the part of the image" in page.content.decode()
    assert offer.images.get().image.name == before.image.name


def test_sizes_in_modern_formats_are_made_after_and_offered_to_browsers(desk, gallery, offer, client):
    desk.post(gallery, {"rights": "yes", "images": [halves()]})
    image = offer.images.get()
    page = client.get(offer.get_absolute_url()).content.decode()
    assert "image/avif" not in page
    assert image.image.url in page, "the picture itself serves until its sizes are ready"

    assert pictures.render(image.pk)
    image.refresh_from_db()
    page = client.get(offer.get_absolute_url()).content.decode()

    assert page.index("image/avif") < page.index("image/webp")
    assert default_storage.url(image.renditions["avif"]["400"]) + " 400w" in page
    assert 'width="1200" height="800"' in page, "the place is kept before the picture comes"
    with default_storage.open(image.renditions["webp"]["900"]) as stored, Image.open(stored) as opened:
        assert (opened.format, opened.size) == ("WEBP", (900, 600))
    with default_storage.open(image.renditions["jpeg"]["1200"]) as stored, Image.open(stored) as opened:
        assert opened.size == (1200, 630)


def test_sizes_made_of_a_cut_that_changed_meanwhile_are_not_used(desk, gallery, offer):
    desk.post(gallery, {"rights": "yes", "images": [picture()]})
    image = offer.images.get()

    assert not pictures.keep_renditions(image.pk, "offers/another.webp", {"avif": {"400": "x"}})
    image.refresh_from_db()
    assert image.renditions == {}
    assert not pictures.render(0)


def test_losing_the_queue_loses_no_picture(desk, gallery, offer):
    """The errand never ran: once its time is over, the sweep makes the sizes, and only once."""
    desk.post(gallery, {"rights": "yes", "images": [picture()]})
    hung = offer.images.get()
    assert hung.renditions == {}
    assert pictures.render_forgotten() == 0  # it still has time

    with clock.at(clock.now() + timedelta(minutes=11)):
        assert pictures.render_forgotten() == 1
        assert pictures.render_forgotten() == 0
    hung.refresh_from_db()
    assert set(hung.renditions) == {"avif", "webp", "jpeg"}
    assert hung.render_due_at is None


def test_a_broken_picture_stops_no_other_and_is_tried_again_later(desk, gallery, offer):
    desk.post(gallery, {"rights": "yes", "images": [picture(), picture("deux.png")]})
    broken, sound = offer.images.all()
    default_storage.delete(broken.image.name)

    with clock.at(clock.now() + timedelta(minutes=11)):
        assert pictures.render_forgotten() == 1
        assert list(OfferImage.objects.to_render(clock.now())) == []
        assert list(OfferImage.objects.to_render(clock.now() + pictures.RENDER_AGAIN)) == [broken]
    sound.refresh_from_db()
    assert sound.renditions
