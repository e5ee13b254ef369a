"""Where files lie that only the people concerned may open."""

from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """Files without any public address: they leave through a view that checks who asks."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no URL of its own.")
