"""The Content-Security-Policy: everything from here, nothing inline, nobody frames us."""

from collections.abc import Iterable

from csp.constants import NONE, SELF


def build_policy(*, form_targets: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    """As django-csp wants it. A browser refuses to send a form of ours on to a host that is not a target."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "frame-src": [SELF],
            "object-src": [NONE],
            "base-uri": [NONE],
            "form-action": [SELF, *form_targets],
            "frame-ancestors": [SELF],
        }
    }
