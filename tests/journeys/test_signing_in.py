"""Coming in by the front door: signing up with the code from the mailbox, signing in, a forgotten password."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.factories import PASSWORD
from tests.journeys.walker import Walker, last_mail

ADDRESS = "nadia@example.test"
NEW = "Tout-Neuf-2027"


@pytest.mark.parametrize(
    ("role", "language", "where"), [("buyer", "en", "home"), ("expert", "fr", "dashboard")]
)
def test_an_account_opens_with_the_code_from_the_mailbox(walk, role: str, language: str, where: str) -> None:
    person: Walker = walk(language=language)
    person.open("account_signup")

    person.tap(f'[name="role"][value="{role}"]')
    person.fill(first_name="Nadia", last_name="Belkacem", email=ADDRESS, password1="court")
    person.press("Create my account")
    expect(person.page.locator('[name="password1"]')).to_have_attribute("aria-invalid", "true")
    expect(person.page.locator('[name="first_name"]')).to_have_value("Nadia")

    person.fill(password1=PASSWORD)
    person.press("Create my account")
    person.is_at("account_email_verification_sent")
    person.fill(code="AAAA-AAAA")
    person.press("Confirm my address")
    person.sees("This code is not right. Copy the one from the latest e-mail.")

    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", last_mail(ADDRESS).text)
    assert code, last_mail(ADDRESS).text
    person.fill(code=code[0])
    person.press("Confirm my address")
    expect(person.page).to_have_url(re.compile(re.escape(person.path(where)) + r"$"))
    expect(person.page.locator(".avatar-button")).to_be_visible()
    user = User.objects.get(email=ADDRESS)
    assert (user.language, user.is_expert, user.is_buyer) == (language, role == "expert", role == "buyer")


def test_a_wrong_password_is_told_and_the_right_one_opens(walk, expert: User) -> None:
    person: Walker = walk()
    person.follow("Sign in", within="nav")

    person.sign_in(expert.email, "Pas-Le-Bon-1")
    person.sees("The e-mail address or the password is not right. Check both, or choose a new password.")
    expect(person.page.locator('form:has([name="remember"]) [name="login"]')).to_have_value(expert.email)

    person.sign_in(expert.email)
    person.is_at("dashboard")


def test_a_forgotten_password_is_replaced_by_a_link(walk, buyer: User) -> None:
    person: Walker = walk(path="/account/login/")
    person.follow("Forgotten password?")
    person.fill(email=buyer.email)
    person.press("Send me the link")
    person.is_at("account_reset_password_done")

    link = re.search(r"https?://\S*/password/reset/key/\S+/", last_mail(buyer.email).text)
    assert link, last_mail(buyer.email).text
    person.page.goto(link[0])
    person.fill(password1=NEW)
    person.press("Save the new password")
    person.is_at("account_reset_password_from_key_done")

    person.open("account_login")
    person.sign_in(buyer.email, NEW)
    expect(person.page.locator(".avatar-button")).to_be_visible()
    person.page.goto(link[0])
    person.sees("This link no longer works")
