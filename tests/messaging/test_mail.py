"""A mail is a row first: sent once, and again by the sweep when a worker died on it."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from marketplace.kernel import clock
from messaging import mail, tasks
from messaging.models import Mail

pytestmark = pytest.mark.django_db


class DyingBackend(EmailBackend):
    """The worker is killed while it talks to the mail server: nothing after this line runs."""

    def send_messages(self, messages):
        raise SystemExit("killed")


class DeafBackend(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no answer")


@pytest.fixture(autouse=True)
def _delivered_in_memory(settings):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def owe(key="k", **more) -> Mail:
    return mail.owe(key=key, recipient="a@exemple.test", subject="Un mot", text="Bonjour", **more)


def test_a_mail_asked_for_twice_is_written_and_sent_once():
    first, second = owe(), owe()

    assert first == second
    assert mail.send(first.pk)
    assert not mail.send(first.pk)
    assert tasks.sweep_mail() == 0
    assert len(outbox.outbox) == 1


def test_a_worker_killed_between_the_row_and_the_sending_is_made_good_once(settings):
    owed = owe()
    settings.MAIL_DELIVERY_BACKEND = "tests.messaging.test_mail.DyingBackend"
    with pytest.raises(SystemExit):
        mail.send(owed.pk)
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        assert tasks.sweep_mail() == 0, "another worker may still hold it"
    with time_machine.travel(clock.now() + mail.CLAIM_LASTS + timedelta(minutes=1), tick=False):
        assert tasks.sweep_mail() == 1
        assert tasks.sweep_mail() == 0

    assert len(outbox.outbox) == 1
    assert outbox.outbox[0].extra_headers["Message-ID"].startswith(f"<{owed.pk}."), (
        "the same however often tried"
    )


def test_a_worker_killed_before_it_took_the_mail_is_made_good_too():
    owe()

    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        assert tasks.sweep_mail() == 1
    assert len(outbox.outbox) == 1


def test_a_mail_server_that_does_not_answer_is_tried_again_and_given_up(settings):
    owed = owe()
    settings.MAIL_DELIVERY_BACKEND = "tests.messaging.test_mail.DeafBackend"
    moment = clock.now()
    for _attempt in range(mail.MAX_ATTEMPTS + 3):
        moment += mail.CLAIM_LASTS + timedelta(minutes=1)
        with time_machine.travel(moment, tick=False):
            tasks.sweep_mail()

    owed.refresh_from_db()
    assert owed.attempts == mail.MAX_ATTEMPTS
    assert owed.error == "no answer"
    assert owed.sent_at is None


def test_one_click_headers_stand_only_on_mails_one_may_stop():
    """RFC 8058: both headers, an https address, and nothing on what must always leave."""
    stoppable, essential = owe(unsubscribe_url="https://jalon.test/unsubscribe/x/"), owe("other")
    mail.send(stoppable.pk)
    mail.send(essential.pk)

    one, two = outbox.outbox
    assert one.extra_headers["List-Unsubscribe"] == "<https://jalon.test/unsubscribe/x/>"
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in two.extra_headers
