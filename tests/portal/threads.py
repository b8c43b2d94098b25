"""The thread of messages about a case of any sort, as the tests of each sort read and write it."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from casework.desk.worklists import Worklists
from tests import given
from tests.portal import files


def thread(case: Any) -> str:
    """The page of it in the portal."""
    address: str = case.messages_address
    return address


def waiting(user: User, *, of: Worklists[Any]) -> int:
    """How many cases of a sort have a message that waits for an answer."""
    (found,) = [one for one in of.counted_for(user) if one.worklist.name == "messages"]
    return found.count


def pdf(content: bytes = given.PDF) -> SimpleUploadedFile:
    """A file to go with a message."""
    return files.upload(content, "brief.pdf")


def count_queries(pages: Iterable[tuple[Client, str]]) -> list[int]:
    """What each page costs."""
    counted = []
    for client, address in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted.append(len(queries))
    return counted
