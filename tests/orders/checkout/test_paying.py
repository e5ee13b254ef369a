"""The page of a payment: gone to, come back to, tried again."""

import pytest

from orders import actions
from orders.models import Order
from payments import escrow
from payments.gateways import Checkout, CheckoutRequest, CheckoutStatus, GatewayUnavailable
from payments.models import Payment
from payments.sandbox import actions as sandbox
from tests import factories
from tests.orders.checkout.kit import SANDBOX, in_english, payment_url, session_of, typed, url


class DeadGateway:
    """A provider that never answers."""

    has_customers = False

    def open_checkout(self, request: CheckoutRequest, *, idempotency_key: str) -> Checkout:
        raise GatewayUnavailable

    def look_up(self, gateway_id: str) -> CheckoutStatus:
        raise GatewayUnavailable


DEAD = f"{__name__}.DeadGateway"


# --- Paying, and coming back ---


def test_a_gateway_that_is_down_keeps_the_order_and_says_so(browser, offer, settings):
    settings.PAYMENT_GATEWAY = DEAD

    response = browser.post(url(offer), typed(offer), follow=True)

    order = Order.objects.get()
    assert response.redirect_chain[-1][0] == payment_url(order)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert order.state == Order.State.PENDING_PAYMENT

    settings.PAYMENT_GATEWAY = SANDBOX
    again = browser.post(payment_url(order))
    assert again["Location"].startswith("/sandbox/")


def test_a_page_looked_at_while_the_gateway_is_down_says_so(browser, placed_order, settings):
    browser.post(payment_url(placed_order))
    settings.PAYMENT_GATEWAY = DEAD

    response = browser.get(in_english(payment_url(placed_order)))

    assert response.status_code == 200
    assert "does not answer" in response.content.decode()


def test_money_that_came_brings_the_order_to_life_before_any_callback(browser, placed_order):
    browser.post(payment_url(placed_order))
    sandbox.pay(session_of(placed_order), "card")

    response = browser.get(f"{payment_url(placed_order)}?back=1", follow=True)

    order = factories.fresh(placed_order)
    assert order.state == Order.State.ACTIVE
    assert response.redirect_chain[-1][0] == order.get_absolute_url()
    assert "toast" in response.content.decode()


def test_a_polling_page_is_sent_to_the_room_once_paid(browser, placed_order):
    order = factories.pay(placed_order)

    response = browser.get(f"{payment_url(order)}?back=1&tries=2", HTTP_HX_REQUEST="true")

    assert response["HX-Redirect"] == order.get_absolute_url()


def test_a_page_without_an_answer_yet_asks_again_for_a_while(browser, placed_order):
    browser.post(payment_url(placed_order))

    waiting = browser.get(f"{payment_url(placed_order)}?back=1").content.decode()
    tired = browser.get(f"{payment_url(placed_order)}?back=1&tries=20").content.decode()

    assert "jalon-poll" in waiting
    assert "tries=1" in waiting
    assert "jalon-poll" not in tired
    assert 'name="method"' in tired


@pytest.mark.parametrize("tries", ["x", "-1", "99999", "²"])
def test_a_tampered_count_is_ignored(browser, placed_order, tries):
    assert browser.get(payment_url(placed_order), {"back": 1, "tries": tries}).status_code == 200


def test_a_declined_payment_may_be_tried_again(browser, placed_order):
    browser.post(payment_url(placed_order))
    sandbox.decline(session_of(placed_order))

    page = browser.get(f"{in_english(payment_url(placed_order))}?back=1").content.decode()

    assert "Nothing was charged" in page
    assert browser.post(payment_url(placed_order))["Location"].startswith("/sandbox/")
    assert factories.fresh(placed_order).state == Order.State.PENDING_PAYMENT


def test_another_method_gets_another_payment_page(browser, placed_order):  # A39
    browser.post(payment_url(placed_order))
    first = session_of(placed_order)

    browser.post(payment_url(placed_order), {"method": "transfer"})

    second = session_of(placed_order)
    assert second.token != first.token
    assert second.method == "transfer"


@pytest.mark.parametrize("method", ["cash", ""])
def test_an_unknown_method_is_refused(browser, placed_order, method):
    response = browser.post(payment_url(placed_order), {"method": method}, follow=True)

    assert response.redirect_chain[-1][0] == payment_url(placed_order)
    assert factories.fresh(placed_order).payment.method == "card"


def test_an_abandoned_payment_can_be_taken_up_again(browser, placed_order):
    browser.post(payment_url(placed_order))

    page = browser.get(payment_url(placed_order)).content.decode()

    assert 'name="method"' in page
    assert "120\u00a0€" in page


def test_transfer_instructions_are_there_to_copy(browser, placed_order):  # A39, B47
    browser.post(payment_url(placed_order), {"method": "transfer"})
    session = sandbox.choose_transfer(session_of(placed_order))

    page = browser.get(f"{payment_url(placed_order)}?back=1").content.decode()

    order = factories.fresh(placed_order)
    assert f'data-value="{session.iban}"' in page
    assert order.reference in page
    assert 'data-value="120.00"' in page
    assert order.payment_due_at == order.placed_at + order.timer("transfer_payment")


def test_what_is_missing_of_a_transfer_is_what_is_asked_for(browser, placed_order):
    browser.post(payment_url(placed_order), {"method": "transfer"})
    session = sandbox.receive_transfer(sandbox.choose_transfer(session_of(placed_order)), 100_00)

    page = browser.get(f"{payment_url(placed_order)}?back=1").content.decode()

    assert session.received_cents == 100_00
    assert 'data-value="20.00"' in page


def test_an_expected_transfer_cannot_change_method(browser, placed_order):
    browser.post(payment_url(placed_order), {"method": "transfer"})
    sandbox.choose_transfer(session_of(placed_order))
    browser.get(payment_url(placed_order))

    browser.post(payment_url(placed_order), {"method": "card"})

    assert factories.fresh(placed_order).payment.state == Payment.State.AWAITING_TRANSFER


def test_a_paid_order_has_nothing_left_to_pay(browser, active_order):
    read = browser.get(payment_url(active_order))
    posted = browser.post(payment_url(active_order), {"method": "card"})

    assert read["Location"] == posted["Location"] == active_order.get_absolute_url()


def test_an_order_that_ended_unpaid_leads_to_its_room(browser, placed_order, buyer):
    actions.cancel_before_start(placed_order, actor=buyer)

    assert browser.get(payment_url(placed_order))["Location"] == placed_order.get_absolute_url()
    assert browser.post(payment_url(placed_order))["Location"] == placed_order.get_absolute_url()


def test_only_the_buyer_pays(client_of, placed_order, expert, stranger, staff):
    for someone in (expert, stranger, staff):
        assert client_of(someone).get(payment_url(placed_order)).status_code == 404
        assert client_of(someone).post(payment_url(placed_order)).status_code == 404


def test_escrow_refuses_a_change_of_method_once_paid(active_order):
    from marketplace.kernel.errors import Refusal

    with pytest.raises(Refusal):
        escrow.change_method(active_order.payment, "transfer")
