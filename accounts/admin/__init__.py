"""What staff see and do about people."""

from accounts.admin import availability as availability
from accounts.admin import people as people
from accounts.admin import privacy as privacy
