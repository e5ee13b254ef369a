"""A person, and what they are to others: a buyer, an expert."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Least, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models.companies import Company, CompanyRole
from accounts.models.trades import Sector
from marketplace.kernel import clock
from marketplace.kernel.audit import audited
from marketplace.kernel.compiled import DAY, STAND_IN, Compiled
from marketplace.kernel.models import Lockable, PublicId

if TYPE_CHECKING:
    from accounts.models.availability import TimeOff


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(PublicId, Lockable, AbstractBaseUser, PermissionsMixin):
    """An account: how someone signs in, is addressed, and which sides of the market they use."""

    class Language(models.TextChoices):
        FRENCH = "fr", _("French")
        ENGLISH = "en", _("English")

    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=60)
    last_name = models.CharField(_("last name"), max_length=60)
    is_buyer = models.BooleanField(_("buys"), default=True)
    is_expert = models.BooleanField(_("sells"), default=False)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.FRENCH
    )
    avatar = models.ImageField(_("photo"), upload_to="avatars/%Y/%m/", blank=True)
    avatar_small = models.ImageField(upload_to="avatars/%Y/%m/", blank=True, editable=False)
    avatar_large = models.ImageField(upload_to="avatars/%Y/%m/", blank=True, editable=False)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)
    """When the person left for good; what is kept of them no longer bears their name."""
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="members"
    )
    """The company account they are a member of; what they buy as one is the company's."""
    company_role = models.CharField(
        _("role"), max_length=10, choices=CompanyRole.choices, blank=True, editable=False
    )
    company_since = models.DateTimeField(_("member since"), null=True, editable=False)

    hand: "User | None" = None
    """Set while a colleague acts in this buyer's place: see ``accounts.companies.acting``."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        permissions = [("open_archive", _("May open the archive"))]
        triggers = [
            audited(
                "user_audited",
                "is_active",
                "is_staff",
                "is_superuser",
                "is_buyer",
                "is_expert",
                "closed_at",
                "company",
                "company_role",
                columns=(
                    "is_active",
                    "is_staff",
                    "is_superuser",
                    "is_buyer",
                    "is_expert",
                    "closed_at",
                    "company_id",
                    "company_role",
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_per_email_whatever_the_case",
            ),
            models.CheckConstraint(
                condition=models.Q(company=None, company_role="", company_since=None)
                | models.Q(
                    company__isnull=False,
                    company_role__in=["owner", "buyer", "accountant"],
                    company_since__isnull=False,
                ),
                name="member_of_a_company_has_a_role",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def display_name(self) -> str:
        """The name others see; never the e-mail address."""
        if self.closed_at:
            return str(_("Closed account"))
        return self.get_full_name() or str(_("Member"))

    @property
    def may_open_archive(self) -> bool:
        """Whether a member of the team reads what is kept only as a proof."""
        return self.has_perm("accounts.open_archive")

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper() or "?"

    @property
    def avatar_url(self) -> str:
        return self.avatar.url if self.avatar else ""

    @property
    def avatar_small_url(self) -> str:
        """For lines of text and small discs; the ordinary picture where no small one was made."""
        return self.avatar_small.url if self.avatar_small else self.avatar_url

    @property
    def avatar_large_url(self) -> str:
        return self.avatar_large.url if self.avatar_large else self.avatar_url


class BuyerProfile(models.Model):
    """What a buyer's orders and invoices are made out to."""

    class BuyerAs(models.TextChoices):
        """As whom somebody orders: consumers and very small firms may withdraw within fourteen days."""

        CONSUMER = "consumer", _("As a consumer")
        SMALL_FIRM = "small_firm", _("For a small firm, outside its activity")
        FIRM = "firm", _("For a firm")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="buyer_profile")
    buyer_as = models.CharField(_("orders as"), max_length=10, choices=BuyerAs.choices, blank=True)
    company = models.CharField(_("company"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("buyer profile")
        verbose_name_plural = _("buyer profiles")

    def __str__(self) -> str:
        return self.company or str(self.user)

    @property
    def rating_avg(self) -> float | None:
        """What experts think of this buyer, on average; for display only."""
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None


STANDING = models.Case(
    models.When(rating_count=0, then=3_000 + 150 * Least("recommendation_count", 5)),
    default=(models.F("rating_sum") + 20) * 1_000 / (models.F("rating_count") + 5),
    output_field=models.IntegerField(),
)
"""Reviews, pulled towards four stars while they are few; recommendations (five at most) until the first review."""


class ExpertProfileQuerySet(models.QuerySet["ExpertProfile"]):
    def approved(self) -> "ExpertProfileQuerySet":
        """Admitted by staff, and with an account still open."""
        return self.filter(status=ExpertProfile.Status.APPROVED, user__is_active=True)

    def selling(self) -> "ExpertProfileQuerySet":
        """Admitted, and with every document in order: only these take new business."""
        return self.approved().filter(barred_since=None)

    def listed(self) -> "ExpertProfileQuerySet":
        """Those the public finds: admitted, with a photo, and who did not hide themselves."""
        return self.approved().filter(is_hidden=False).exclude(user__avatar="")


class ExpertProfile(Lockable):
    """The public face of an expert, and whether staff let them sell."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Awaiting approval")
        APPROVED = "approved", _("Approved")
        SUSPENDED = "suspended", _("Suspended")

    class VatRegime(models.TextChoices):
        REGISTERED = "registered", _("Charges VAT at 20 %")
        FRANCHISE = "franchise", _("VAT exempt (small business)")

    class Availability(models.TextChoices):
        OPEN = "open", _("Available")
        BUSY = "busy", _("Few places left")
        CLOSED = "closed", _("Takes no new order")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="expert_profile")
    slug = models.SlugField(max_length=140, unique=True)
    headline = models.CharField(_("headline"), max_length=120, blank=True)
    bio = models.TextField(_("presentation"), max_length=4_000, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    languages = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    skills = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("skills"),
        default=list,
        blank=True,
    )
    strengths = ArrayField(
        models.CharField(max_length=90),
        verbose_name=_("strengths"),
        default=list,
        blank=True,
    )
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), related_name="experts", blank=True)
    daily_rate_cents = models.PositiveBigIntegerField(_("indicative day rate"), null=True, blank=True)
    """Excluding tax; a reference, never a price."""
    availability = models.CharField(
        _("availability"), max_length=8, choices=Availability.choices, default=Availability.OPEN
    )
    contact_from_offers = models.BooleanField(_("may be written to from an offer"), default=False)
    """Whether buyers may write from the page of an offer too; from the profile companies always may."""
    is_hidden = models.BooleanField(_("hidden by the expert"), default=False)
    years_of_experience = models.PositiveSmallIntegerField(_("years of experience"), default=0)
    vat_regime = models.CharField(
        _("VAT regime"),
        max_length=12,
        choices=VatRegime.choices,
        default=VatRegime.REGISTERED,
    )
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PENDING)
    approved_at = models.DateTimeField(_("approved on"), null=True, blank=True)
    barred_since = models.DateTimeField(_("kept from selling since"), null=True, blank=True)
    """Since when a missing, refused or expired document bars new business; empty while nothing does.

    Kept by ``actions.refresh_standing``; running orders and earned money are never touched by it.
    """
    waived_until = models.DateField(_("missing documents excused until"), null=True, blank=True)
    rating_sum = models.PositiveIntegerField(default=0, editable=False)
    rating_count = models.PositiveIntegerField(default=0, editable=False)
    completed_count = models.PositiveIntegerField(default=0, editable=False)
    usual_reply_minutes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    recommendation_count = models.PositiveIntegerField(default=0, editable=False)
    standing = models.GeneratedField(
        expression=STANDING, output_field=models.IntegerField(), db_persist=True, verbose_name=_("standing")
    )
    """The place in lists, in thousandths of a star; the database works it out from the stored counts."""
    search = SearchVectorField(null=True, editable=False)

    objects = ExpertProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert profile")
        verbose_name_plural = _("expert profiles")
        triggers = [
            audited("profile_audited", "status", "barred_since", "waived_until", "vat_regime", "is_hidden"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["pending", "approved", "suspended"]),
                name="expert_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(availability__in=["open", "busy", "closed"]),
                name="expert_availability_known",
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="expert_search"),
            GinIndex(fields=["skills"], name="expert_skills"),
            models.Index(fields=["-standing", "-completed_count", "-id"], name="expert_listing"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        base = slugify(self.user.get_full_name())[:120] or "expert"
        if not ExpertProfile.objects.filter(slug=base).exists():
            return base
        return f"{base}-{str(self.user.public_id)[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("expert_profile", args=[self.slug])

    @property
    def is_listed(self) -> bool:
        """Whether the public finds this expert: see ``ExpertProfileQuerySet.listed``."""
        return self.is_approved and not self.is_hidden and bool(self.user.avatar)

    @cached_property
    def absence(self) -> "TimeOff | None":
        """The absence that runs today and ends last; none while the expert is here. One query."""
        away: TimeOff | None = _absences().first(self.user_id, clock.today())
        return away

    @cached_property
    def back_on(self) -> date | None:
        """The last day of the absence that runs today; none while the expert is here."""
        return self.absence.ends_on if self.absence else None

    @property
    def takes_orders(self) -> bool:
        """Whether a new order may be placed with this expert today."""
        return self.may_sell and self.availability != self.Availability.CLOSED and self.back_on is None

    @property
    def is_approved(self) -> bool:
        return self.status == self.Status.APPROVED and self.user.is_active

    @property
    def may_sell(self) -> bool:
        """Admitted, and nothing among their documents bars new business. True is also what « verified » means."""
        return self.is_approved and self.barred_since is None

    @property
    def rating_avg(self) -> float | None:
        """The mean of published ratings, for display only."""
        return round(self.rating_sum / self.rating_count, 1) if self.rating_count else None


@cache
def _absences() -> Compiled:
    from accounts.models.availability import TimeOff

    return Compiled(
        lambda expert, day: TimeOff.objects.filter(expert=expert).on(day).order_by("-ends_on")[:1],
        STAND_IN,
        DAY,
    )
