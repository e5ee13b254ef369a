"""Show an upload to ClamAV, when one is configured: the INSTREAM conversation of clamd, nothing else."""

import logging
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)
TIMEOUT = 20
CHUNK = 64 * 1024


def scan(upload: UploadedFile) -> None:
    """Refuse a file that carries a virus. Not to be called inside a transaction: it talks to a daemon.

    Without ``CLAMD_URL`` nothing is asked. Raises ``ValidationError`` for an infected file, and also when the
    daemon does not answer: what could not be checked does not come in.
    """
    if not settings.CLAMD_URL:
        return
    try:
        answer = _ask(upload)
    except OSError as error:
        logger.exception("clamd does not answer")
        raise ValidationError(
            _("We could not check this file for viruses. Try again in a few minutes."), code="not_scanned"
        ) from error
    finally:
        upload.seek(0)
    if answer.endswith("OK"):
        return
    if answer.endswith("FOUND"):
        logger.warning("an upload was refused: %s", answer)
        raise ValidationError(
            _("“%(name)s” carries a virus and was not kept. Check your computer.") % {"name": upload.name},
            code="infected",
        )
    logger.error("clamd answered %s", answer)
    raise ValidationError(
        _("We could not check this file for viruses. Try again in a few minutes."), code="not_scanned"
    )


def _ask(upload: UploadedFile) -> str:
    """The daemon's verdict: « stream: OK », « stream: Name FOUND » or an error of its own."""
    with _connected() as clamd:
        clamd.sendall(b"zINSTREAM\x00")
        upload.seek(0)
        while piece := upload.read(CHUNK):
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\x00") and (piece := clamd.recv(4096)):
            said += piece
    return said.rstrip(b"\x00\n").decode("utf-8", "replace").strip()


def _connected() -> socket.socket:
    where = urlsplit(settings.CLAMD_URL)
    if where.scheme == "unix":
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(TIMEOUT)
        try:
            clamd.connect(where.path)
        except OSError:
            clamd.close()
            raise
        return clamd
    return socket.create_connection((where.hostname or "localhost", where.port or 3310), timeout=TIMEOUT)
