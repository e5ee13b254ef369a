"""The sandbox's pages: a person pays, is declined, thinks twice; the messages leave for our own door."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from stdnum import iban

from marketplace.kernel import clock
from payments import escrow
from payments.models import Payment
from payments.sandbox import actions, outbox, signing, tasks
from payments.sandbox.gateway import SandboxGateway
from payments.sandbox.models import SandboxCallback, SandboxRefund, SandboxSession
from tests.payments import cash

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(_in_french) -> None:
    """The sandbox is read here as most people meet it: in French."""


@pytest.fixture
def page(payment):
    cash.checkout(payment)
    return SandboxSession.objects.get()


@pytest.fixture
def visitor() -> Client:
    """Somebody with the link, signed in nowhere."""
    return Client()


def url(page, act: str = "") -> str:
    return f"/sandbox/checkout/{page.token}/{act}"


def owed() -> list[str]:
    return [json.loads(callback.body)["type"] for callback in SandboxCallback.objects.order_by("pk")]


OPTIONS = {"refund_outcome": "succeed"}


def test_the_page_says_what_is_paid_to_whom_and_that_it_is_no_real_money(page, visitor):
    html = visitor.get(url(page)).content.decode()

    for words in ("120,00\u00a0€", "J-24817", "Business plan complet", "4242 4242 4242 4242"):
        assert words in html
    assert "noindex" in html


def test_it_speaks_the_language_it_was_opened_in(page, visitor):
    SandboxSession.objects.update(language="en")

    html = visitor.get(url(page)).content.decode()

    assert '<html lang="en">' in html
    assert "No real money moves here." in html
    assert "€120.00" in html


def test_the_strict_policy_holds_on_every_page(page, visitor):
    for state in SandboxSession.State.values:
        SandboxSession.objects.update(state=state)
        response = visitor.get(url(page))
        html = response.content.decode()
        assert response.status_code == 200
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert " style=" not in html
        assert " onclick" not in html
        assert "no-cache" in response.headers["Cache-Control"]


def test_an_accepted_card_pays_and_leads_back(page, payment, visitor):
    response = visitor.post(url(page, "card/"), {**OPTIONS, "card": "accepted"})

    assert (response.status_code, response.url) == (302, "/orders/J-24817/")
    assert owed() == ["checkout.paid"]
    assert escrow.refresh(payment).state == Payment.State.RECEIVED


def test_a_declined_card_says_so_and_may_be_followed_by_another(page, payment, visitor):
    html = visitor.post(url(page, "card/"), {**OPTIONS, "card": "declined"}, follow=True).content.decode()
    assert 'role="alert"' in html
    assert escrow.refresh(payment).state == Payment.State.FAILED

    visitor.post(url(page, "card/"), {**OPTIONS, "card": "accepted"})

    assert owed() == ["checkout.declined", "checkout.paid"]
    assert escrow.refresh(payment).state == Payment.State.RECEIVED


@pytest.mark.parametrize(
    ("answer", "state"),
    [("yes", Payment.State.RECEIVED), ("no", Payment.State.FAILED), ("", Payment.State.FAILED)],
)
def test_the_bank_may_ask_for_a_confirmation(page, payment, visitor, answer, state):
    visitor.post(url(page, "card/"), {**OPTIONS, "card": "confirmed"})
    assert escrow.refresh(payment).state == Payment.State.PENDING

    visitor.post(url(page, "confirmation/"), {"answer": answer})

    assert escrow.refresh(payment).state == state


def test_paypal_pays(page, payment, visitor):
    assert visitor.post(url(page, "paypal/"), OPTIONS).url == "/orders/J-24817/"
    assert escrow.refresh(payment).method == Payment.Method.PAYPAL


def test_giving_up_leads_back_and_charges_nothing(page, visitor):
    assert 'href="/orders/J-24817/pay/"' in visitor.get(url(page)).content.decode()
    assert owed() == []


def test_a_transfer_shows_its_details_to_copy_and_arrives_later(page, payment, visitor):
    html = visitor.post(url(page, "transfer/"), OPTIONS, follow=True).content.decode()
    page.refresh_from_db()

    for value in (page.iban, "SBOXFRPPXXX", "120", "J-24817"):
        assert f'value="{value}" readonly' in html
    assert iban.is_valid(page.iban)

    visitor.post(url(page, "arrival/"), {"amount": "120"})

    assert escrow.refresh(payment).state == Payment.State.RECEIVED


def test_transfers_add_up_and_too_much_goes_back(page, payment, visitor):
    visitor.post(url(page, "transfer/"), OPTIONS)
    html = visitor.post(url(page, "arrival/"), {"amount": "70,50"}, follow=True).content.decode()
    assert "49,50\u00a0€" in html
    assert escrow.refresh(payment).transfer_instructions["missing"] == 49_50

    html = visitor.post(url(page, "arrival/"), {"amount": "59.50"}, follow=True).content.decode()
    assert "10,00\u00a0€" in html
    assert escrow.refresh(payment).state != Payment.State.RECEIVED

    visitor.post(url(page, "excess/"))
    assert escrow.refresh(payment).state == Payment.State.RECEIVED


@pytest.mark.parametrize("amount", ["", "0", "-5", "abc", "1e3", "12,345", "99999999999999999999", "٣"])
def test_an_amount_that_is_none_is_refused_next_to_its_field_and_kept(page, visitor, amount):
    visitor.post(url(page, "transfer/"), OPTIONS)

    response = visitor.post(url(page, "arrival/"), {"amount": amount})

    html = response.content.decode()
    assert response.status_code == 422
    assert 'id="amount-error"' in html
    assert f'value="{amount}" aria-invalid="true"' in html
    page.refresh_from_db()
    assert page.received_cents == 0


@pytest.mark.parametrize("card", ["", "stolen", "accepted' OR 1=1"])
def test_a_card_that_is_none_of_ours_is_refused(page, visitor, card):
    response = visitor.post(url(page, "card/"), {"card": card})

    assert response.status_code == 422
    assert 'id="card-error"' in response.content.decode()
    page.refresh_from_db()
    assert page.state == SandboxSession.State.OPEN


def test_a_page_that_is_paid_takes_no_second_payment(page, visitor):
    for _ in range(2):
        visitor.post(url(page, "card/"), {**OPTIONS, "card": "accepted"})
    visitor.post(url(page, "paypal/"), OPTIONS)
    visitor.post(url(page, "transfer/"), OPTIONS)
    visitor.post(url(page, "arrival/"), {"amount": "120"})

    page.refresh_from_db()
    assert owed() == ["checkout.paid"]
    assert page.received_cents == 120_00


def test_a_page_that_ran_out_takes_no_money(page, visitor):
    with time_machine.travel(page.expires_at + timedelta(seconds=1)):
        visitor.post(url(page, "card/"), {**OPTIONS, "card": "accepted"})
        visitor.post(url(page, "card/"), {**OPTIONS, "card": "declined"})
        visitor.post(url(page, "transfer/"), OPTIONS)
        SandboxSession.objects.update(language="en")
        assert "This payment page is closed" in visitor.get(url(page)).content.decode()

    page.refresh_from_db()
    assert (page.state, owed()) == (SandboxSession.State.OPEN, [])


def test_only_who_has_the_link_finds_the_page(page, visitor):
    assert visitor.get("/sandbox/checkout/sbx_cs_guess/").status_code == 404
    assert visitor.get(url(page)[:-2] + "/").status_code == 404
    assert len(page.token) > 35


def test_acts_are_posted_and_protected_from_other_sites(page):
    careful = Client(enforce_csrf_checks=True)
    for act in ("card/", "confirmation/", "paypal/", "transfer/", "arrival/", "excess/"):
        assert careful.get(url(page, act)).status_code == 405
        assert careful.post(url(page, act), {"card": "accepted"}).status_code == 403
    page.refresh_from_db()
    assert page.state == SandboxSession.State.OPEN


def test_outside_a_developers_machine_the_pages_do_not_exist(page, visitor, settings):
    settings.LOCAL_MODE = False

    assert visitor.get(url(page)).status_code == 404
    assert visitor.post(url(page, "card/"), {"card": "accepted"}).status_code == 404
    with pytest.raises(ImproperlyConfigured):
        SandboxGateway()
    with pytest.raises(ImproperlyConfigured):
        apps.get_app_config("sandbox").ready()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "evil",
        "http://testserver.evil.example/x",
    ],
)
def test_it_leads_back_to_this_site_only(payment, elsewhere):
    with pytest.raises(ValueError, match="does not lead back"):
        escrow.open_checkout(payment, return_url=elsewhere, cancel_url="/")


def test_full_addresses_of_this_site_lead_back_to_the_host_the_visitor_is_on(payment):
    escrow.open_checkout(payment, return_url="http://testserver/orders/J-1/", cancel_url="http://testserver/")

    page = SandboxSession.objects.get()
    assert (page.return_url, page.cancel_url) == ("/orders/J-1/", "/")


def test_a_key_that_comes_back_with_another_amount_is_a_bug(page, payment):
    Payment.objects.update(checkout_url="", amount_cents=130_00)

    with pytest.raises(ValueError, match="another amount"):
        cash.checkout(payment)


# --- Refunds --------------------------------------------------------------------------------------------------


def test_staff_of_the_imaginary_bank_decide_about_a_slow_refund(page, visitor):
    visitor.post(url(page, "card/"), {"card": "accepted", "refund_outcome": "wait"})
    page.refresh_from_db()
    asked = actions.refund(page, 30_00, reference="r", key="k")
    assert "30,00" in visitor.get(url(page)).content.decode()

    visitor.post(url(page, f"refunds/{asked.token}/"), {"outcome": "succeed"})

    asked.refresh_from_db()
    assert asked.state == SandboxRefund.State.SUCCEEDED
    assert owed() == ["checkout.paid", "refund.updated", "refund.updated"]
    assert visitor.post(url(page, "refunds/another/"), {"outcome": "succeed"}).status_code == 404


def test_it_never_gives_back_more_than_came_in(page):
    actions.pay(page, "card")
    actions.refund(page, 100_00, reference="r", key="k1")

    with pytest.raises(ValueError, match="more than is left"):
        actions.refund(page, 20_01, reference="r", key="k2")
    assert actions.refund(page, 100_00, reference="r", key="k1").amount_cents == 100_00


# --- Messages -------------------------------------------------------------------------------------------------


class Door(BaseHTTPRequestHandler):
    """Our own door, on a real socket: answers what it is told to and keeps what it was sent."""

    answers: list[int] = []
    received: list[tuple[bytes, str]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((body, self.headers[signing.HEADER]))
        self.send_response(self.answers.pop(0) if self.answers else 200)
        self.end_headers()

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def door(settings):
    server = HTTPServer(("127.0.0.1", 0), Door)
    Door.answers, Door.received = [], []
    settings.SITE_URL = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Door
    server.shutdown()
    server.server_close()


def test_a_message_travels_over_http_with_a_signature_that_is_right(page, door):
    actions.pay(page, "card")
    callback = SandboxCallback.objects.get()

    outbox.deliver(callback.pk)
    outbox.deliver(callback.pk)

    ((body, signature),) = door.received
    signing.verify(body, signature, "tests sign with this", int(clock.now().timestamp()))
    callback.refresh_from_db()
    assert callback.sent_at is not None
    assert callback.due_at is None


def test_a_message_that_nobody_takes_is_sent_again(page, door):
    actions.pay(page, "card")
    callback = SandboxCallback.objects.get()
    door.answers = [500]
    outbox.deliver(callback.pk)

    callback.refresh_from_db()
    assert "500" in callback.error
    assert callback.due_at > clock.now()

    outbox.deliver(callback.pk)
    callback.refresh_from_db()
    assert (callback.attempts, callback.error) == (2, "")


def test_a_door_that_is_shut_is_knocked_at_again_and_given_up_in_the_end(page, settings):
    settings.SITE_URL = "http://127.0.0.1:9"
    actions.pay(page, "card")
    for _ in range(outbox.MAX_ATTEMPTS):
        outbox.deliver(SandboxCallback.objects.get().pk)

    callback = SandboxCallback.objects.get()
    assert callback.sent_at is None
    assert callback.due_at is None
    assert callback.error


def test_late_means_half_a_minute_and_twice_means_the_same_event(
    page, visitor, door, errands, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(url(page, "card/"), {"card": "accepted", "late": "on", "twice": "on", **OPTIONS})
    assert tasks.sweep_callbacks() == 0
    assert door.received == []

    with time_machine.travel(clock.now() + timedelta(seconds=31)):
        assert tasks.sweep_callbacks() == 2

    first, second = [json.loads(body)["id"] for body, _ in door.received]
    assert first == second


def test_at_once_means_right_after_the_commit(
    page, visitor, door, errands, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(url(page, "paypal/"), OPTIONS)

    assert len(door.received) == 1
