"""What people and the product say to each other."""

from messaging.models.contact import CannedAnswer as CannedAnswer
from messaging.models.contact import ContactAnswer as ContactAnswer
from messaging.models.contact import ContactRequest as ContactRequest
from messaging.models.conversations import Attachment as Attachment
from messaging.models.conversations import Conversation as Conversation
from messaging.models.conversations import ConversationQuerySet as ConversationQuerySet
from messaging.models.conversations import Message as Message
from messaging.models.conversations import Participant as Participant
from messaging.models.files import PrivateFile as PrivateFile
from messaging.models.files import private_storage as private_storage
from messaging.models.files import unguessable_name as unguessable_name
from messaging.models.first_messages import FirstMessage as FirstMessage
from messaging.models.meetings import Contact as Contact
from messaging.models.notices import Mail as Mail
from messaging.models.notices import MailPreference as MailPreference
from messaging.models.notices import Notification as Notification
from messaging.models.notices import NotificationQuerySet as NotificationQuerySet
from messaging.models.pages import Page as Page
from messaging.models.pages import PageVersion as PageVersion
from messaging.models.reports import Report as Report
