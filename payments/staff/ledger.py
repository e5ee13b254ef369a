"""The ledger, to browse: an account, its postings, the movement of each, what it is about, and what the provider calls it."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import ChoicesFieldListFilter
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.staff import EMPTY, ReadOnlyRows, cents, link, moment, row_link, titled, words
from payments.models import (
    Chargeback,
    Earning,
    GatewayCall,
    LedgerAccount,
    LedgerPosting,
    LedgerTransaction,
    Payment,
    Refund,
    Withdrawal,
)
from payments.queries import experts_in_debt
from payments.staff.base import MoneyAdmin

SUBJECTS: dict[str, Any] = {
    "payment": Payment,
    "withdrawal": Withdrawal,
    "earning": Earning,
    "refund": Refund,
    "dispute": Chargeback,
}
"""What a movement may be about, by the beginning of its ``subject``."""
KIND = gettext_lazy("kind")


def subject_link(subject: str) -> SafeString | str:
    """The way to the row a movement is about; no query."""
    kind, _colon, key = subject.partition(":")
    if kind not in SUBJECTS or not key.isdigit():
        return subject or EMPTY
    model = SUBJECTS[kind]._meta
    url = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[key])
    return format_html('<a href="{}">{} {}</a>', url, model.verbose_name, key)


def postings_link(text: Any, **query: Any) -> SafeString:
    """The way to a list of postings."""
    url = reverse("admin:payments_ledgerposting_changelist")
    return format_html('<a href="{}?{}">{}</a>', url, urlencode(query), text)


def order_of(payment: Payment) -> Any:
    """The order or mission a payment belongs to, whichever app keeps it; ``None`` when there is none."""
    for path in (("order",), ("extra", "order"), ("instalment", "mission")):
        row: Any = payment
        try:
            for name in path:
                row = getattr(row, name)
        except (AttributeError, ObjectDoesNotExist):
            continue
        return row
    return None


def about(term: str) -> list[str]:
    """The subjects that a reference of an order or of a withdrawal stands for."""
    term = term.strip()
    if found := re.fullmatch(r"V-0*(\d{1,18})", term, re.IGNORECASE):
        return [f"withdrawal:{found[1]}"]
    payments = list(Payment.objects.filter(reference__iexact=term).values_list("pk", flat=True))
    earnings = Earning.objects.filter(hold__payment__in=payments).values_list("pk", flat=True)
    return [f"payment:{pk}" for pk in payments] + [f"earning:{pk}" for pk in earnings]


class DebtFilter(admin.SimpleListFilter):
    """What experts owe us, which their next earnings pay first."""

    title = gettext_lazy("debts")
    parameter_name = "debt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("owed", _("Experts who owe us"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=experts_in_debt().values("pk")) if self.value() else queryset


@admin.register(LedgerAccount)
class LedgerAccountAdmin(MoneyAdmin):
    """The places where money can be, and how much is there."""

    list_display = (
        words("code", gettext_lazy("code")),
        words("get_kind_display", KIND, sort="kind"),
        words("pcg_code", gettext_lazy("French chart of accounts")),
        cents("balance_now", gettext_lazy("balance"), sort="balance_now"),
        "postings",
    )
    list_filter = (("kind", titled(ChoicesFieldListFilter, KIND)), DebtFilter, "pcg_code")
    search_fields = ("code",)
    search_help_text = gettext_lazy("The beginning or a part of a code, as expert:12 or escrow:payment:7")
    ordering = ("code",)
    fields = (
        words("code", gettext_lazy("code")),
        words("get_kind_display", KIND),
        words("get_normal_side_display", gettext_lazy("normal side")),
        words("pcg_code", gettext_lazy("French chart of accounts")),
        cents("balance_now", gettext_lazy("balance")),
        "owner",
        "postings",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerAccount]:
        """Every account with what it holds on its normal side: running balances are read, the others summed."""
        every: QuerySet[LedgerAccount] = super().get_queryset(request)
        sums = (
            LedgerPosting.objects.filter(account=OuterRef("pk"))
            .order_by()
            .values("account")
            .annotate(total=Sum("amount_cents"))
            .values("total")
        )
        return every.annotate(
            posted=Case(When(may_overdraw=True, then=Subquery(sums))),
            balance_now=Case(
                When(may_overdraw=False, then=F("balance__balance_cents")),
                When(normal_side=LedgerAccount.Side.DEBIT, then=F("posted")),
                default=F("posted") * -1,
            ),
        )

    @admin.display(description=gettext_lazy("postings"))
    def postings(self, account: LedgerAccount) -> SafeString:
        return postings_link(_("Its postings"), account__id__exact=account.pk)

    @admin.display(description=gettext_lazy("belongs to"))
    def owner(self, account: LedgerAccount) -> SafeString | str:
        kind, _colon, rest = account.code.partition(":")
        key = re.search(r"\d+", rest)
        if key is None:
            return _("The platform")
        if kind in ("escrow", "refund"):
            return subject_link(f"payment:{key[0]}")
        if kind == "dispute":
            return subject_link(f"dispute:{key[0]}")
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:accounts_user_change", args=[key[0]]), _("Its expert")
        )


@admin.register(LedgerPosting)
class LedgerPostingAdmin(MoneyAdmin):
    """Every line of every movement, the latest first: by day, by account, by order."""

    list_display = (
        moment("transaction.occurred_at", gettext_lazy("happened on"), sort="transaction__occurred_at"),
        link("account", gettext_lazy("account"), sort="account__code"),
        link("transaction", gettext_lazy("movement"), sort=""),
        words("transaction.get_kind_display", KIND, sort="transaction__kind"),
        "about",
        cents("debit_cents", gettext_lazy("debit"), sort=""),
        cents("credit_cents", gettext_lazy("credit"), sort=""),
    )
    list_filter = (("transaction__kind", titled(ChoicesFieldListFilter, KIND)),)
    list_select_related = ("transaction", "account")
    search_fields = ("=account__code", "=transaction__subject", "=transaction__idempotency_key")
    search_help_text = gettext_lazy(
        "An order (J-24817), a withdrawal (V-000012), an account (expert:12:payable) or a subject (payment:7)"
    )
    date_hierarchy = "transaction__occurred_at"
    ordering = ("-pk",)
    fields = (
        moment("transaction.occurred_at", gettext_lazy("happened on")),
        link("account", gettext_lazy("account")),
        link("transaction", gettext_lazy("movement")),
        "about",
        cents("debit_cents", gettext_lazy("debit")),
        cents("credit_cents", gettext_lazy("credit")),
    )

    @admin.display(description=gettext_lazy("about"))
    def about(self, posting: LedgerPosting) -> SafeString | str:
        return subject_link(posting.transaction.subject)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        subjects = about(search_term) if search_term else []
        if subjects:
            return queryset.filter(transaction__subject__in=subjects), False
        return super().get_search_results(request, queryset, search_term)


class PostingRows(ReadOnlyRows):
    model = LedgerPosting
    fields = readonly_fields = (
        link("account", gettext_lazy("account")),
        cents("debit_cents", gettext_lazy("debit"), sort=""),
        cents("credit_cents", gettext_lazy("credit"), sort=""),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerPosting]:
        found: QuerySet[LedgerPosting] = super().get_queryset(request)
        return found.select_related("account").order_by("-amount_cents", "pk")


@admin.register(LedgerTransaction)
class LedgerTransactionAdmin(MoneyAdmin):
    """Every movement of money: its postings, what it is about, and what the provider calls it."""

    list_display = (
        words("idempotency_key", gettext_lazy("key")),
        words("get_kind_display", KIND, sort="kind"),
        "about",
        moment("occurred_at", gettext_lazy("happened on")),
        moment("recorded_at", gettext_lazy("recorded on")),
    )
    list_filter = (("kind", titled(ChoicesFieldListFilter, KIND)),)
    search_fields = ("idempotency_key", "=subject")
    search_help_text = gettext_lazy("An order (J-24817), a withdrawal (V-000012), a key or a subject")
    date_hierarchy = "occurred_at"
    ordering = ("-pk",)
    inlines = (PostingRows,)
    fields = (
        words("idempotency_key", gettext_lazy("key")),
        words("get_kind_display", KIND),
        "about",
        "order",
        "provider",
        moment("occurred_at", gettext_lazy("happened on")),
        moment("recorded_at", gettext_lazy("recorded on")),
        link("reverses", gettext_lazy("corrects")),
    )

    @admin.display(description=gettext_lazy("about"))
    def about(self, movement: LedgerTransaction) -> SafeString | str:
        return subject_link(movement.subject)

    @admin.display(description=gettext_lazy("order"))
    def order(self, movement: LedgerTransaction) -> SafeString | str:
        row = self._row(movement)
        payment: Any = row
        if not isinstance(row, Payment):
            hold = getattr(row, "hold", None)
            payment = hold.payment if hold is not None else getattr(row, "payment", None)
        found = order_of(payment) if payment is not None else None
        return row_link(found) if found is not None else EMPTY

    @admin.display(description=gettext_lazy("at the provider"))
    def provider(self, movement: LedgerTransaction) -> SafeString | str:
        """The identifiers that came with it, and the calls that were made for what it is about."""
        lines: list[tuple[Any, Any]] = [
            (name, value) for name, value in sorted(movement.source.items()) if value
        ]
        row = self._row(movement)
        gateway_id: Any = getattr(row, "gateway_id", None)
        if gateway_id:
            lines.append((row._meta.verbose_name, gateway_id))
        calls = GatewayCall.objects.filter(subject=movement.subject).exclude(subject="").order_by("pk")[:20]
        lines += [(call.get_kind_display(), row_link(call, call.object_id or call.key)) for call in calls]
        if not lines:
            return EMPTY
        return format_html_join("", "<div>{}: {}</div>", dict.fromkeys(lines))

    def _row(self, movement: LedgerTransaction) -> Any:
        kind, _colon, key = movement.subject.partition(":")
        if kind not in SUBJECTS or not key.isdigit():
            return None
        return SUBJECTS[kind].objects.filter(pk=int(key)).first()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        subjects = about(search_term) if search_term else []
        if subjects:
            return queryset.filter(subject__in=subjects), False
        return super().get_search_results(request, queryset, search_term)


def payment_postings(payment: Payment) -> SafeString:
    """The way from a payment to its postings."""
    return postings_link(_("Its postings"), q=f"payment:{payment.pk}")
