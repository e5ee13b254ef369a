"""What a search reads: a narrow row an offer on sale, the words it may be misspelt for, and words of one meaning.

The rows are written by PostgreSQL itself, in the transaction of whatever act changed the offer, its expert or the
expert's days off (see ``offers/sql/finding.sql``): nothing in Python has to remember them.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from offers.models.offers import Offer


class SearchEntry(models.Model):
    """An offer on sale as lists filter and rank it. ``stars`` are hundredths, ``score`` goes from 0 to 1,000."""

    offer = models.OneToOneField(Offer, primary_key=True, on_delete=models.CASCADE, related_name="entry")
    category_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    price_cents = models.BigIntegerField()
    delivery_days = models.SmallIntegerField()
    stars = models.SmallIntegerField()
    """Mean rating pulled towards four while reviews are few; 0 before the first."""
    rating_count = models.IntegerField()
    available = models.BooleanField()
    languages = ArrayField(models.TextField())
    score = models.SmallIntegerField()
    published_at = models.DateTimeField()
    vector = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="entry_vector", fastupdate=False),
            models.Index(fields=["-score", "-offer"], name="entry_score"),
            models.Index(fields=["category_id", "-score", "-offer"], name="entry_category_score"),
            models.Index(fields=["price_cents", "-offer"], name="entry_price"),
            models.Index(fields=["category_id", "kind", "price_cents", "offer"], name="entry_shelves"),
            models.Index(fields=["-stars", "-rating_count", "-offer"], name="entry_stars"),
            models.Index(fields=["delivery_days", "price_cents", "-offer"], name="entry_delivery"),
            models.Index(fields=["-published_at", "-offer"], name="entry_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.score}"


class Term(models.Model):
    """A word of a title, or a keyword as its expert wrote it: what is suggested and what typing errors lead to."""

    folded = models.CharField(max_length=40, primary_key=True)
    """Lower case, without accents."""
    text = models.CharField(max_length=40)
    is_phrase = models.BooleanField(default=False)
    """A keyword: suggested whole."""
    uses = models.IntegerField(default=0)
    """How many offers on sale held it when the night last counted."""

    class Meta:
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="term_trigrams"),
            models.Index(fields=["folded"], opclasses=["varchar_pattern_ops"], name="term_prefix"),
        ]

    def __str__(self) -> str:
        return self.text


class SynonymGroup(models.Model):
    """Words that mean the same to a buyer: whoever searches one finds the others."""

    words = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("words"),
        help_text=_("Two or more, separated by commas: “BP, business plan, plan d’affaires”."),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("groups of synonyms")

    def __str__(self) -> str:
        return ", ".join(self.words)
