"""What staff see and do about people."""

from accounts.admin import admission as admission
from accounts.admin import audit as audit
from accounts.admin import availability as availability
from accounts.admin import companies as companies
from accounts.admin import doors as doors
from accounts.admin import papers as papers
from accounts.admin import people as people
from accounts.admin import privacy as privacy
from accounts.admin import profiles as profiles
from accounts.admin import suspensions as suspensions
from accounts.admin import trades as trades
from accounts.admin import visits as visits
