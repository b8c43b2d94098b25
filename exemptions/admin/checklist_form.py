"""The checklist on the case page: one form for all items, so that no reason typed at another item is lost.

Each button names its item and its judgement, and a browser sends every reason along with it. The one that counts
becomes the form of the step; the others stay in the session and reappear on the page. Enter acts as a button of its
own, which judges 'not sufficient' if exactly one reason was typed, and never accepts. After a judgement the page
returns to the next unjudged item, with its file next to it; with JavaScript (`static/desk/evidence_verdicts.js`) it
stays and only what changed is updated. One more button accepts everything that came in and that nobody judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from casework.desk.conflict import as_key
from casework.desk.step_page import StepPage
from casework.file_responses import SHOWN
from casework.models import Document
from casework.steps import lock_case
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.models import Application, EvidenceItem

if TYPE_CHECKING:
    from django.contrib.sessions.backends.base import SessionBase

SESSION_KEY = "reasons"
KEPT_CASES = 10
"""Enough for a few open tabs; the oldest are dropped first."""
MAX_CHARACTERS = 5000
PREFIX = "because-"
ALL = "all"
"""The judgement of the button that accepts everything that came in and that nobody judged."""
Reasons = dict[str, str]
"""By the key of the item, as text, for the session."""


@dataclass(frozen=True)
class ChecklistRow:
    """An item of the checklist, with the content of its field for a reason."""

    item: EvidenceItem
    reason: str

    @property
    def is_acceptable(self) -> bool:
        """Whether the button for all accepts it: something came in, nobody judged it, and no reason is typed.

        Health data are excluded: the file is deleted as soon as it is accepted, so somebody must look at it first.
        """
        has_files = any(one.removed_at is None for one in self.item.documents.all())
        new_reason = self.reason and self.reason != self.item.because
        return self.item.is_to_judge and has_files and not self.item.requirement.sensitive and not new_reason


class AllAcceptedPage(StepPage):
    """The button that accepts all: takes the step `judge` for each item, all of them or none."""

    def posted(self) -> HttpResponse:
        """Accept what came in; the lock makes a colleague at the same case wait."""
        with transaction.atomic():
            lock_case(self.case)
            if overtaken := self.overtaken():
                return overtaken
            for row in build_checklist(self.request, self.case):
                if row.is_acceptable:
                    detail = {"item": row.item, "verdict": EvidenceItem.Verdict.ACCEPTED}
                    self.desk.take(self.case, self.step, by=self.user, detail=detail)
        return self.done()


def rewrite_as_step(request: HttpRequest, application: Application) -> None:
    """Turn the submitted checklist into the form of the step `judge`, and keep the reasons typed at other items."""
    items = {str(item.pk): item for item in application.evidence_items.all()}
    if "judgement" not in request.POST:
        keep_reasons(
            request.session,
            application,
            drop_reason(read_kept_reasons(request.session, application), request.POST.get("item", "")),
        )
        return
    typed = read_typed_reasons(request, items)
    changed = {key: text for key, text in typed.items() if text != get_stored_reason(items[key])}
    keep_reasons(request.session, application, changed)
    judgement = "" if is_for_all(request) else parse_judgement(request.POST["judgement"], changed)
    key, _space, verdict = judgement.partition(" ")
    form = request.POST.copy()
    for name in ("judgement", *(name for name in request.POST if name.startswith(PREFIX))):
        del form[name]
    form["item"], form["verdict"] = key, verdict
    form["because"] = "" if verdict == EvidenceItem.Verdict.ACCEPTED and key not in changed else typed.get(key, "")
    request.POST = form  # type: ignore[assignment]  # a QueryDict like the one that it replaces


def is_for_all(request: HttpRequest) -> bool:
    """Whether the user pressed the button that accepts all."""
    return request.POST.get("judgement") == ALL


def read_typed_reasons(request: HttpRequest, keys: Iterable[str]) -> Reasons:
    """The reason in the field of each item."""
    return {key: request.POST.get(f"{PREFIX}{key}", "").strip()[:MAX_CHARACTERS] for key in keys}


def parse_judgement(judgement: str, changed: Mapping[str, str]) -> str:
    """The item and judgement that a button names; for Enter, the only item at which a reason was typed, if any."""
    filled = [key for key, text in changed.items() if text]
    if judgement or len(filled) != 1:
        return judgement
    return f"{filled[0]} {EvidenceItem.Verdict.INSUFFICIENT}"


def next_address(application: Application, *, judged: str) -> str:
    """The case page at the next unjudged item, with its file; without one, the file of the judged item stays."""
    items = application.relevant_evidence
    if not items:
        return APPLICATIONS.case_address(application)
    place = next((place for place, item in enumerate(items) if str(item.pk) == judged), 0)
    further = [*items[place + 1 :], *items[: place + 1]]
    at = next((item for item in further if item.is_to_judge), items[place])
    shown = file_of(at) or file_of(items[place])
    beside = f"?document={shown.pk}" if shown else ""
    return f"{APPLICATIONS.case_address(application)}{beside}#proof-{at.pk}"


def find_opened_file(
    request: HttpRequest, application: Application, checklist: Sequence[ChecklistRow]
) -> Document | None:
    """The file next to the case: the one in the URL, or else of the first item to judge, or else of the first item.

    Health data open only on request.
    """
    if key := as_key(request.GET.get("document", "")):
        named = APPLICATIONS.documents(application).filter(pk=key).first()
        return named if named and can_be_shown(named) else None
    opening = [row.item for row in checklist if not row.item.requirement.sensitive]
    opening.sort(key=lambda item: not item.is_to_judge)
    return next(filter(None, map(file_of, opening)), None)


def file_of(item: EvidenceItem) -> Document | None:
    """The file of an item to show first: the newest if it came in after the item was judged."""
    files = sorted(filter(can_be_shown, item.documents.all()), key=lambda one: (one.added_at, one.pk))
    return (files[-1] if item.has_newer_file else files[0]) if files else None


def can_be_shown(document: Document) -> bool:
    """Whether it still exists, and has a type that browsers display: any other would be downloaded."""
    return document.removed_at is None and document.content_type in SHOWN


def get_stored_reason(item: EvidenceItem) -> str:
    """The saved reason that the page shows at an item."""
    return item.because if item.verdict == EvidenceItem.Verdict.INSUFFICIENT else ""


def build_checklist(request: HttpRequest, application: Application) -> list[ChecklistRow]:
    """Every item with its reason as it was left on the page, or else the saved one."""
    items = {str(item.pk): item for item in application.relevant_evidence}
    left = read_kept_reasons(request.session, application)
    unsaved = {key: text for key, text in left.items() if key in items and text != get_stored_reason(items[key])}
    keep_reasons(request.session, application, unsaved)
    return [ChecklistRow(item, unsaved.get(key, get_stored_reason(item))) for key, item in items.items()]


def read_kept_reasons(session: "SessionBase", application: Application) -> Reasons:
    """The reasons typed at the items of a case that were not judged yet."""
    found: Reasons = session.get(SESSION_KEY, {}).get(str(application.pk), {})
    return found


def keep_reasons(session: "SessionBase", application: Application, reasons: Reasons) -> None:
    """Replace the remembered reasons of the case."""
    others = {key: one for key, one in session.get(SESSION_KEY, {}).items() if key != str(application.pk)}
    both = {**others, str(application.pk): reasons} if reasons else others
    if both != session.get(SESSION_KEY, {}):
        session[SESSION_KEY] = dict(list(both.items())[-KEPT_CASES:])


def drop_reason(reasons: Reasons, key: str) -> Reasons:
    """The reasons without that of one item."""
    return {one: text for one, text in reasons.items() if one != key}
