"""What buyers declared when ordering, and who withdrew from the contract."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.staff import ReadOnly, cents, link, moment, words
from orders.models import BuyerDeclaration
from orders.staff_lists import UntilArchive


@admin.register(BuyerDeclaration)
class BuyerDeclarationAdmin(UntilArchive, ReadOnly, admin.ModelAdmin):
    """What buyers declared when ordering, word for word, and who withdrew from the contract within fourteen days."""

    list_display = (
        link("order", _("order"), text="reference", sort="order__pk"),
        link("order.buyer", _("buyer")),
        words("get_buyer_as_display", _("orders as"), sort="buyer_as"),
        words("at_once", _("asks that work begin at once")),
        moment("order.withdraw_until", _("may withdraw until")),
        moment("withdrawn_at", _("withdrawn on")),
    )
    list_filter = ("buyer_as", "at_once", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("order", "order__buyer")
    search_fields = ("order__title", "order__buyer__email", "digest")
    ordering = ("-made_at", "-pk")
    date_hierarchy = "made_at"
    show_full_result_count = False
    fields = readonly_fields = (
        *list_display,
        words("waives", _("knows that full performance ends the right")),
        words("wording", _("wording")),
        words("version", _("version of the wording")),
        words("digest", _("digest")),
        moment("made_at", _("declared on")),
        words("statement", _("words of the withdrawal")),
        cents("refund_cents", _("refunded")),
        cents("kept_cents", _("due for the part done")),
    )
