"""Collects the rows of many stories and stores them at once, in the order in which they need each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from casework.models import Deadline, Document, Dossier, Event, Letter, Message, NumberSeries
from exemptions.models import (
    Applicant,
    Application,
    CompletionRequest,
    DayUse,
    Decision,
    EvidenceItem,
    Exemption,
    FactsRecord,
    Mandate,
    Note,
    Proposal,
    RequestedItem,
    ViewRequest,
)

BATCH = 2000
Row = TypeVar("Row", bound=models.Model)
OF_A_CASE = (
    FactsRecord,
    EvidenceItem,
    Document,
    EvidenceItem.documents.through,
    CompletionRequest,
    RequestedItem,
    ViewRequest,
    Proposal,
    Decision,
    Exemption,
    DayUse,
    Note,
)


@dataclass
class Rows:
    """Rows that are not stored yet; they refer to each other as objects, which get their keys when stored."""

    of: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    numbered: list[tuple[datetime, Dossier]] = field(default_factory=list)
    of_case: list[tuple[Application, Event | Deadline]] = field(default_factory=list)
    written: list[Callable[[], Iterable[Letter | Message]]] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Keep a row for later."""
        self.of[type(row)].append(row)
        return row

    def add_to_case(self, application: Application, row: Event | Deadline) -> None:
        """Keep a row that names its case by number."""
        self.of_case.append((application, row))

    def store(self) -> None:
        """Store everything; the words of letters come last, for they hold numbers and references."""
        self._number()
        for people in (User, Applicant, Mandate, Dossier):
            self._create(people, self.of[people])
        # A case that came in by conversion refers to the case before it.
        for successors in (False, True):
            stage = [row for row in self.of[Application] if bool(_predecessor(row)) is successors]
            self._create(Application, stage)
        for model in OF_A_CASE:
            self._create(model, self.of[model])
        for application, row in self.of_case:
            row.case_id = application.pk
        for model in (Event, Deadline):
            self._create(model, [row for _application, row in self.of_case if isinstance(row, model)])
        papers = [paper for write in self.written for paper in write()]
        for model in (Letter, Message):
            self._create(model, [paper for paper in papers if isinstance(paper, model)])

    def _create(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        model._base_manager.bulk_create(rows, batch_size=BATCH)

    def _number(self) -> None:
        """Numbers follow each other in the order in which the cases came in, and go on where the series stands."""
        last = dict(NumberSeries.objects.values_list("year", "last"))
        for at, dossier in sorted(self.numbered, key=lambda pair: pair[0]):
            year = timezone.localdate(at).year
            last[year] = last.get(year, 0) + 1
            dossier.number = f"ZES-{year}-{last[year]:06}"
        for year, number in last.items():
            NumberSeries.objects.update_or_create(year=year, defaults={"last": number})


def _predecessor(row: models.Model) -> Application | None:
    return row.converted_from if isinstance(row, Application) else None
