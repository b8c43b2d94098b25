"""Collects the rows of many stories and stores them at once, in the order in which they need each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from casework.models import Deadline, DefaultNotice, Document, Dossier, Event, Letter, Message, NumberSeries
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
from objections.models import (
    Appeal,
    CourtPaper,
    Hearing,
    Objection,
    ObjectionDecision,
    ObjectionNote,
    PreliminaryRelief,
    RepairRequest,
)
from renewals.models import Renewal, RenewalItem

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
    Objection,
    Objection.documents.through,
    Objection.led_to_thresholds.through,
    RepairRequest,
    Hearing,
    ObjectionDecision,
    ObjectionNote,
    Appeal,
    CourtPaper,
    PreliminaryRelief,
    Renewal,
)
OF_A_NUMBER = (Event, Deadline, DefaultNotice)
"""These name their case by its sort and number."""
OfANumber = Event | Deadline | DefaultNotice


@dataclass
class Rows:
    """Rows that are not stored yet; they refer to each other as objects, which get their keys when stored."""

    of: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    numbered: list[tuple[datetime, Dossier]] = field(default_factory=list)
    of_case: list[tuple[models.Model, OfANumber]] = field(default_factory=list)
    written: list[Callable[[], Iterable[Letter | Message]]] = field(default_factory=list)

    def add(self, row: Row) -> Row:
        """Keep a row for later."""
        self.of[type(row)].append(row)
        return row

    def add_to_case(self, case: models.Model, row: OfANumber) -> None:
        """Keep a row that names its case by number."""
        self.of_case.append((case, row))

    def store(self) -> None:
        """Store everything; the words of letters come last, for they hold numbers and references."""
        self._number()
        for people in (User, Applicant, Mandate, Dossier):
            self._create(people, self.of[people])
        self._create_in_stages(Application, "converted_from")  # a converted case refers to the one before it
        for model in OF_A_CASE:
            if model is Decision:
                self._create_in_stages(Decision, "replaced_by")  # a replaced decision refers to the one after it
            else:
                self._create(model, self.of[model])
        for case, row in self.of_case:
            row.case_id = case.pk
        for model in OF_A_NUMBER:
            self._create(model, [row for _case, row in self.of_case if isinstance(row, model)])
        self._write()

    def _write(self) -> None:
        """Letters and mails; and the cases of a run, each of which refers to its letter."""
        papers = [paper for write in self.written for paper in write()]
        for mail in papers:
            if isinstance(mail, Message) and mail.given_up_at:  # it was about the first letter of its dossier
                letters_of = (one for one in papers if isinstance(one, Letter) and one.dossier == mail.dossier)
                mail.letter = next(letters_of, None)
        for model in (Letter, Message):
            self._create(model, [paper for paper in papers if isinstance(paper, model)])
        letters = {paper.reference: paper for paper in papers if isinstance(paper, Letter) and paper.reference}
        for item in self.of[RenewalItem]:
            if isinstance(item, RenewalItem) and item.new_decision:
                item.letter = letters[item.new_decision.reference]
        self._create(RenewalItem, self.of[RenewalItem])

    def _create_in_stages(self, model: type[models.Model], refers_to: str) -> None:
        """First those that refer to no other row of their own kind."""
        for refers in (False, True):
            self._create(model, [row for row in self.of[model] if bool(getattr(row, refers_to)) is refers])

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
