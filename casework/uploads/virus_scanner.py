"""Asks the virus scanner (clamd) about a file, where one is configured."""

import io

import structlog
from clamav_client.clamd import ClamdError, ClamdNetworkSocket
from django.conf import settings
from django.utils.translation import gettext as _

from casework.uploads.refusals import FileRefused, ScannerAway

log = structlog.get_logger("loket.uploads")


def nobody_scans() -> bool:
    """Whether real people hand in files that no virus scanner sees: an installation that works, but lacks something."""
    return bool(settings.PRODUCTION and not settings.CLAMAV_HOST)


def scan_for_viruses(content: bytes, *, name: str) -> None:
    """Raise FileRefused for a file with a virus, ScannerAway where the scanner does not answer."""
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
            _("Our virus scanner did not accept “%(name)s”. Make a new scan or photo of the document and send that.")
            % {"name": name}
        )
