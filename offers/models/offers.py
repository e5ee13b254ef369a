"""An offer of a fixed scope and price, with its add-ons and pictures."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import ExpertProfile, TimeOff, User
from marketplace.kernel import clock, rules
from marketplace.kernel.audit import audited
from marketplace.kernel.compiled import DAY, STAND_IN, Compiled
from marketplace.kernel.models import Lockable, PublicId
from offers.models.calendars import CallCalendar
from offers.models.categories import Category

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from offers.models.pictures import OfferFilm, OfferImage

SEARCH_CONFIG = "french_unaccent"
_NOT_SHOWN = (
    *("password", "last_login", "email", "language", "is_superuser", "is_staff", "is_buyer", "is_expert"),
    *("company", "company_role", "company_since"),
    *(
        "expert_profile__search",
        "expert_profile__skills",
        "expert_profile__strengths",
        "expert_profile__standing",
    ),
    *(
        "expert_profile__approved_at",
        "expert_profile__years_of_experience",
        "expert_profile__daily_rate_cents",
        "expert_profile__recommendation_count",
        "expert_profile__waived_until",
    ),
)
"""What an expert has that no page of an offer says."""


class OfferQuerySet(models.QuerySet["Offer"]):
    def published(self) -> "OfferQuerySet":
        """Those on sale: published, by an expert who is admitted and whose documents are in order."""
        return self.filter(
            status=Offer.Status.PUBLISHED,
            expert__is_active=True,
            expert__expert_profile__status=ExpertProfile.Status.APPROVED,
            expert__expert_profile__barred_since=None,
        )

    def kept(self) -> "OfferQuerySet":
        """Those that were not deleted."""
        return self.exclude(status=Offer.Status.DELETED)

    def of(self, expert: User) -> "OfferQuerySet":
        return self.filter(expert=expert)

    def shown(self) -> "OfferQuerySet":
        """Those whose page the public may open: the published ones, and the paused ones, which say so."""
        return self.filter(
            status__in=[Offer.Status.PUBLISHED, Offer.Status.PAUSED],
            expert__is_active=True,
            expert__expert_profile__status=ExpertProfile.Status.APPROVED,
        )

    def visible_to(self, user: Any) -> "OfferQuerySet":
        """Those whose page a person may open: the public's; an expert also sees their own; staff see all."""
        if user.is_authenticated and user.is_staff:
            return self.kept()
        return self.shown() | self.kept().filter(expert=user) if user.is_authenticated else self.shown()

    def containing(self, text: str) -> "OfferQuerySet":
        """Those that a search finds, in title, keywords or description; accents and endings do not count."""
        return self.filter(search=_search_query(text))

    def matching(self, text: str) -> "OfferQuerySet":
        """Those that a search finds, best first."""
        return (
            self.containing(text)
            .annotate(relevance=SearchRank(models.F("search"), _search_query(text)))
            .order_by("-relevance", "-completed_count", "-pk")
        )

    def waiting(self) -> "OfferQuerySet":
        """Those our team must read before they go on sale."""
        return self.filter(status=Offer.Status.IN_REVIEW)

    def changed_since_read(self) -> "OfferQuerySet":
        """Those on sale in a version our team has not read."""
        return self.filter(status=Offer.Status.PUBLISHED).exclude(reviewed_version=models.F("version"))

    def for_page(self, today: date) -> "OfferQuerySet":
        """With all that the page of an offer says of its expert on a day, in one query."""
        absence = TimeOff.objects.on(today).filter(expert=models.OuterRef("expert"))
        return (
            self.select_related("expert", "expert__expert_profile", "category")
            .defer(
                "search",
                "public_id",
                "version",
                "paused_by_staff",
                "opening_message",
                "submitted_at",
                "reviewed_version",
                "created_at",
            )
            .defer(
                "category__description_fr", "category__description_en", "category__icon", "category__position"
            )
            .defer(*(f"expert__{name}" for name in _NOT_SHOWN))
            .annotate(expert_back_on=models.Subquery(absence.order_by("-ends_on").values("ends_on")[:1]))
        )


_OPEN_CALENDAR = Compiled(
    lambda expert, today: CallCalendar.objects.open(today).filter(expert=expert).order_by().values_list("pk"),
    *(STAND_IN, DAY),
)


