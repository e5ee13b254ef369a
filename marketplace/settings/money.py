"""Payments: the provider, transfers of our own, and what is declared to the State."""

import os

from marketplace.settings.environment import SITE_NAME, flag

PAYMENT_GATEWAY = os.environ.get("PAYMENT_GATEWAY", "")
"""Dotted path of the gateway class. Production refuses the sandbox (see `payments.checks`)."""
PAYMENT_WEBHOOK_SECRET = os.environ.get("PAYMENT_WEBHOOK_SECRET", "")
STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "")
"""A restricted key (`rk_…`) is enough."""
STRIPE_API_BASE = os.environ.get("STRIPE_API_BASE", "")
"""Another address than Stripe's own, for a contract server. Empty in production."""
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")
STRIPE_CONNECT_WEBHOOK_SECRET = os.environ.get("STRIPE_CONNECT_WEBHOOK_SECRET", "")
STRIPE_ACCOUNTS_WEBHOOK_SECRET = os.environ.get("STRIPE_ACCOUNTS_WEBHOOK_SECRET", "")
STRIPE_PAYPAL = flag("STRIPE_PAYPAL")
"""PayPal inside Stripe needs Stripe's approval for marketplaces first."""
STRIPE_TRANSFER_COUNTRY = os.environ.get("STRIPE_TRANSFER_COUNTRY", "FR")
PAYPAL_WITHDRAWALS = flag("PAYPAL_WITHDRAWALS")
"""Experts may choose to be paid on PayPal; our team sends or approves each one. Ask a lawyer first."""
PAYPAL_CLIENT_ID = os.environ.get("PAYPAL_CLIENT_ID", "")
PAYPAL_CLIENT_SECRET = os.environ.get("PAYPAL_CLIENT_SECRET", "")
"""With both, PayPal Payouts carries out what our team approves. Without, our team carries it out by hand."""
PAYPAL_API_BASE = os.environ.get("PAYPAL_API_BASE", "") or "https://api-m.paypal.com"
"""PayPal's address; its trial address is `https://api-m.sandbox.paypal.com`."""
OWN_FUNDS = flag("OWN_FUNDS")
"""The operator's own licence lets it hold the money of others on its own bank account. Off: only the provider holds it."""
WITHDRAWAL_RAIL = os.environ.get("WITHDRAWAL_RAIL", "provider")
"""`provider`, or with OWN_FUNDS `sepa`: files of SEPA transfers for the operator's bank."""
OPERATOR_IBAN = os.environ.get("OPERATOR_IBAN", "").replace(" ", "")
"""With OWN_FUNDS: the account that buyers' transfers go to, and that SEPA files debit."""
OPERATOR_BIC = os.environ.get("OPERATOR_BIC", "")
OPERATOR_NAME = os.environ.get("OPERATOR_NAME", SITE_NAME)
PAYMENT_OBSERVER = "missions.payment_observer.MissionPaymentObserver"

FISCAL_YEAR_ENDS_IN = int(os.environ.get("FISCAL_YEAR_ENDS_IN", "12"))
"""The month in which our accounting year closes."""
FEC_ACCOUNTS: dict[str, tuple[str, str]] = {}
"""Where our chart of accounts differs from the proposed one (`payments.reporting.fec`): the beginning of a ledger
account's code, and its number and name in our books: ``{"revenue:commission": ("706100", "Commissions")}``."""
DAC7_TEST = flag("DAC7_TEST")
"""The declaration of sellers says that it is a test (OECD10 to 13): for the trial platform of the tax office."""
DAC7_WITHHOLDS = flag("DAC7_WITHHOLDS")
"""Withdrawals wait for experts who were asked twice, over 60 days, for the details that the declaration needs."""
EINVOICING_PLATFORM = os.environ.get("EINVOICING_PLATFORM", "")
"""Dotted path of the class that takes invoices to an approved platform, `payments.reporting.einvoicing.ExportFolder`
for a folder that its own tool empties. Empty: nothing leaves."""
EINVOICING_FROM = os.environ.get("EINVOICING_FROM", "2026-09-01")
"""Invoices issued before this day stay here."""

PROVIDER_PAGES = (
    ["https://checkout.stripe.com", "https://connect.stripe.com"]
    if PAYMENT_GATEWAY.startswith("payments.stripe.")
    else []
)
"""Where our own forms may lead: browsers follow a redirect after a form only to these."""
