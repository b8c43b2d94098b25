"""Taking over what was read from a spreadsheet: what was seen and nothing else, all of it or nothing, and once."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from reporting.models.uploads import Upload
from reporting.returns.columns import Difference


class Overtaken(Exception):
    """Somebody handed in the same month since it was last looked at; nothing was kept."""

    def __init__(self, newest: Any) -> None:
        super().__init__(str(newest))
        self.newest = newest


class Sort(StrEnum):
    """What a row does."""

    NEW = "new"
    REPLACES = "replaces"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Beside(ABC):
    """What a row says about a month, beside the delivery that is there now."""

    row: int
    month: date
    now: Any

    @property
    @abstractmethod
    def subject(self) -> str:
        """What it is about."""

    @property
    @abstractmethod
    def differences(self) -> list[Difference]:
        """Old beside new."""

    @property
    def number(self) -> int:
        """The version that is there now; 0 for none."""
        return int(self.now.number) if self.now else 0

    @property
    def sort(self) -> Sort:
        """New, a replacement, or nothing at all."""
        if self.now is None:
            return Sort.NEW
        return Sort.REPLACES if self.differences else Sort.UNCHANGED


Change = TypeVar("Change", bound=Beside)


def fingerprint(changes: Iterable[Beside]) -> str:
    """What somebody saw: another one tells that a colleague handed in meanwhile."""
    seen = "|".join(f"{change.subject} {change.number}" for change in changes)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def take_over(
    upload: Upload, *, seen: str, compare: Callable[[Any], Sequence[Change]], keep: Callable[[Change], object]
) -> int | None:
    """Keep what the upload changes; how many, or None where that was done already.

    All or nothing. Raises Overtaken where something was handed in since `seen`, and what `keep` raises.
    """
    with transaction.atomic():
        held = type(upload)._default_manager.select_for_update(no_key=True).get(pk=upload.pk)
        if held.accepted_at is not None:
            return None
        changes = compare(held)
        if fingerprint(changes) != seen:
            raise Overtaken(None)
        taken = [keep(change) for change in changes if change.sort != Sort.UNCHANGED]
        held.accepted_at = timezone.now()
        held.save(update_fields=["accepted_at"])
    return len(taken)
