"""What a test looks at: the open terms of a case, and whether a refusal left anything behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from casework.models import Dossier
from casework.steps import StepRefused


def terms(case: Any) -> dict[str, date]:
    """The open deadlines of a case, by kind."""
    found = case.dossier.deadlines.open().filter(case_type=case.CASE_TYPE, case_id=case.pk)
    return dict(found.values_list("kind", "due"))


def letters(case: Any) -> list[str]:
    """The kinds of letter in the dossier, oldest first."""
    return list(case.dossier.letters.order_by("pk").values_list("kind", flat=True))


def trace(dossier: Dossier) -> tuple[Any, ...]:
    """Everything that a step could leave behind in a dossier."""
    return (
        dossier.events.count(),
        list(dossier.deadlines.order_by("pk").values("kind", "due", "closed_at")),
        dossier.letters.count(),
        dossier.outgoing_mail.count(),
        list(dossier.application.decisions.order_by("pk").values("replaced_by", "revoked_at")),
        list(dossier.objections.order_by("pk").values("status", "decide_by", "excused", "decisions__annulled_on")),
        list(dossier.appeals.order_by("pk").values("status", "judged_on")),
        list(dossier.default_notices.order_by("pk").values()),
    )


@contextmanager
def refused(case: Any, error: type[Exception] = StepRefused, *, match: str | None = None) -> Iterator[None]:
    """The step inside is refused, and nothing has changed."""
    before = trace(Dossier.objects.get(pk=case.dossier.pk))
    with pytest.raises(error, match=match):
        yield
    assert trace(Dossier.objects.get(pk=case.dossier.pk)) == before
