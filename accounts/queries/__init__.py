"""Reads of this app, as pages need them."""

from accounts.queries.admission import admissions_of as admissions_of
from accounts.queries.admission import standing_counts as standing_counts
from accounts.queries.completeness import Completeness as Completeness
from accounts.queries.completeness import completeness as completeness
from accounts.queries.listing import ListingStep as ListingStep
from accounts.queries.listing import listing_steps as listing_steps
from accounts.queries.rates import SimilarRates as SimilarRates
from accounts.queries.rates import similar_rates as similar_rates
from accounts.queries.standing import Act as Act
from accounts.queries.standing import LegalStanding as LegalStanding
from accounts.queries.standing import bank_account_of as bank_account_of
from accounts.queries.standing import checklist as checklist
from accounts.queries.standing import entity_of as entity_of
from accounts.queries.standing import entity_on as entity_on
from accounts.queries.standing import legal_standing as legal_standing
from accounts.queries.standing import vat_regime_on as vat_regime_on
from accounts.queries.standing import was_in_order as was_in_order
