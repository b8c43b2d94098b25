"""Object storage that is away: one clear error, the same as a full disk."""

import pytest
from django.core.files.base import ContentFile

from casework.storage import ObjectStorage, StorageAway


@pytest.fixture
def away() -> ObjectStorage:
    """A bucket at an address where nobody answers."""
    return ObjectStorage(
        bucket_name="loket",
        endpoint_url="http://127.0.0.1:1",
        access_key="nobody",
        secret_key="nothing",
        region_name="eu-west-1",
        client_config=None,
    )


def test_saving_opening_and_deleting_raise_the_same_error(away: ObjectStorage) -> None:
    with pytest.raises(StorageAway):
        away.save("bewijs", ContentFile(b"%PDF"))
    with pytest.raises(StorageAway):
        away.open("bewijs").read()
    with pytest.raises(StorageAway):
        away.delete("bewijs")


def test_it_is_an_os_error_as_a_full_disk_is() -> None:
    assert issubclass(StorageAway, OSError)
