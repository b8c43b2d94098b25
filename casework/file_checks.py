"""What any file that comes in must pass, whatever it is for: a name to show, a size, the virus scanner.

Every refusal is a sentence that says what is wrong and what to do.
"""

import io
import unicodedata
from pathlib import PurePosixPath

import structlog
from clamav_client.clamd import ClamdError, ClamdNetworkSocket
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casework.characters import drop_invisible

log = structlog.get_logger("loket.uploads")

LONGEST_NAME = 150


class FileRefused(ValidationError):
    """This file cannot be taken; the message says why and what to do."""


class ScannerAway(FileRefused):
    """Nobody can say now whether the file is safe: the same file may be taken later."""


def get_upload_limit_mb() -> int:
    """The largest file in MB."""
    return int(settings.UPLOAD_MAX_BYTES) // (1024 * 1024)


def tidy_name(typed: str) -> str:
    """A name to show: without path, invisible characters; not too long."""
    bare = unicodedata.normalize("NFC", typed).replace("\\", "/").rsplit("/", 1)[-1]
    path = PurePosixPath(" ".join(drop_invisible(bare).split()).strip(".") or _("file"))
    return path.stem[: LONGEST_NAME - len(path.suffix[:10])] + path.suffix[:10]


def nobody_scans() -> bool:
    """Whether real people hand in files that no virus scanner sees: an installation that works, but lacks something."""
    return bool(settings.PRODUCTION and not settings.CLAMAV_HOST)


def scan_for_viruses(content: bytes, *, name: str) -> None:
    """Ask the virus scanner, where one is configured. Without its answer nothing is taken."""
    if not settings.CLAMAV_HOST:
        return
    host, _colon, port = settings.CLAMAV_HOST.partition(":")
    scanner = ClamdNetworkSocket(host=host, port=int(port or 3310), timeout=30.0)
    try:
        state, found = scanner.instream(io.BytesIO(content))["stream"]
    except (ClamdError, KeyError, OSError) as error:
        log.error("virus_scanner_away", error=type(error).__name__)
        raise ScannerAway(
            _("We cannot check files for viruses just now. “%(name)s” was not added. Try again in a few minutes.")
            % {"name": name}
        ) from error
    if state != "OK":
        log.warning("virus_found", state=state, found=str(found))
        raise FileRefused(
            _("Our virus scanner does not trust “%(name)s”. Make a new scan or photo of the document and send that.")
            % {"name": name}
        )
