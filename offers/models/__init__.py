"""What experts sell: offers, their add-ons and images, filed under categories."""

from offers.models.calendars import WEEKDAYS as WEEKDAYS
from offers.models.calendars import CalendarDay as CalendarDay
from offers.models.calendars import CallCalendar as CallCalendar
from offers.models.calendars import WeeklyHours as WeeklyHours
from offers.models.categories import Category as Category
from offers.models.drafts import Draft as Draft
from offers.models.finding import SearchEntry as SearchEntry
from offers.models.finding import SynonymGroup as SynonymGroup
from offers.models.finding import Term as Term
from offers.models.kept import Favourite as Favourite
from offers.models.kept import SavedSearch as SavedSearch
from offers.models.offers import SEARCH_CONFIG as SEARCH_CONFIG
from offers.models.offers import AddOn as AddOn
from offers.models.offers import Offer as Offer
from offers.models.offers import OfferQuerySet as OfferQuerySet
from offers.models.offers import Requirement as Requirement
from offers.models.offers import _search_query as _search_query
from offers.models.offers import delivery_words as delivery_words
from offers.models.pictures import OfferFilm as OfferFilm
from offers.models.pictures import OfferImage as OfferImage
