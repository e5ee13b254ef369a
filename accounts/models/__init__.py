"""People: one account each, which may buy, sell, or both."""

from accounts.models.admission import Application as Application
from accounts.models.admission import Ballot as Ballot
from accounts.models.admission import ClubMember as ClubMember
from accounts.models.admission import Signature as Signature
from accounts.models.audit import AuditLine as AuditLine
from accounts.models.availability import TimeOff as TimeOff
from accounts.models.availability import days_off as days_off
from accounts.models.career import CareerEntry as CareerEntry
from accounts.models.documents import Document as Document
from accounts.models.documents import DocumentAccess as DocumentAccess
from accounts.models.legal import BankAccount as BankAccount
from accounts.models.legal import LegalEntity as LegalEntity
from accounts.models.legal import LegalForm as LegalForm
from accounts.models.legal import VatPeriod as VatPeriod
from accounts.models.people import BuyerProfile as BuyerProfile
from accounts.models.people import ExpertProfile as ExpertProfile
from accounts.models.people import ExpertProfileQuerySet as ExpertProfileQuerySet
from accounts.models.people import User as User
from accounts.models.people import UserManager as UserManager
from accounts.models.portfolio import PortfolioPiece as PortfolioPiece
from accounts.models.privacy import ClosureRequest as ClosureRequest
from accounts.models.privacy import DataExport as DataExport
from accounts.models.recommendations import Recommendation as Recommendation
from accounts.models.trades import Sector as Sector
from accounts.models.trades import Skill as Skill
