"""Quotes and missions for our team: read, and decided on where the two parties do not agree."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.kernel.money import format_money
from marketplace.kernel.staff import Queue, ReadOnly, ReadOnlyRows, StaffAct, StaffActs, waits_for_staff
from messaging.models import Contact
from missions import actions, leaving
from missions.forms import RulingForm, verdict_of
from missions.models import (
    Amendment,
    Ending,
    Instalment,
    Mission,
    MissionEvent,
    MissionRuling,
    Nda,
    Quote,
    QuoteLine,
    Report,
)
from missions.queries import ending_of


class QuoteLines(ReadOnlyRows):
    model = QuoteLine


@admin.register(Quote)
class QuoteAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["__str__", "expert", "client", "state", "expires_at"]
    list_filter = ["state"]
    search_fields = ["title", "number", "expert__email", "client__email"]
    inlines = [QuoteLines]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quote]:
        return super().get_queryset(request).filter(pk__in=Quote.objects.for_staff(request.user))


class Instalments(ReadOnlyRows):
    model = Instalment


class Amendments(ReadOnlyRows):
    model = Amendment
    fields = readonly_fields = (
        "number",
        "version",
        "state",
        "total_ht_cents",
        "ends_on",
        "proposed_at",
        "signed_at",
    )


class Reports(ReadOnlyRows):
    model = Report
    fields = readonly_fields = ("month", "version", "state", "half_days", "sent_at", "by_silence")


class Rulings(ReadOnlyRows):
    model = MissionRuling
    fields = readonly_fields = (
        "outcome",
        "percent_done",
        "reason",
        "written_by",
        "written_at",
        "confirmed_by",
        "carried_out_at",
        "dropped_at",
    )


class Events(ReadOnlyRows):
    model = MissionEvent


class Endings(ReadOnlyRows):
    model = Ending


def ruling_preview(mission: Mission, answers: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What a decision would do, to the cent, before anyone confirms."""
    verdict = verdict_of(answers)
    outcome = MissionRuling.Outcome(verdict.outcome)
    lines: list[tuple[Any, Any]] = [(_("Mission"), str(mission)), (_("Decision"), outcome.label)]
    if outcome == MissionRuling.Outcome.STOP and verdict.percent_done is not None:
        sums = ending_of(mission, verdict.percent_done)
        paid = [row for row in mission.instalments.all() if row.state in Instalment.PAID]
        taken = sum(row.commission_ht_cents for row in paid)
        lines += [
            (_("Paid by the client, VAT included"), _money(sum(row.ttc_cents for row in paid))),
            (_("Work done, before VAT"), _money(sums.due_ht)),
            (_("Refund to the client"), _money(sums.refund_cents)),
            (_("Still to be paid, before VAT"), _money(sums.balance_ht)),
            (_("Commission on what was paid, before VAT"), _money(taken)),
            (_("Commission that stays, before VAT"), _money(sums.commission_ht)),
            (
                _("Commission given back to the expert, before VAT"),
                _money(max(0, taken - sums.commission_ht)),
            ),
        ]
    lines.append((_("Reason, read by both parties"), verdict.reason))
    if actions.needs_second(mission):
        lines.append((_("Then"), _("Another member of the team confirms it; only then does anything move.")))
    return lines


def _money(cents: int) -> str:
    return format_money(cents, full=True)


class Watched(admin.SimpleListFilter):
    """What our team keeps an eye on."""

    title = gettext_lazy("to look at")
    parameter_name = "watched"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("silent", _("Silent missions")), ("left", _("Left by experts who leave often"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mission]) -> QuerySet[Mission]:
        match self.value():
            case "silent":
                return queryset.filter(pk__in=silent().values("pk"))
            case "left":
                return queryset.filter(pk__in=leaving.left_by_habit().values("pk"))
        return queryset


def silent() -> QuerySet[Mission]:
    """Missions where nobody has done anything for long, as both parties were told."""
    return Mission.objects.filter(dormancy_raised_at__isnull=False, state__in=Mission.MAY_SLEEP)