def _search_query(text: str) -> SearchQuery:
    return SearchQuery(text, config=SEARCH_CONFIG, search_type="websearch")


class Offer(PublicId, Lockable):
    """What an expert promises, at a price, by a date."""

    class Kind(models.TextChoices):
        JOB = "job", _("Deliverable")
        CALL = "call", _("Call")
        QUESTION = "question", _("Question")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        PAUSED = "paused", _("Paused")
        REFUSED = "refused", _("Refused")
        DELETED = "deleted", _("Deleted")

    class IpClause(models.TextChoices):
        """Who may use the work once it is paid (Intellectual Property Code, articles L. 131-1 to L. 131-3)."""

        FULL_ASSIGNMENT = "full_assignment", _("All rights are assigned to the buyer")
        LICENCE = "licence", _("The buyer receives a licence of use")

    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offers")
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.PROTECT, related_name="offers"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.JOB)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(_("title"), max_length=90)
    slug = models.SlugField(max_length=100)
    description = models.TextField(_("description"), max_length=8_000)
    includes = ArrayField(
        models.CharField(max_length=160), verbose_name=_("what the buyer receives"), default=list, blank=True
    )
    faq = models.JSONField(_("frequent questions"), default=list, blank=True)
    price_cents = models.PositiveBigIntegerField(_("price"))
    delivery_days = models.PositiveSmallIntegerField(_("delivery time in days"), default=5)
    call_minutes = models.PositiveSmallIntegerField(_("length of the call in minutes"), null=True, blank=True)
    revisions = models.PositiveSmallIntegerField(_("revisions included"), default=rules.MIN_REVISIONS)
    keywords = ArrayField(
        models.CharField(max_length=40), verbose_name=_("keywords"), default=list, blank=True
    )
    opening_message = models.TextField(_("opening message"), max_length=2_000)
    ip_clause = models.CharField(
        _("rights in the deliverable"),
        max_length=15,
        choices=IpClause.choices,
        default=IpClause.FULL_ASSIGNMENT,
    )
    ip_terms = models.TextField(_("terms of the licence"), max_length=1_000, blank=True)
    video_url = models.URLField(_("video"), blank=True)
    queue_limit = models.PositiveSmallIntegerField(_("orders at once"), null=True, blank=True)
    """How many orders may wait for their work; no limit when empty."""
    version = models.PositiveIntegerField(default=1, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    reviewed_version = models.PositiveIntegerField(null=True, editable=False)
    """The version our team last read and admitted; none before the first time."""
    staff_reason = models.TextField(_("reason given by our team"), max_length=1_000, blank=True)
    """Why it was refused, or taken off sale by our team; empty otherwise."""
    paused_by_staff = models.BooleanField(_("taken off sale by our team"), default=False, editable=False)
    cover = models.ImageField(upload_to="offers/%Y/%m/", blank=True, editable=False)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.PositiveIntegerField(default=0, editable=False)
    completed_count = models.PositiveIntegerField(default=0, editable=False)
    search = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    if TYPE_CHECKING:
        add_ons: RelatedManager["AddOn"]
        images: RelatedManager[OfferImage]
        film: OfferFilm
        orders: Any
        requirements: RelatedManager["Requirement"]

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        triggers = [
            audited(
                "offer_audited",
                *("status", "title", "kind", "category", "price_cents", "delivery_days", "revisions"),
                *("ip_clause", "ip_terms", "paused_by_staff", "staff_reason"),
                columns=(
                    *("status", "title", "kind", "category_id", "price_cents", "delivery_days", "revisions"),
                    *("ip_clause", "ip_terms", "paused_by_staff", "staff_reason"),
                ),
            ),
        ]
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    price_cents__gte=rules.MIN_PRICE_CENTS, price_cents__lte=rules.MAX_PRICE_CENTS
                ),
                name="offer_price_within_limits",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["draft", "in_review", "published", "paused", "refused", "deleted"]
                ),
                name="offer_status_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="call") | models.Q(call_minutes__isnull=False),
                name="call_has_a_length",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="offer_search"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="offer_title_trigrams"),
            models.Index(
                fields=["submitted_at", "id"],
                condition=models.Q(status="in_review"),
                name="offer_to_review",
            ),
            models.Index(
                fields=["-completed_count", "-id"],
                condition=models.Q(status="published"),
                name="offer_listing",
            ),
            models.Index(
                fields=["category", "-completed_count", "-id"],
                condition=models.Q(status="published"),
                name="offer_category_listing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        slug = slugify(self.title)[:100]
        self.slug = slug if slug not in ("", "order") else "offer"  # `offers/5/order/` is the checkout
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("offer", args=[self.pk, self.slug])

    @property
    def is_sent_to_team(self) -> bool:
        """Whether it goes to the team before it is on sale: never read by them, or refused."""
        return self.reviewed_version is None or self.status == self.Status.REFUSED

    @property
    def is_orderable(self) -> bool:
        """Whether a stranger may order it now: on sale, by an admitted expert who takes orders, and calls at some hours."""
        return (
            self.status == self.Status.PUBLISHED
            and self.expert.expert_profile.takes_orders
            and not self.lacks_hours
            and not self.is_full
        )

    @cached_property
    def lacks_hours(self) -> bool:
        """A call nobody can book, because its expert has not said when they take calls. One query, for calls alone."""
        if self.kind != self.Kind.CALL:
            return False
        today = clock.today()
        return not _OPEN_CALENDAR.rows(self.expert_id, today)

    @cached_property
    def is_full(self) -> bool:
        """As many orders wait for their work as its expert takes at once. One query, for offers with a limit alone."""
        return self.queue_limit is not None and self.orders.in_queue().count() >= self.queue_limit

    @property
    def delivery_time(self) -> timedelta:
        return timedelta(days=self.delivery_days)

    @property
    def revisions_included(self) -> int:
        """One of the summary of a call, one follow-up to an answer; of a deliverable, as many as its expert says."""
        return self.revisions if self.kind == self.Kind.JOB else rules.MIN_REVISIONS

    @property
    def rating_avg(self) -> float | None:
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None

    @property
    def cover_url(self) -> str:
        return self.cover.url if self.cover else ""

    @property
    def expert_name(self) -> str:
        return self.expert.display_name

    @property
    def expert_avatar_url(self) -> str:
        return self.expert.avatar_url

    @property
    def expert_verified(self) -> bool:
        return self.expert.expert_profile.may_sell

    @property
    def delivery_label(self) -> str:
        """The promise on time as a card says it."""
        return delivery_words(self.kind, self.delivery_days, self.call_minutes)


def delivery_words(kind: str, days: int, call_minutes: int | None = None) -> str:
    """How soon, in a few words: ``Delivered in 5 days``, ``45-minute call``, ``Answered within 2 days``."""
    if kind == Offer.Kind.CALL:
        return str(_("%(minutes)s-minute call") % {"minutes": call_minutes})
    if kind == Offer.Kind.QUESTION:
        return ngettext("Answered within %(n)s day", "Answered within %(n)s days", days) % {"n": days}
    return ngettext("Delivered in %(n)s day", "Delivered in %(n)s days", days) % {"n": days}


class AddOn(models.Model):
    """An additional service the buyer may tick while ordering."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="add_ons")
    title = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=200, blank=True)
    price_cents = models.PositiveBigIntegerField(_("price"))
    days = models.SmallIntegerField(_("days added, or saved when negative"), default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("add-on")
        verbose_name_plural = _("add-ons")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price_cents__gt=0, price_cents__lte=rules.MAX_PRICE_CENTS),
                name="add_on_price_within_limits",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def delay_label(self) -> str:
        """What ticking it changes in the delivery time: ``+2 days``, ``−1 day``, or nothing."""
        if not self.days:
            return ""
        words = ngettext("%(sign)s%(n)s day", "%(sign)s%(n)s days", abs(self.days))
        return words % {"sign": "+" if self.days > 0 else "\u2212", "n": abs(self.days)}


class Requirement(models.Model):
    """Something the expert needs from the buyer to begin: words to type or a file to send."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        FILE = "file", _("File")

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="requirements")
    label = models.CharField(_("what you need"), max_length=160)
    hint = models.CharField(_("precision"), max_length=200, blank=True)
    kind = models.CharField(_("answered by"), max_length=5, choices=Kind.choices, default=Kind.TEXT)
    required = models.BooleanField(_("needed to begin"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
