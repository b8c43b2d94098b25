"""Files in object storage. A bucket that is away or full is an OSError, as a disk would be: one error to catch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


class StorageAway(OSError):
    """The object storage gave no usable answer."""


@contextmanager
def as_os_error() -> Iterator[None]:
    """Turn what the client library raises into StorageAway; a file that is not there stays FileNotFoundError."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StorageAway(str(error)) from error


class ObjectStorage(S3Storage):
    """S3, or what speaks its language."""

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
