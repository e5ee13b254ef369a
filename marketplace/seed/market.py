"""Words of one meaning, the film of an offer, and offers that staff have in hand."""

from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from marketplace import demo
from marketplace.demo.market import FILM, IN_HAND, QUEUES, SYNONYMS, InHand
from marketplace.demo.model import french
from marketplace.kernel import clock, films
from marketplace.seed import catalogue
from offers import actions
from offers.models import Category, Offer, OfferFilm, SynonymGroup
from offers.queries import vocabulary

FILMS = Path(demo.__file__).parent / "films"


def load(experts: dict[str, User], categories: dict[str, Category], offers: dict[str, Offer]) -> None:
    if not SynonymGroup.objects.exists():
        SynonymGroup.objects.bulk_create(SynonymGroup(words=list(words)) for words in SYNONYMS)
        vocabulary.forget_synonyms()
    _show_film(offers[FILM])
    for key, limit in QUEUES.items():
        if offers[key].queue_limit is None:
            actions.mark_read(actions.edit_offer(offers[key], terms={"queue_limit": limit}))
    for written in IN_HAND:
        _take_in_hand(written, experts[written.offer.expert], categories[written.offer.category])
    vocabulary.count_terms()


def _show_film(offer: Offer) -> None:
    if OfferFilm.objects.filter(offer=offer).exists():
        return
    content = ContentFile((FILMS / f"{FILM}.mp4").read_bytes())
    seen = films.checked(content)
    actions.show_film(
        offer,
        name=default_storage.save(f"films/{FILM}.mp4", content),
        size=content.size,
        film=seen,
        captions=(FILMS / f"{FILM}.vtt").read_text(),
        captions_language="fr",
    )
    actions.mark_read(offer)


def _take_in_hand(written: InHand, expert: User, category: Category) -> None:
    if Offer.objects.of(expert).filter(title=written.offer.title).exists():
        return
    with clock.at(clock.now() - timedelta(hours=written.hours_ago)):
        offer = actions.create_offer(
            expert,
            terms=catalogue.terms(written.offer, category),
            add_ons=catalogue.add_ons(written.offer),
            requirements=catalogue.requirements(written.offer),
        )
        if written.state == "held":
            actions.hold_back(actions.publish(offer), reason=french(written.reason))
            return
        offer = actions.submit(offer)
        if written.state == "refused":
            actions.refuse(offer, reason=french(written.reason))
