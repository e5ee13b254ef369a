"""Files that lie in a bucket of a service that speaks S3, near or far, up or down."""

import logging
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from celery import current_app
from kombu.exceptions import OperationalError
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from marketplace.kernel.storage import FilesAway, NotKept
from marketplace.kernel.uploads import CONTENT_TYPES

logger = logging.getLogger(__name__)

CONNECT, ANSWER, TRIES = 2, 8, 2
"""Seconds to reach the service, seconds it may take to answer, and how often it is asked. A file is kept within the
transaction of its act: a service that hangs may hold up a row no longer than twice their sum."""

OUT_OF_REACH = (BotoCoreError, ClientError, Boto3Error, RetriesExceededError)
_CHOSEN_BY_NOBODY = re.compile(r"[0-9a-f]{32}(-\w+)?")


class Bucket(S3Storage):
    """A bucket. ``browser_url``: the service as browsers reach it; signed addresses lead there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = Config(
            s3={"addressing_style": "path"},
            signature_version=self.signature_version,
            connect_timeout=CONNECT,
            read_timeout=ANSWER,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            # Checksums of Amazon's own make: other services refuse them.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self.transfer_config = TransferConfig(use_threads=False)
        self.max_memory_size = 2 * 1024 * 1024

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "browser_url": "", "alias": ""}

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """A name nobody else can be writing under: a bucket does not tell two writers of one name apart."""
        folder, base = os.path.split(name)
        stem, extension = os.path.splitext(base)
        if _CHOSEN_BY_NOBODY.fullmatch(stem):
            return name
        room = 50 if max_length is None else max_length - len(folder) - len(extension) - 34
        return os.path.join(folder, f"{stem[: max(0, room)]}-{uuid.uuid4().hex}{extension}")

    def _get_write_parameters(self, name: str, content: Any = None) -> dict[str, Any]:
        parameters: dict[str, Any] = super()._get_write_parameters(name, content)
        known = CONTENT_TYPES.get(os.path.splitext(name)[1].lstrip(".").lower())
        return parameters | ({"ContentType": known} if known else {})

    def _save(self, name: str, content: Any) -> str:
        """Keep a file. Raises ``NotKept`` when the bucket does not take it: nothing of the act is kept then."""
        try:
            return str(super()._save(name, content))
        except OUT_OF_REACH as error:
            logger.error("the bucket %s takes no file: %s", self.bucket_name, _why(error))
            raise NotKept from error

    def _open(self, name: str, mode: str = "rb") -> Any:
        """A file, brought here whole. Raises ``FilesAway`` when the bucket cannot be asked."""
        with self._answering():
            opened = super()._open(name, mode)
            if "r" in mode:
                opened.open()
        return opened

    def exists(self, name: str) -> bool:
        with self._answering():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Delete a file; while the bucket cannot be asked, a worker is left to. What was done before stands."""
        try:
            self.delete_now(name)
        except FilesAway:
            try:
                current_app.send_task("marketplace.tasks.delete_file", (self.alias, name), countdown=60)
            except OperationalError:
                logger.exception("the file %s of %s could not be deleted", name, self.bucket_name)

    def delete_now(self, name: str) -> None:
        """Delete a file. Raises ``FilesAway``."""
        with self._answering():
            super().delete(name)

    def url(self, name: str, parameters: Any = None, expire: Any = None, http_method: Any = None) -> str:
        if not self.querystring_auth:
            return str(super().url(name, parameters, expire, http_method))
        asked = {**(parameters or {}), "Bucket": self.bucket_name, "Key": name}
        return str(
            self._signer.generate_presigned_url("get_object", asked, expire or self.querystring_expire)
        )

    @cached_property
    def _signer(self) -> Any:
        """Signs addresses and calls nobody."""
        return self._create_session().client(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.browser_url or self.endpoint_url,
            config=self.client_config,
        )

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except OUT_OF_REACH as error:
            logger.error("the bucket %s does not answer: %s", self.bucket_name, _why(error))
            raise FilesAway from error


def _why(error: Exception) -> str:
    """Why the service was of no use, in a word that names no file."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "refused"))
    return type(error).__name__
