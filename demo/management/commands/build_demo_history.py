"""`manage.py build_demo_history`: replays the demo's year by the product's own steps, and writes it to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo import build, snapshot


class Command(BaseCommand):
    """Rebuild the history. The figures are the same every time; only keys and references are random."""

    help = "Lives the year of the demo step by step and writes demo/history.xz. Takes a quarter of an hour."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--here", action="store_true", help="in this database, which has reference rows only")
        parser.add_argument("--forward", type=Path, help="only migrate the file, in this empty database, to that one")

    def handle(self, *_args: Any, here: bool, forward: Path | None, **_options: Any) -> None:
        if forward:
            build.bring_forward(forward)
        elif here:
            build.live_here()
        else:
            build.build_history()
            self.stdout.write(f"{snapshot.FILE.name}: {snapshot.FILE.stat().st_size / 1_000_000:.1f} MB")
