"""A passkey from its first day to the sign-in it opens, with a virtual key in the browser."""

from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PASSWORD


def test_a_passkey_signs_its_owner_in_without_a_password(visit, buyer):
    page = visit()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(reverse("account_login"))
    page.get_by_label("Adresse e-mail").fill(buyer.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)

    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Nom de la clé").fill("Mon ordinateur")
    page.get_by_label("Se connecter avec cette clé seule, sans mot de passe").check()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.get_by_text("Mon ordinateur")).to_be_visible()

    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(reverse("account_settings"))
    expect(page.get_by_role("main").get_by_text(buyer.email)).to_be_visible()
