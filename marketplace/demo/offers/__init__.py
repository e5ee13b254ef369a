"""The 120 offers of the demo catalogue: `OFFERS`, a tuple of `model.Offer`, and `BY_KEY`."""

from marketplace.demo.model import Offer
from marketplace.demo.offers import (
    commercial_export,
    commercial_marketing,
    commercial_prospection,
    commercial_vente,
    communication_contenu,
    communication_image,
    data_systemes,
    data_tableaux,
    finance_capital,
    finance_fiscalite,
    finance_plans,
    finance_tresorerie,
    freelances_choix,
    freelances_pilotage,
    juridique_contrats,
    juridique_donnees,
    rh_paie_formation,
    rh_politique,
    rh_social,
    strategie_direction,
    strategie_operations,
)

OFFERS: tuple[Offer, ...] = (
    *finance_capital.OFFERS,
    *finance_fiscalite.OFFERS,
    *finance_plans.OFFERS,
    *finance_tresorerie.OFFERS,
    *rh_paie_formation.OFFERS,
    *rh_politique.OFFERS,
    *rh_social.OFFERS,
    *freelances_choix.OFFERS,
    *freelances_pilotage.OFFERS,
    *commercial_export.OFFERS,
    *commercial_marketing.OFFERS,
    *commercial_prospection.OFFERS,
    *commercial_vente.OFFERS,
    *juridique_contrats.OFFERS,
    *juridique_donnees.OFFERS,
    *strategie_direction.OFFERS,
    *strategie_operations.OFFERS,
    *data_systemes.OFFERS,
    *data_tableaux.OFFERS,
    *communication_contenu.OFFERS,
    *communication_image.OFFERS,
)
BY_KEY: dict[str, Offer] = {offer.key: offer for offer in OFFERS}

__all__ = ["BY_KEY", "OFFERS", "Offer"]
