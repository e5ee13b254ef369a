"""Errands of this app that run after the commit."""

from celery import shared_task


@shared_task
def deliver(mail_id: int) -> None:
    """Send one mail that is owed; harmless when it already went out."""
    from messaging import mail

    mail.send(mail_id)