def _waits(mission: Mission) -> bool:
    return (
        actions.is_ruled_on(mission) and mission.rulings.filter(carried_out_at=None, dropped_at=None).exists()
    )


@admin.register(Mission)
class MissionAdmin(StaffActs, ReadOnly, admin.ModelAdmin):
    """What was agreed and done, and the decision where the two do not agree."""

    list_display = ["__str__", "expert", "client", "state", "contested_at", "ends_on"]
    list_filter = ["state", Watched]
    list_select_related = ["quote", "expert", "client"]
    search_fields = ["quote__title", "quote__number", "expert__email", "client__email"]
    inlines = [Instalments, Amendments, Reports, Endings, Rulings, Events]
    acts = (
        StaffAct(
            name="rule",
            moves_money=True,
            label=gettext_lazy("Decide"),
            consequence=gettext_lazy(
                "Below the threshold it is carried out at once; both parties read your reason."
            ),
            done=gettext_lazy("The decision is written. Below the threshold it is carried out already."),
            perform=lambda mission, actor, answers: actions.rule(
                mission, actor=actor, verdict=verdict_of(answers)
            ),
            applies=lambda mission: actions.is_ruled_on(mission) and not _waits(mission),
            form=RulingForm,
            preview=ruling_preview,
            dangerous=True,
        ),
        StaffAct(
            name="confirm",
            moves_money=True,
            label=gettext_lazy("Confirm the decision"),
            consequence=gettext_lazy("You are the second pair of eyes: the decision is carried out at once."),
            done=gettext_lazy("The decision is confirmed and carried out."),
            perform=lambda mission, actor, answers: actions.confirm_ruling(mission, actor=actor),
            applies=_waits,
            dangerous=True,
        ),
        StaffAct(
            name="drop_balance",
            moves_money=True,
            label=gettext_lazy("Give up the closing balance"),
            consequence=gettext_lazy(
                "The balance that nobody pays is asked no more, and the mission ends; both parties read your reason."
            ),
            done=gettext_lazy("The mission is over without its closing balance."),
            perform=lambda mission, actor, answers: actions.drop_balance(
                mission, actor=actor, reason=answers["reason"]
            ),
            applies=lambda mission: mission.state == Mission.State.SETTLING,
            dangerous=True,
        ),
        StaffAct(
            name="give_up",
            label=gettext_lazy("Give the decision up"),
            consequence=gettext_lazy("The decision that waits is dropped, so that another can be written."),
            done=gettext_lazy("The decision is dropped."),
            perform=lambda mission, actor, answers: actions.give_up_ruling(mission, actor=actor),
            applies=_waits,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mission]:
        return super().get_queryset(request).filter(pk__in=Mission.objects.for_staff(request.user))


@admin.register(Nda)
class NdaAdmin(ReadOnly, admin.ModelAdmin):
    """Who agreed on which file, and when; the file itself is theirs alone."""

    list_display = ["reference", "contact", "state", "is_ours", "proposed_at", "accepted_at"]
    list_filter = ["state", "is_ours"]
    list_select_related = ["contact__company", "contact__expert"]
    exclude = ["file"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Nda]:
        user: Any = request.user
        return super().get_queryset(request).filter(contact__in=Contact.objects.visible_to(user))


waits_for_staff(
    Queue(
        gettext_lazy("Missions to decide on"),
        lambda: Mission.objects.filter(state=Mission.State.CONTESTED),
        "contested_at",
        "state__exact=contested",
        "bad",
    )
)
waits_for_staff(
    Queue(
        gettext_lazy("Silent missions"),
        silent,
        "dormancy_raised_at",
        "watched=silent",
    )
)
waits_for_staff(
    Queue(
        gettext_lazy("Missions left by experts who leave often"),
        leaving.left_by_habit,
        "closed_at",
        "watched=left",
    )
)
