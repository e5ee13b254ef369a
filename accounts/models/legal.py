"""Who an expert is in law, since when, and where their money goes."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import ExpertProfile
from marketplace.kernel import sealing
from marketplace.kernel.models import Lockable


class LegalForm(models.TextChoices):
    """What an expert trades as."""

    NONE = "none", _("Not registered yet")
    MICRO = "micro", _("Micro-enterprise")
    EI = "ei", _("Sole trader (EI, EIRL)")
    EURL = "eurl", _("EURL")
    SARL = "sarl", _("SARL")
    SASU = "sasu", _("SASU")
    SAS = "sas", _("SAS")
    PORTAGE = "portage", _("Umbrella company (portage salarial)")
    OTHER = "other", _("Another form")


class LegalEntityQuerySet(models.QuerySet["LegalEntity"]):
    def current(self) -> "LegalEntityQuerySet":
        """Those in force; the former ones stay for the invoices made in their name."""
        return self.filter(replaced_at=None)


class LegalEntity(Lockable):
    """The person in law behind an expert: theirs, or the umbrella company that employs them.

    A change of form or of SIREN closes the row and opens another, so that what was sold before keeps its seller.
    """

    TRADERS: ClassVar[set[str]] = {LegalForm.MICRO, LegalForm.EI}
    COMPANIES: ClassVar[set[str]] = {LegalForm.EURL, LegalForm.SARL, LegalForm.SASU, LegalForm.SAS}

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="legal_entities"
    )
    form = models.CharField(_("legal form"), max_length=10, choices=LegalForm.choices)
    name = models.CharField(_("legal name"), max_length=160, blank=True)
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    replaced_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = LegalEntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal status")
        verbose_name_plural = _("legal statuses")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(replaced_at=None), name="one_legal_status_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(form="none") | ~models.Q(siren=""), name="a_business_has_a_siren"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.user} ({self.get_form_display()})"

    @property
    def is_business(self) -> bool:
        """Whether it may be paid: money never goes to a private person."""
        return self.form != LegalForm.NONE

    @property
    def spaced_siren(self) -> str:
        return f"{self.siren[:3]} {self.siren[3:6]} {self.siren[6:]}" if self.siren else ""

    @property
    def spaced_siret(self) -> str:
        return f"{self.siret[:3]} {self.siret[3:6]} {self.siret[6:9]} {self.siret[9:]}" if self.siret else ""


class VatPeriod(models.Model):
    """How VAT applies to an expert from a day on. Each invoice follows the regime of its own date."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vat_periods")
    regime = models.CharField(_("VAT regime"), max_length=12, choices=ExpertProfile.VatRegime.choices)
    since = models.DateField(_("from"))
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("VAT regime")
        verbose_name_plural = _("VAT regimes")
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "since"], name="one_vat_regime_a_day")]

    def __str__(self) -> str:
        return f"{self.get_regime_display()} · {self.since}"

    @classmethod
    def on(cls, user_id: int, day: date) -> "VatPeriod | None":
        """The regime in force on a day, if one was ever said."""
        return cls.objects.filter(user_id=user_id, since__lte=day).order_by("-since").first()


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    def current(self) -> "BankAccountQuerySet":
        return self.filter(replaced_at=None)


class BankAccount(Lockable):
    """Where an expert is paid. The number is sealed in the database; pages show its last four characters."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bank_accounts")
    holder = models.CharField(_("account holder"), max_length=160)
    sealed_iban = models.TextField(editable=False)
    country = models.CharField(max_length=2)
    last_four = models.CharField(_("ends in"), max_length=4)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    bank = models.CharField(_("bank"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    usable_from = models.DateTimeField(_("can be paid from"), default=timezone.now)
    replaced_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(replaced_at=None), name="one_bank_account_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def iban(self) -> str:
        """The whole number, without spaces: for the payment itself, never for a page."""
        return sealing.unseal(self.sealed_iban)

    @property
    def masked(self) -> str:
        return f"{self.country}•• •••• {self.last_four}"
