"""The checklist on the case page: one form for all items, so that no reason typed at another item is lost.

Each button names its item and its judgement; a browser sends every reason along with it. The one that counts becomes
the form of the step; the others stay in the session and come back on the page. Enter is a button of its own, which
judges 'not sufficient' where one reason was typed, and never accepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from exemptions.models import Application, EvidenceItem

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

SESSION_KEY = "reasons"
KEPT_CASES = 10
"""A few open tabs; the oldest go first."""
MAX_CHARACTERS = 5000
PREFIX = "because-"
Reasons = dict[str, str]
"""By the key of the item, as a session keeps it."""


@dataclass(frozen=True)
class ToJudge:
    """An item of the checklist with what stands in its field for a reason."""

    item: EvidenceItem
    reason: str


def as_step(request: HttpRequest, application: Application) -> None:
    """Turn what the checklist sends into the form of the step `judge`, and keep the reasons typed at other items."""
    items = {str(item.pk): item for item in application.evidence_items.all()}
    if "judgement" not in request.POST:
        keep(request.session, application, without(kept(request.session, application), request.POST.get("item", "")))
        return
    typed = {key: request.POST.get(f"{PREFIX}{key}", "").strip()[:MAX_CHARACTERS] for key in items}
    changed = {key: text for key, text in typed.items() if text != stored(items[key])}
    keep(request.session, application, changed)
    key, _space, verdict = chosen(request.POST["judgement"], changed).partition(" ")
    form = request.POST.copy()
    for name in ("judgement", *(name for name in request.POST if name.startswith(PREFIX))):
        del form[name]
    form["item"], form["verdict"] = key, verdict
    form["because"] = "" if verdict == EvidenceItem.Verdict.ACCEPTED and key not in changed else typed.get(key, "")
    request.POST = form  # type: ignore[assignment]  # a QueryDict like the one that it replaces


def chosen(judgement: str, changed: Mapping[str, str]) -> str:
    """Which item and judgement a button names; for Enter the one item at which a reason was typed, if it is one."""
    filled = [key for key, text in changed.items() if text]
    if judgement or len(filled) != 1:
        return judgement
    return f"{filled[0]} {EvidenceItem.Verdict.INSUFFICIENT}"


def stored(item: EvidenceItem) -> str:
    """The reason that the page shows at an item by itself."""
    return item.because if item.verdict == EvidenceItem.Verdict.INSUFFICIENT else ""


def checklist(request: HttpRequest, application: Application) -> list[ToJudge]:
    """Every item with its reason as it was left on the page, else the stored one."""
    items = {str(item.pk): item for item in application.relevant_evidence}
    left = kept(request.session, application)
    unsaved = {key: text for key, text in left.items() if key in items and text != stored(items[key])}
    keep(request.session, application, unsaved)
    return [ToJudge(item, unsaved.get(key, stored(item))) for key, item in items.items()]


def kept(session: "SessionBase", application: Application) -> Reasons:
    """What was typed at the items of a case and not judged yet."""
    found: Reasons = session.get(SESSION_KEY, {}).get(str(application.pk), {})
    return found


def keep(session: "SessionBase", application: Application, reasons: Reasons) -> None:
    """Remember these, and no others, for the case."""
    others = {key: one for key, one in session.get(SESSION_KEY, {}).items() if key != str(application.pk)}
    both = {**others, str(application.pk): reasons} if reasons else others
    if both != session.get(SESSION_KEY, {}):
        session[SESSION_KEY] = dict(list(both.items())[-KEPT_CASES:])


def without(reasons: Reasons, key: str) -> Reasons:
    """All but one."""
    return {one: text for one, text in reasons.items() if one != key}
