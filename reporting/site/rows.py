"""The rows of a spreadsheet about the site as they were read: of months, and of mails."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reporting.returns import table
from reporting.returns.columns import Column
from reporting.returns.table import Head, Problem
from reporting.site import delivery
from reporting.site.columns import CONTEXT, COUNT, MONTH, NAMES, SOURCE, TONE, TOPIC
from reporting.site.delivery import Delivery


@dataclass
class Row(table.Row):
    """A row, and under which header it stands."""

    head: Head | None = None

    @property
    def month(self) -> date | None:
        """Which month it is about, where that could be read."""
        found: date | None = self.values.get(MONTH.name)
        return found

    @property
    def key(self) -> tuple[str, str]:
        """Topic and tone."""
        return self.values[TOPIC.name], self.values[TONE.name]

    def note(self, column: Column, words: str) -> None:
        """Something that is wrong here."""
        if self.head:
            self.head.note(self, column, words)


@dataclass
class Sheet:
    """What a file says."""

    months: list[Row] = field(default_factory=list)
    mails: list[Row] = field(default_factory=list)

    @property
    def problems(self) -> list[dict[str, Any]]:
        """Every problem: of the months, then of the mails, in the order of the file."""
        return [vars(problem) for problem in self.found()]

    def found(self) -> Iterator[Problem]:
        """The problems themselves."""
        for row in (*self.months, *self.mails):
            yield from row.problems

    @property
    def good(self) -> list[dict[str, Any]]:
        """The months that have no problem in any of their rows, to keep."""
        return [kept(row, self.said(row)) for row in self.whole_months()]

    def whole_months(self) -> list[Row]:
        """The months of which nothing is wrong, in any row."""
        wrong = {row.month for row in (*self.months, *self.mails) if row.problems}
        return [row for row in self.months if row.month not in wrong]

    def said(self, row: Row) -> Delivery:
        """A month with its mails."""
        topics = {mail.key: mail.values[COUNT.name] for mail in self.mails if mail.month == row.month}
        values = row.values
        return Delivery({name: values[name] for name in NAMES}, topics, values[SOURCE.name], values[CONTEXT.name])


def kept(row: Row, said: Delivery) -> dict[str, Any]:
    """A month as an upload keeps it."""
    return {"row": row.number, "month": row.values[MONTH.name].isoformat(), **delivery.as_json(said)}
