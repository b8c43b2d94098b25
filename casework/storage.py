"""Files on disk or in object storage. If either is unavailable or full, OSError is raised and no part remains."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import FileSystemStorage
from storages.backends.s3 import S3Storage


class StorageAway(OSError):
    """The object storage gave no usable answer."""


@contextmanager
def as_os_error() -> Iterator[None]:
    """Turn the client library's errors into StorageAway; a missing file remains a FileNotFoundError."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StorageAway(str(error)) from error


class DiskStorage(FileSystemStorage):
    """Files in a folder. A partial file is removed when the disk is full, because it would keep the disk full."""

    def _save(self, name: str, content: Any) -> str:
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise
        return saved


class ObjectStorage(S3Storage):
    """Files in S3 or a compatible storage."""

    def _save(self, name: str, content: Any) -> str:
        with as_os_error():
            saved: Callable[[str, Any], str] = super()._save
            return saved(name, content)

    def _open(self, name: str, mode: str = "rb") -> Any:
        with as_os_error():
            opened: Callable[[str, str], Any] = super()._open
            return opened(name, mode)

    def delete(self, name: str) -> None:
        with as_os_error():
            deleted: Callable[[str], None] = super().delete
            deleted(name)
