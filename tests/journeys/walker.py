"""Someone who walks through the site at a window, in one language.

What they read and press is asked of the catalogues, so that one road is walked in French and in English alike.
Fields are known by their names: whether each has a label is axe's business.
"""

import re
from typing import Any

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from marketplace.kernel.money import format_money
from messaging.models import Mail
from tests import factories

PDF = {"name": "bilan.pdf", "mimeType": "application/pdf", "buffer": factories.PDF}


class Walker:
    """A window, and the language spoken in it."""

    def __init__(self, page: Page, language: str = "fr") -> None:
        self.page = page
        self.language = language

    # Words and addresses

    def say(self, text: str, /, context: str = "", **values: Any) -> str:
        """A sentence of the site in this language."""
        with translation.override(self.language):
            found = translation.pgettext(context, text) if context else translation.gettext(text)
        found = re.sub(r"<[^>]+>", "", found)
        return found % values if values else found

    def money(self, cents: int, *, full: bool = False) -> str:
        return format_money(cents, self.language, full=full)

    def path(self, name: str, *args: Any) -> str:
        """The address of a page in this language."""
        with translation.override(self.language):
            return reverse(name, args=args)

    # Acting

    def open(self, name: str, *args: Any) -> None:
        self.page.goto(self.path(name, *args))

    def follow(self, text: str, /, *, within: str = "main", **values: Any) -> None:
        """Click the one link that says this."""
        self.page.locator(within).get_by_role("link", name=self.say(text, **values), exact=True).click()

    def press(self, text: str, /, *, within: str = "main", context: str = "", **values: Any) -> None:
        """Click the one button that says this."""
        self.button(text, within=within, context=context, **values).click()

    def button(self, text: str, /, *, within: str = "main", context: str = "", **values: Any) -> Locator:
        words = self.say(text, context, **values)
        return self.page.locator(within).get_by_role("button", name=words, exact=True)

    def tap(self, selector: str) -> None:
        """Tick or choose what is drawn as a card or as a star: by its label, as people do."""
        self.page.locator(f'label[for="{self.page.locator(selector).get_attribute("id")}"]').click()

    def fill(self, within: str = "main", **fields: str) -> None:
        """Type into fields, by their names."""
        for name, text in fields.items():
            box = f'{within} :is(input, textarea)[name="{name}"]:not([type="hidden"])'
            self.page.locator(box).fill(text)

    def attach(self, within: str, *files: Any) -> None:
        """Choose files in the only file field of a form."""
        self.page.locator(f'{within} input[type="file"]').set_input_files(list(files))

    # Seeing

    def sees(self, text: str, /, *, within: str = "main", **values: Any) -> None:
        """The page says this, as soon as it is there."""
        expect(self.page.locator(within)).to_contain_text(self.say(text, **values))

    def sees_not(self, text: str, /, *, within: str = "main", **values: Any) -> None:
        expect(self.page.locator(within)).not_to_contain_text(self.say(text, **values))

    def is_at(self, name: str, *args: Any) -> None:
        """The address is that of a page, whatever follows in it."""
        expect(self.page).to_have_url(re.compile(re.escape(self.path(name, *args)) + r"([?#].*)?$"))

    def is_told(self, text: str, /, **values: Any) -> None:
        """A short message passes by."""
        self.sees(text, within=".toasts", **values)

    # What everybody does

    def sign_in(self, email: str, password: str = factories.PASSWORD) -> None:
        """Through the form; where one lands depends on who one is."""
        self.fill(login=email, password=password)
        self.press(
            "Sign in", within=f'main form[action="{self.path("account_login")}"]:has([name="remember"])'
        )

    def choose_terms(self, *, brief: str = "", method: str = "card", vat_number: str = "") -> None:
        """Fill in the checkout: brief, billing, means of payment, terms."""
        self.page.locator('[name="buyer_as"][value="firm"]').check()
        self.fill(
            brief=brief,
            company="Girard & Fils",
            siren="303 265 045",
            address="12 rue des Carmes",
            postal_code="44000",
            city="Nantes",
            vat_number=vat_number,
        )
        self.tap(f'[name="method"][value="{method}"]')
        self.page.locator('[name="terms"]').check()

    def order(self, cents: int) -> None:
        """Leave the checkout for the payment page."""
        self.press("Pay <span data-total>%(amount)s</span>", amount=self.money(cents))

    def pay_by_card(self, cents: int, card: str = "accepted") -> None:
        """On the sandbox's page, which stands for another site."""
        expect(self.page).to_have_url(re.compile("/sandbox/checkout/"))
        self.page.locator(f'[name="card"][value="{card}"]').check()
        self.press("Pay %(amount)s", amount=self.money(cents, full=True))

    def write(self, text: str, *files: Any) -> None:
        """Say something in an order."""
        self.fill("#composer", body=text)
        if files:
            self.attach("#composer", *files)
        self.press("Send", within="#composer")

    def deliver(self, note: str, *files: Any, again: bool = False) -> None:
        """Hand over a version of the work."""
        self.follow("Deliver the new version" if again else "Deliver", within="#act")
        self.attach("#act", *files)
        self.fill("#act", note=note)
        self.press("Deliver to the buyer", within="#act")
        self.sees("Delivered. The buyer has been told.", within="body")

    def accept(self) -> None:
        """Take the work: the question stands in a dialog, or on a page where there is no script."""
        self.follow("Accept the deliverable", within="#act")
        self.press("Accept and pay the expert")

    def review(self, stars: int, comment: str) -> None:
        self.tap(f'#review [name="rating"][value="{stars}"]')
        self.fill("#review", comment=comment)
        self.press("Send the review", within="#review")


def last_mail(email: str) -> Mail:
    """The latest mail owed to an address."""
    return Mail.objects.filter(recipient=email).latest("pk")
