"""Pages whose pictures and documents lie in buckets at another address: the browser is let there, and no further."""

from django.core.files.base import ContentFile
from playwright.sync_api import expect

from accounts.models import Document, User
from offers.models import Offer
from tests import factories
from tests.offers.test_images import picture
from tests.test_buckets import bucket, service  # noqa: F401

DRAWN = "image => image.complete && image.naturalWidth > 0"


def test_pictures_and_documents_are_shown_from_the_buckets(
    visit,
    bucket,  # noqa: F811
    expert: User,
    staff: User,
    offer: Offer,
) -> None:
    page = visit(expert, path=f"/dashboard/offers/{offer.pk}/images/")
    page.locator('input[name="images"]').set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture().read()}
    )
    page.locator('[name="rights"]').check()
    with page.expect_navigation():
        page.locator('form:has(input[name="images"]) button:not([type="button"])').first.click()

    shown = visit(path=offer.get_absolute_url()).locator(f'main img[src^="{bucket.url}"]').first
    expect(shown).to_be_visible()
    assert shown.evaluate(DRAWN)

    scan, certificate = Document.objects.filter(user=expert).order_by("pk")[:2]
    scan.file.save("x", ContentFile(factories.an_image((300, 200)).read()))
    certificate.file.save("x", ContentFile(factories.a_pdf()))
    Document.objects.filter(pk=scan.pk).update(content_type="image/webp")
    Document.objects.filter(pk__in=[scan.pk, certificate.pk]).update(state=Document.State.IN_REVIEW)
    desk = visit(staff, path=f"/admin/accounts/document/{scan.pk}/review/")
    there = desk.locator(f'img[src*="/{scan.pk}/file/"]')
    expect(there).to_be_visible()
    assert there.evaluate(DRAWN)

    bucket.asked.clear()
    desk.goto(f"/admin/accounts/document/{certificate.pk}/review/")
    expect(desk.locator("iframe")).to_be_visible()
    desk.wait_for_load_state("networkidle")
    assert [line for line in bucket.asked if certificate.file.name in line]
