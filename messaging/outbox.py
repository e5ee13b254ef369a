"""Errands of this app that run after the commit."""

from celery import shared_task


@shared_task
def deliver(mail_id: int) -> None:
    """Send one mail that is owed; harmless when it already went out."""
    from messaging import mail

    mail.send(mail_id)


@shared_task
def preview(attachment_id: int) -> None:
    """Draw the preview of a picture before anyone looks; a page that comes first draws it by itself."""
    from messaging import previews
    from messaging.models import Attachment

    found = Attachment.objects.filter(pk=attachment_id).first()
    if found is not None:
        previews.draw(found)
