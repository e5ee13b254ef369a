"""An expert's year: month by month, and what they must do with it. Amounts are cents."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import ExpertProfile, LegalEntity, LegalForm, User
from accounts.queries import entity_on
from payments.models import Invoice
from payments.reporting import accounts, periods
from payments.reporting.accounts import Account


@dataclass(frozen=True)
class Figures:
    """``gross - commission + given == net``, refunds taken off."""

    sales: int = 0
    gross_cents: int = 0
    commission_ht_cents: int = 0
    commission_vat_cents: int = 0
    net_cents: int = 0
    withdrawn_cents: int = 0

    @property
    def commission_cents(self) -> int:
        return self.commission_ht_cents + self.commission_vat_cents

    @property
    def given_cents(self) -> int:
        """What we gave of our own."""
        return self.net_cents - (self.gross_cents - self.commission_cents)


@dataclass(frozen=True)
class Summary:
    """The whole year, and each month by its name."""

    whole: Figures
    months: list[tuple[str, Figures]]
    invoiced_vat_cents: int


def summary_of(account: Account) -> Summary:
    """Add up an account of a year."""
    by_month: dict[int, list[accounts.Entry]] = {number: [] for number in range(1, 13)}
    for entry in account.entries:
        by_month[timezone.localtime(entry.at).month].append(entry)
    year = account.period.first.year
    names = {number: date_format(date(year, number, 1), "F") for number in by_month}
    return Summary(
        whole=_figures(account.entries),
        months=[(names[number], _figures(entries)) for number, entries in by_month.items()],
        invoiced_vat_cents=invoiced_vat(account.expert, account.period),
    )


def _figures(entries: list[accounts.Entry]) -> Figures:
    earned = [entry for entry in entries if entry.kind not in accounts.WITHDRAWN]
    return Figures(
        sales=sum(entry.kind in accounts.SOLD for entry in entries),
        gross_cents=sum(entry.gross_cents for entry in earned),
        commission_ht_cents=sum(entry.commission_ht_cents for entry in earned),
        commission_vat_cents=sum(entry.commission_vat_cents for entry in earned),
        net_cents=sum(entry.amount_cents for entry in earned),
        withdrawn_cents=-sum(entry.amount_cents for entry in entries if entry.kind in accounts.WITHDRAWN),
    )


def invoiced_vat(expert: User, period: periods.Period) -> int:
    """The VAT of the invoices issued in an expert's name, that of credit notes taken off."""
    issued = Invoice.objects.filter(
        seller_user=expert, issued_on__gte=period.first, issued_on__lte=period.last
    )
    found = issued.aggregate(
        asked=Sum("vat_cents", filter=~Q(kind__in=Invoice.CREDITS)),
        given_back=Sum("vat_cents", filter=Q(kind__in=Invoice.CREDITS)),
    )
    return (found["asked"] or 0) - (found["given_back"] or 0)


def duties(expert: User, regime: str) -> list[str]:
    """What an expert must declare, by who they are in law (CGI art. 92, 102 ter and 242 bis)."""
    entity = entity_on(expert, timezone.now())
    form = entity.form if entity else LegalForm.NONE
    if form in LegalEntity.COMPANIES:
        said = _(
            "Enter these amounts in the accounts of your company: the gross as turnover, the commission as a cost."
        )
    elif form == LegalForm.PORTAGE:
        said = _(
            "Your umbrella company declares these amounts and pays you a salary: keep this summary for it."
        )
    elif form == LegalForm.MICRO:
        said = _(
            "Declare the gross, before our commission, as professional income (BNC, micro): the allowance stands for your costs."
        )
    else:
        said = _(
            "Declare these amounts as professional income (BNC): the gross as receipts, the commission as a cost."
        )
    lines = [said]
    if regime == ExpertProfile.VatRegime.FRANCHISE:
        lines.append(
            _(
                "You are exempt from VAT (franchise): no VAT is to be declared on these sales while you stay below the thresholds."
            )
        )
    else:
        lines.append(
            _("Declare the VAT of your sales; that on our commission can be deducted with our invoices.")
        )
    lines.append(
        _(
            "You alone are responsible for what you declare, and we check nothing of it. More: impots.gouv.fr and urssaf.fr. The figures for the tax office are sent by us each January (Directive 2021/514, “DAC7”)."
        )
    )
    return lines
