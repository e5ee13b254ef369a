"""An order from placement to settlement, and everything it keeps."""

from orders.models.calls import Call as Call
from orders.models.calls import CallMove as CallMove
from orders.models.calls import CallQuerySet as CallQuerySet
from orders.models.changes import ChangeRequest as ChangeRequest
from orders.models.deeds import RightsDeed as RightsDeed
from orders.models.deliveries import Deliverable as Deliverable
from orders.models.deliveries import DeliverableFile as DeliverableFile
from orders.models.deliveries import RevisionRequest as RevisionRequest
from orders.models.events import OrderEvent as OrderEvent
from orders.models.extras import OrderExtra as OrderExtra
from orders.models.order import Order as Order
from orders.models.order import OrderLine as OrderLine
from orders.models.pauses import Pause as Pause
from orders.models.queryset import OrderQuerySet as OrderQuerySet
from orders.models.records import CancellationRecord as CancellationRecord
from orders.models.records import TrackRecord as TrackRecord
from orders.models.requirements import OrderRequirement as OrderRequirement
from orders.models.requirements import RequirementFile as RequirementFile
from orders.models.reviews import Review as Review
from orders.models.reviews import ReviewQuerySet as ReviewQuerySet
from orders.models.timers import TimerRun as TimerRun
