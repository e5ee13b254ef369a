"""Money on its way: payments, what is held, what is earned, what goes back, and the ledger under it all."""

from payments.models.bank import BankLine, BankStatement, SepaBatch
from payments.models.books import BooksReport
from payments.models.calls import GatewayCall, GatewayCustomer
from payments.models.chargebacks import Chargeback
from payments.models.escrow import Earning, EscrowHold, Refund
from payments.models.inbox import InboundEvent
from payments.models.invoices import Invoice, InvoicePaper, InvoiceSeries
from payments.models.ledger import LedgerAccount, LedgerBalance, LedgerPosting, LedgerTransaction
from payments.models.payment import Discrepancy, Payment
from payments.models.payouts import PayeeAccount, PayoutPreference, Withdrawal
from payments.models.reporting import BooksExport, DailyFigures, InvoiceDispatch, Statement, TaxDetails

__all__ = [
    "BankLine",
    "BankStatement",
    "BooksExport",
    "BooksReport",
    "Chargeback",
    "DailyFigures",
    "Discrepancy",
    "Earning",
    "EscrowHold",
    "GatewayCall",
    "GatewayCustomer",
    "InboundEvent",
    "Invoice",
    "InvoiceDispatch",
    "InvoicePaper",
    "InvoiceSeries",
    "LedgerAccount",
    "LedgerBalance",
    "LedgerPosting",
    "LedgerTransaction",
    "PayeeAccount",
    "Payment",
    "PayoutPreference",
    "Refund",
    "SepaBatch",
    "Statement",
    "TaxDetails",
    "Withdrawal",
]
