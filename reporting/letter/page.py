"""The context of a letter's page: signatures, buttons, texts, files, and what is still missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_fsm import can_proceed, has_transition_perm
from django_stubs_ext import StrOrPromise

from reporting.letter import files
from reporting.letter.blocks import Document
from reporting.letter.chapters import CHAPTERS, OWN_TEXTS
from reporting.letter.document import Source, list_figures_used
from reporting.letter.numbers import Reports
from reporting.models import ReportToParliament
from reporting.statuses import ReportStatus
from reporting.steps import explain_unsettled

if TYPE_CHECKING:
    from accounts.models import User


DONE = {
    "approve": gettext_lazy("You have signed that the letter is right. It can now be published."),
    "send_back": gettext_lazy("The letter is a draft again."),
    "publish": gettext_lazy("The letter is published. Its numbers, words and files stay as they are."),
}
BUTTONS: dict[str, tuple[StrOrPromise, str]] = {
    "approve": (gettext_lazy("Sign: checked and right"), "primary"),
    "publish": (gettext_lazy("Sign and publish"), "primary"),
    "send_back": (gettext_lazy("Back to draft"), "secondary"),
}
STATUS_KINDS = {ReportStatus.DRAFT: "neutral", ReportStatus.CHECKED: "warning", ReportStatus.PUBLISHED: "ok"}
NAMES: dict[str, StrOrPromise] = {
    "pdf": gettext_lazy("Letter (PDF)"),
    "docx": gettext_lazy("Letter (Word)"),
    "xlsx": gettext_lazy("Figures of the period (XLSX)"),
    "csv": gettext_lazy("Figures of the period (CSV)"),
    "json": gettext_lazy("Figures of the period (JSON)"),
    "total.xlsx": gettext_lazy("Figures since the opening (XLSX)"),
    "total.csv": gettext_lazy("Figures since the opening (CSV)"),
    "total.json": gettext_lazy("Figures since the opening (JSON)"),
}


@dataclass(frozen=True)
class SignatureLine:
    """One signature, or the blank for it."""

    what: StrOrPromise
    who: str
    at: datetime | None


@dataclass(frozen=True)
class Button:
    """A step that somebody may take now."""

    name: str
    words: StrOrPromise
    kind: str


def get_person(request: HttpRequest) -> "User":
    """The logged-in user."""
    return cast("User", request.user)


def build_page_context(report: ReportToParliament, document: Document, *, user: "User") -> dict[str, Any]:
    """Everything on the page except the letter itself and the checksums of what it says."""
    return {
        "report": report,
        "status_kind": STATUS_KINDS[ReportStatus(report.status)],
        "signatures": list_signatures(report),
        "buttons": step_buttons(report, document, user),
        "waiting": describe_next_step(report, document),
        "may_write": not report.is_published and user.has_perm("reporting.change_reporttoparliament"),
        "blocks": list_editable_texts(report),
        "files": list_files(report),
        "problems": document.problems,
    }


def list_signatures(report: ReportToParliament) -> list[SignatureLine]:
    """Who made, checked and published the letter, and when."""
    return [
        SignatureLine(_("Made"), get_signer_name(report.made_by), report.made_at),
        SignatureLine(_("Checked"), get_signer_name(report.checked_by), report.checked_at),
        SignatureLine(_("Published"), get_signer_name(report.published_by), report.published_at),
    ]


def get_signer_name(user: "User | None") -> str:
    """The name of a colleague; empty if nobody signed."""
    return str(user.name or user.email) if user else ""


def step_buttons(report: ReportToParliament, document: Document, user: "User") -> list[Button]:
    """Buttons for the steps that this user may take now."""
    found = []
    for name, (words, kind) in BUTTONS.items():
        step = getattr(report, name)
        if can_proceed(step) and has_transition_perm(step, user) and not is_blocked(name, report, document):
            found.append(Button(name, words, kind))
    return found


def is_blocked(name: str, report: ReportToParliament, document: Document) -> bool:
    """Whether the step would be refused, so that it gets no button."""
    unready = name == "publish" and bool(explain_unfinished(document))
    return unready or (name != "send_back" and bool(explain_unsettled(report)))


def describe_next_step(report: ReportToParliament, document: Document) -> str:
    """What has to happen next and by whom; empty once published."""
    if report.is_published:
        return ""
    if sentence := explain_unfinished(document) or explain_unsettled(report):
        return sentence
    if report.last > report.as_of:
        return _("The period goes on after the day of 'as of'. Choose an 'as of' on or after its last day.")
    if report.status == ReportStatus.DRAFT:
        return _(
            "Now a colleague checks it who neither made the letter nor changed anything in it that is not checked yet."
        )
    return _("Now someone who may publish, and did not check the letter, publishes it.")


def explain_unfinished(document: Document) -> str:
    """Why the words are not ready yet; empty if they are."""
    if document.problems:
        return _("A text is not right yet: see the letter below.")
    if document.open_texts:
        return _("Something is still to be filled in: see 'Change'. Save a text empty if the letter does without it.")
    return ""


def list_editable_texts(report: ReportToParliament) -> list[dict[str, Any]]:
    """The texts that can be edited: which were changed, and which are still to be filled in."""
    changed = report.words()
    return [
        {
            "slug": one.slug,
            "title": one.title,
            "changed": one.slug in changed,
            "open": bool(one.asks) and one.slug not in changed,
        }
        for one in (*OWN_TEXTS, *CHAPTERS)
    ]


def list_files(report: ReportToParliament) -> list[dict[str, Any]]:
    """The files, with their checksums once they are published."""
    if report.is_published:
        kept = {one.format: one.sha256 for one in report.files.all()}
        return [{"name": name, "title": NAMES[name], "sha256": kept[name]} for name in NAMES if name in kept]
    made = files.list_formats(Reports(report.period))
    return [{"name": name, "title": NAMES[name], "sha256": ""} for name in NAMES if name in made]


def file_name(report: ReportToParliament, name: str) -> str:
    """The file name for a download, such as kamerbrief-2025-06-01-2025-07-31.pdf."""
    kind, _dot, ending = name.rpartition(".")
    about = f"{report.first}-{report.last}"
    return f"kamerbrief-{about}-sinds-opening.{ending}" if kind else f"kamerbrief-{about}.{ending}"


def confirm_saved(request: HttpRequest, was: str) -> None:
    """Tell the user that the change is saved, and that the check has lapsed if there was one."""
    if was == ReportStatus.CHECKED:
        messages.warning(
            request, _("Saved. The letter had been checked; it is a draft again, and must be checked again.")
        )
    else:
        messages.success(request, _("Saved."))


@dataclass(frozen=True)
class Gap:
    """A sentence about something that is missing or must be read again, and the items that it is about."""

    sentence: str
    parts: Sequence[str] = ()


def list_all_gaps(source: Source, document: Document) -> list[Gap]:
    """All gaps in a letter; empty if nothing is missing."""
    return [*not_delivered(source), *without_data(source), *find_remarks(source), *unfinished_parts(source, document)]


def not_delivered(source: Source) -> Iterator[Gap]:
    """Municipalities with a missing month."""
    missing = source.numbers["facts"]["returns"]["missing"]
    if missing:
        sentence = ngettext(
            "%(count)s municipality has not handed in everything about this period.",
            "%(count)s municipalities have not handed in everything about this period.",
            len(missing),
        )
        yield Gap(sentence % {"count": len(missing)}, [f"{one['name']}: {one['months']}" for one in missing])


def without_data(source: Source) -> Iterator[Gap]:
    """Figures that the letter mentions and that have no data."""
    figures = source.numbers["current"]["figures"]
    empty = [
        f"{name}: {figures[name]['title']}"
        for name in list_figures_used(source)
        if name in figures and all(row["count"] is None for row in figures[name]["rows"])
    ]
    if empty:
        yield Gap(_("The letter tells of figures without data."), empty)


def find_remarks(source: Source) -> Iterator[Gap]:
    """Corrections to earlier letters, a missing period before, and municipalities that fine from an unknown day."""
    facts = source.numbers["facts"]
    if facts["corrections"]:
        yield Gap(_("This letter corrects numbers of earlier letters: read them again."), facts["corrections"])
    if source.numbers.get("previous") is None:
        yield Gap(_("There is no period before this one: nothing is compared."))
    if facts["zones"]["unknown"]:
        sentence = ngettext(
            "Of %(count)s municipality it is not known from which day it fines.",
            "Of %(count)s municipalities it is not known from which day they fine.",
            facts["zones"]["unknown"],
        )
        yield Gap(sentence % {"count": facts["zones"]["unknown"]})


def unfinished_parts(source: Source, document: Document) -> Iterator[Gap]:
    """Texts that are open or cannot be filled in, and a missing signature."""
    if document.open_texts:
        sentence = _("Something is still to be filled in: such a letter is not published.")
        yield Gap(sentence, [str(title) for title in document.open_texts])
    if document.problems:
        yield Gap(_("A text cannot be filled in: such a letter is not published."), document.problems)
    if not source.draft.signed_by.strip():
        yield Gap(_("It is not filled in who signs the letter."))
