"""Disagreements over orders: what each side says and shows, what staff ask and decide."""

from disputes.models.appeals import Appeal as Appeal
from disputes.models.disputes import Dispute as Dispute
from disputes.models.evidence import Evidence as Evidence
from disputes.models.exchanges import StaffNote as StaffNote
from disputes.models.exchanges import StaffQuestion as StaffQuestion
from disputes.models.rulings import Ruling as Ruling
