"""What staff read of conversations and mails; the public pages they write; the requests they answer."""

from messaging.admin import contact as contact
from messaging.admin import first_messages as first_messages
from messaging.admin import pages as pages
from messaging.admin import reports as reports
from messaging.admin import talking as talking
