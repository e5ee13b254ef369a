"""What both say to each other in a room: a picture, contact details, marks of what was read, and the end of it."""

from io import BytesIO
from zipfile import ZipFile

from playwright.sync_api import expect

from accounts.models import User
from marketplace.kernel.sizes import in_words
from orders.models import Order
from tests import factories
from tests.journeys.walker import PDF

ASK_AGAIN = "document.querySelector('jalon-poll').dispatchEvent(new Event('poll'))"
"""What the page does by itself every twenty seconds."""


# A30, A35, B18
def test_a_conversation_is_lively_warns_and_stays_readable_once_closed(
    walk, buyer: User, expert: User, active_order: Order
) -> None:
    client, seller = walk(buyer), walk(expert)
    for walker in (client, seller):
        walker.open("order", active_order.public_id)
    picture = factories.an_image((1200, 800)).read()
    said = in_words(len(picture))

    client.fill("#composer", body="Voici la devanture.")
    client.attach("#composer", {"name": "devanture.webp", "mimeType": "image/webp", "buffer": picture})
    client.sees(said, within="#composer .file-note")
    client.press("Send", within="#composer")
    client.sees(said, within="#thread")
    seller.page.evaluate(ASK_AGAIN)
    seller.sees("Voici la devanture.", within="#thread")
    expect(seller.page.locator("#thread .file-picture img")).to_be_visible()
    client.page.evaluate(ASK_AGAIN)
    client.sees("Read", within="#thread")

    seller.write("Appelez-moi au 06 12 34 56 78.")
    expect(seller.page.locator("#thread .message-warning")).to_be_visible()
    client.page.evaluate(ASK_AGAIN)
    client.sees("06 12 34 56 78", within="#thread")
    expect(client.page.locator("#thread .message-warning")).to_have_count(0)

    seller.open("order", active_order.public_id)
    seller.press("Start", within="#act")
    seller.deliver("Le plan.", PDF)
    client.open("order", active_order.public_id)
    client.accept()
    for walker in (client, seller):
        walker.open("order", active_order.public_id)
        walker.sees("Voici la devanture.", within="#thread")
        walker.sees("Order completed: the exchanges are closed.", within="#composer")
        expect(walker.page.locator("#composer textarea")).to_have_count(0)
        with walker.page.expect_download() as download:
            walker.follow("Download %(name)s", name="devanture.webp", within="#thread")
        assert download.value.path().read_bytes()
        whole = walker.page.request.get(walker.path("order_file", active_order.public_id))
        with ZipFile(BytesIO(whole.body())) as archive:
            assert any(name.endswith("devanture.webp") for name in archive.namelist())
