"""Secrets that must be read again, unreadable in the database and in its backups: bank details, keys of second factors."""

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt with the newest key (Fernet: AES-128-CBC and HMAC-SHA256)."""
    return _box(tuple(settings.SEALING_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Read what any of the keys has sealed. Raises ``cryptography.fernet.InvalidToken`` for all else."""
    return _box(tuple(settings.SEALING_KEYS)).decrypt(sealed.encode()).decode()
