"""`manage.py compliance`: how many passages of a file were allowed in a zone, and why."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from reporting.compliance.refusal import PassagesRefused
from reporting.compliance.result import make_result, write_json

FORMATS = ("json",)


class Command(BaseCommand):
    """Count, and write the result to a file or to standard output."""

    help = (
        "Counts passages that cameras saw by part of day, vehicle class and why they were allowed. The passages stay "
        "where they are: no plate stands in the result, and no count under five. docs/returns.md says more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--passages",
            type=Path,
            required=True,
            metavar="FILE",
            help="Parquet or CSV, or a folder of them, with plate, country, at (with time zone), perhaps vehicle_class",
        )
        parser.add_argument("--zone", required=True, metavar="CODE", help="CBS code of the municipality, as GM0344")
        parser.add_argument(
            "--facts",
            type=Path,
            metavar="FILE",
            help="facts of vehicles, as Parquet or CSV, instead of questions to the vehicle register",
        )
        parser.add_argument(
            "--scheduler",
            metavar="ADDRESS",
            help="of a Dask scheduler, as tcp://host:8786, whose workers count the files of a folder (extra: cluster)",
        )
        parser.add_argument("--format", default="json", help=f"one of {', '.join(FORMATS)}")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write; standard output without it")

    def handle(self, *_args: Any, **options: Any) -> None:
        name, output = options["format"], options["output"]
        if name not in FORMATS:
            works = ", ".join(FORMATS)
            raise CommandError(
                _("The format %(name)r does not exist. Choose one of: %(works)s.") % {"name": name, "works": works}
            )
        try:
            content = write_json(
                make_result(
                    options["passages"], options["zone"], facts=options["facts"], scheduler=options["scheduler"]
                )
            )
        except PassagesRefused as refused:
            raise CommandError(str(refused)) from None
        if output is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(
                _("The result cannot be written to %(path)s: %(reason)s") % {"path": output, "reason": error.strerror}
            ) from error
