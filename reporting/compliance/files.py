"""The files of passages: which ones are counted, and the count of one."""

from pathlib import Path

from django.utils.translation import gettext as _

from reporting.compliance.counting import Counted, count_passages
from reporting.compliance.ground import load_ground
from reporting.compliance.refusal import PassagesRefused
from reporting.compliance.sources import make_sources

SUFFIXES = {".parquet", ".csv"}


def list_files(passages: Path) -> list[Path]:
    """The file itself, or those in a folder with the extension of Parquet or CSV."""
    if not passages.is_dir():
        return [passages]
    found = sorted(file for file in passages.iterdir() if file.suffix.lower() in SUFFIXES)
    if not found:
        raise PassagesRefused(_("In this folder there is no file whose name ends in .parquet or .csv."))
    return found


def count_file(file: Path, zone: str, *, facts: Path | None) -> Counted:
    """Count one file, with the rules and exemptions now in the database."""
    return count_passages(file, make_sources(load_ground(zone), facts=facts), also=[facts] if facts else [])
