"""Errands that run after the commit: the sizes of pictures."""

from celery import shared_task


@shared_task
def render_picture(picture_pk: int) -> bool:
    """Make the sizes and formats of one picture. Running it twice makes them twice and keeps the last."""
    from offers import pictures

    return pictures.render(picture_pk)
