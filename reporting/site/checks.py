"""What is wrong with the rows of a spreadsheet about the site: with each, and with all of them together."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reporting.site import columns, months, rules
from reporting.site.columns import COUNT, MONTH, OF_MONTH, TONE, TOPIC
from reporting.site.rows import Row, Sheet


def check(sheet: Sheet, *, today: date) -> None:
    """Note at every row what is wrong there."""
    first = months.earliest(today=today)
    for row in (*sheet.months, *sheet.mails):
        check_month(row, today=today, first=first)
    check_mails(sheet)
    check_months(sheet)


def check_month(row: Row, *, today: date, first: date) -> None:
    """A month is there, is over, and is not from long ago."""
    if row.month is None:
        row.note(MONTH, _("The month is missing. Type it as 2025-06."))
        return
    sentence = months.refused(row.month, today=today, first=first)
    if sentence:
        row.note(MONTH, sentence)


def check_mails(sheet: Sheet) -> None:
    """Each row of mails is whole, is there once, and belongs to a month in the same file."""
    there = {row.month for row in sheet.months}
    for row in sheet.mails:
        check_whole(row)
        if row.month and row.month not in there:
            row.note(
                MONTH,
                _("%(month)s has no row with its numbers in this file. Add it, or take this row out.")
                % {"month": date_format(row.month, "F Y")},
            )
    for row, others in repeated(sheet.mails, by=lambda row: (row.month, *rules.same(row.key))):
        row.note(
            TOPIC,
            _("This topic is in the file twice for the same month and tone: also in row %(rows)s. Keep one.")
            % {"rows": others},
        )


def check_whole(row: Row) -> None:
    """Topic, tone and number, all three."""
    if not row.values[TOPIC.name]:
        row.note(TOPIC, _("The topic is missing. Say what these emails were about."))
    if not row.values[TONE.name]:
        row.note(TONE, _("The tone is missing. Choose one of these: %(tones)s.") % {"tones": columns.tone_names()})
    if row.values[COUNT.name] is None:
        row.note(COUNT, _("The number is missing. Fill it in, or take the row out."))


def check_months(sheet: Sheet) -> None:
    """Each month is there once; and where each of its rows could be read, its numbers go together."""
    for row, others in repeated(sheet.months, by=lambda row: row.month):
        row.note(
            MONTH,
            _("%(month)s is in the file twice: also in row %(rows)s. Keep one.")
            % {"month": date_format(row.values[MONTH.name], "F Y"), "rows": others},
        )
    by_name = {column.name: column for column in OF_MONTH}
    for row in sheet.whole_months():
        for name, words in rules.problems(sheet.said(row)).items():
            row.note(by_name.get(name, MONTH), words)


def repeated(rows: Iterable[Row], *, by: Callable[[Row], Hashable]) -> Iterator[tuple[Row, str]]:
    """Rows, each right in itself, that are about the same; with the numbers of the others."""
    alike = defaultdict(list)
    for row in rows:
        if not row.problems:
            alike[by(row)].append(row)
    for group in alike.values():
        for row in group if len(group) > 1 else []:
            yield row, ", ".join(str(other.number) for other in group if other is not row)
