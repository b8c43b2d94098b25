"""`manage.py report`: the figures over a period, or the draft of the letter, as known at the end of a day."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from reporting import report
from reporting.letter import files, lifecycle
from reporting.period import BadPeriod, Period, read_day
from reporting.report_files import FORMATS as SHEETS

FORMATS = (*SHEETS, "pdf", "docx")


class Command(BaseCommand):
    """Compute the report and write it to a file or to standard output."""

    help = (
        "Reports every figure over a period; as pdf or docx the draft of the letter to parliament, in its standard "
        "words. The same three days give the same figures, whenever it is run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", required=True, metavar="DAY", help="first day, as 2024-07-01")
        parser.add_argument("--to", dest="last", required=True, metavar="DAY", help="last day, counted in")
        parser.add_argument("--as-of", required=True, metavar="DAY", help="what was known at the end of this day")
        parser.add_argument("--format", default="json", help=f"one of {', '.join(FORMATS)}")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write; standard output without it")

    def handle(self, *_args: Any, **options: Any) -> None:
        name = options["format"]
        if name not in FORMATS:
            works = ", ".join(FORMATS)
            raise CommandError(
                _("The format %(name)r does not exist. Choose one of: %(works)s.") % {"name": name, "works": works}
            )
        period = self.period(options)
        self.write(self.content(name, period), options["output"])
        if not period.is_final:
            self.stderr.write(_("The day of --as-of is not over yet: later the same report can give other figures."))

    def content(self, name: str, period: Period) -> bytes:
        """The bytes of the file: the figures, or the draft of the letter."""
        if name in SHEETS:
            return SHEETS[name][0](report.compute_report(period))
        return files.make_file(name, lifecycle.prepare_standard(period))

    def period(self, options: dict[str, Any]) -> Period:
        """Parse the days of the period."""
        try:
            return Period(read_day(options["first"]), read_day(options["last"]), read_day(options["as_of"]))
        except BadPeriod as error:
            raise CommandError(str(error)) from error

    def write(self, content: bytes, output: Path | None) -> None:
        """Write to the file, or as bytes to standard output, because a workbook is not text."""
        if output is None:
            self.write_bytes(content)
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("The report cannot be written to %(path)s: %(reason)s") % {"path": output, "reason": error.strerror}
            ) from error

    def write_bytes(self, content: bytes) -> None:
        """Bypass the text layer, if there is one, so that nothing is re-encoded."""
        stream = getattr(self.stdout, "buffer", None)
        if stream is None:
            self.stdout.write(content.decode(), ending="")
            return
        stream.write(content)
        stream.flush()
