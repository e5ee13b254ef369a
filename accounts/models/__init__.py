"""People: one account each, which may buy, sell, or both."""

from accounts.models.people import BuyerProfile as BuyerProfile
from accounts.models.people import ExpertProfile as ExpertProfile
from accounts.models.people import ExpertProfileQuerySet as ExpertProfileQuerySet
from accounts.models.people import User as User
from accounts.models.people import UserManager as UserManager
