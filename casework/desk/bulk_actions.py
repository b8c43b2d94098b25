"""What lists of several sorts of case offer for many at once: assign, note letters as posted, print them."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, cast

import pikepdf
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework import file_responses, shared_steps
from casework.desk.bulk import BulkForm, BulkStep, Typed
from casework.desk.files import refuse_without_files
from casework.desk.forms import DayField, get_today
from casework.desk.steps import CaseDesk
from casework.desk.workload import describe_load, with_load
from casework.models import Letter
from casework.steps import Rehearsal

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import AwbCase

Colleagues = Callable[["User"], "QuerySet[User]"]
"""The colleagues to whom somebody can give a case of a sort."""
MOST_PRINTED = 100
"""Cases whose letters one answer can hold: a web server has half a minute."""


class ColleagueChoice(forms.ModelChoiceField["User"]):
    """A colleague, with what they have in hand and whether they are away."""

    def label_from_instance(self, obj: "User") -> str:
        return describe_load(obj)


class BulkAssignForm(BulkForm):
    """To whom."""

    to = ColleagueChoice(None, label=_("Colleague"), empty_label=None, widget=forms.RadioSelect)

    cases: "type[AwbCase]"
    colleagues: Colleagues

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = type(self).colleagues(self.user)
        field = cast("ColleagueChoice", self.fields["to"])
        field.queryset = with_load(found, cases=self.cases, today=timezone.localdate())


class Assign(BulkStep):
    """Give them to one colleague."""

    name = "assign"
    label = _("Assign")

    def __init__(self, *, cases: "type[AwbCase]", colleagues: Colleagues, permission: str) -> None:
        about = {"cases": cases, "colleagues": staticmethod(colleagues)}
        self.form = type("BulkAssignForm", (BulkAssignForm,), about)  # type: ignore[misc]
        self.permission = permission  # type: ignore[misc]

    def refuse(self, case: "AwbCase", form: BulkForm, kept: Sequence[str]) -> str:
        to = form.cleaned_data["to"]
        if case.assigned_to_id == to.pk:
            return gettext("%(name)s has this case already.") % {"name": to}
        if not case.assignees().contains(to):
            return gettext("%(name)s cannot handle this case; choose a colleague who can.") % {"name": to}
        return ""

    def typed(self, case: Any, form: BulkForm, kept: Sequence[str]) -> Typed:
        return {"to": [str(form.cleaned_data["to"].pk)]}

    def recorded(self, form: BulkForm) -> Mapping[str, Any]:
        return {"to": form.cleaned_data["to"].pk}

    def describe(self, case: "AwbCase", form: BulkForm, rehearsal: Rehearsal) -> str:
        words = {"now": case.assigned_to or gettext("nobody"), "then": form.cleaned_data["to"]}
        return gettext("From %(now)s to %(then)s") % words


class PostedForm(BulkForm):
    """When they were posted."""

    posted_on = DayField(
        label=_("Posted on"),
        last=get_today,
        help_text=_("The day that stands on the printed letters: print them on the day on which you post them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        field = cast("DayField", self.fields["posted_on"])
        field.initial = today
        field.bound(last=today)


class NotePosted(BulkStep):
    """All their letters that wait were printed and posted on one day; those that were shown, and no other."""

    name = "post_letters"
    label = _("Note letters as posted")
    lists = ("to-post",)
    form = PostedForm

    def __init__(self, *, permission: str) -> None:
        self.permission = permission  # type: ignore[misc]

    def keep(self, case: "AwbCase") -> tuple[str, ...]:
        return tuple(str(key) for key in shared_steps.to_post(case).values_list("letter_id", flat=True))

    def typed(self, case: Any, form: BulkForm, kept: Sequence[str]) -> Typed:
        return {"letters": kept, "posted_on": [form.cleaned_data["posted_on"].isoformat()]}

    def describe(self, case: "AwbCase", form: BulkForm, rehearsal: Rehearsal) -> str:
        waiting = Letter.objects.filter(pk__in=shared_steps.to_post(case).values("letter")).order_by("placed_at", "pk")
        return ", ".join(letter.subject for letter in waiting)


class PrintLetters:
    """All their letters that wait to be posted, as one file to print; each as it is if it is posted today."""

    name = "print_letters"
    label: StrOrPromise = _("Print letters")
    permission = "casework.view_document"
    lists = ("to-post",)

    def respond(
        self, request: HttpRequest, found: QuerySet[Any], *, desk: CaseDesk[Any], user: "User"
    ) -> FileResponse | None:
        """The file; None, with the reason on the page, where there is nothing to print, or too much."""
        refuse_without_files(user)
        keys = list(found.values_list("pk", flat=True)[: MOST_PRINTED + 1])
        if len(keys) > MOST_PRINTED:
            said = gettext("At most %(most)s cases are printed at once: choose fewer.") % {"most": MOST_PRINTED}
            messages.warning(request, said)
            return None
        cases = desk.seen(user).in_bulk(keys)
        letters = [letter for key in keys if key in cases for letter in list_letters(cases[key], desk=desk, user=user)]
        if not letters:
            messages.warning(request, gettext("Tick at least one case with letters to post."))
            return None
        made = FileResponse(join_letters(letters), filename=f"{gettext('letters')}.pdf", content_type="application/pdf")
        return file_responses.guard_response(made, "application/pdf")


def list_letters(case: "AwbCase", *, desk: CaseDesk[Any], user: "User") -> list[Letter]:
    """The letters of a case that wait to be posted, oldest first, as they are if that is done today."""
    waiting = desk.letters(case).filter(pk__in=shared_steps.to_post(case).values("letter")).order_by("placed_at", "pk")
    return [
        letter if letter.made_known_on else shared_steps.rehearse_posting(case, letter, by=user)
        for letter in waiting.select_related("pdf")
    ]


def join_letters(letters: Sequence[Letter]) -> io.BytesIO:
    """One PDF of many, each on pages of its own."""
    joined = io.BytesIO()
    with ExitStack() as opened:  # a page is read from its own file when the book is saved
        book = opened.enter_context(pikepdf.new())
        for letter in letters:
            content = b"".join(cast("Iterable[bytes]", file_responses.letter_as_response(letter)))
            book.pages.extend(opened.enter_context(pikepdf.open(io.BytesIO(content))).pages)
        book.save(joined)
    joined.seek(0)
    return joined
