"""What is given once for all vehicles of a list: answers, days, place, files; and what only some of them need."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed, take_typed
from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile, limits_per_item
from exemptions.fleet import common_answers, dry_run
from exemptions.forms.evidence import FilesForm
from exemptions.forms.fleet import ClassesForm, ManyDaysForm, find_required_evidence, items_of
from exemptions.forms.period import PeriodForm
from exemptions.forms.questions import QuestionsForm
from exemptions.intake import completeness, draft_files
from exemptions.models import FleetBatch, FleetRow, KindVersion
from exemptions.views.fleet_many import confirm_and_redirect, get_own_batch
from exemptions.views.screens import user_of
from zones.plates import spell_plate

NOT_KEPT = ("csrfmiddlewaretoken", "remove", "upload")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def fleet_form(request: HttpRequest, key: UUID) -> HttpResponse:
    """One page for everything that is the same."""
    batch = get_own_batch(request, key)
    if batch.confirmed_at:
        return confirm_and_redirect(request, batch)
    kind = batch.kind
    if kind is None:
        return redirect("fleet_what", key=key)
    if request.method == "POST":
        try:
            return CommonForms(request, batch, kind, request.POST).post()
        except common_answers.AlreadyConfirmed:
            return confirm_and_redirect(request, batch)
    return CommonForms(request, batch, kind, take_typed(request)).show()


class CommonForms:
    """The forms of the page, for one list."""

    def __init__(self, request: HttpRequest, batch: FleetBatch, kind: KindVersion, data: QueryDict | None) -> None:
        self.request, self.batch, self.kind, self.data = request, batch, kind, data
        self.kept: dict[str, Any] = {
            "wanted_from": timezone.localdate(),
            "day": timezone.localdate(),
            **batch.wish,
            **batch.answers,
            **batch.wish.get("typed", {}),
        }
        self.classes = ClassesForm(data, rows=self.rows_to_ask())
        self.forms: dict[str, BaseForm] = {
            "classes": self.classes,
            **(self.of_day() if kind.is_day else self.of_kind()),
        }

    def rows_to_ask(self) -> list[FleetRow]:
        """The vehicles that the user must classify."""
        return [row for row in self.batch.rows.all() if dry_run.needs_class(row, self.kind)]

    def of_day(self) -> dict[str, BaseForm]:
        """The forms of a day exemption: where and on which day."""
        return {"where": ManyDaysForm(self.data, initial=self.kept)}

    def of_kind(self) -> dict[str, BaseForm]:
        """The forms of any other kind: its questions, the period, the files."""
        files = self.request.FILES if self.data is not None and self.request.method == "POST" else None
        return {
            "questions": QuestionsForm(
                self.data,
                questions=self.questions(),
                known=self.batch.answers,
                among=self.kind.questions.all(),
                initial=self.kept,
            ),
            "where": PeriodForm(self.data, kind=self.kind, facts=None, initial=self.kept),
            "files": FilesForm(self.data, files, items=items_of(self.kind), by=user_of(self.request)),
        }

    def questions(self) -> list[Any]:
        """The questions that the answers so far leave; of a submitted page, only those that it showed."""
        known = {name: str(value) for name, value in (self.kept if self.data is None else self.data).items()}
        asked = completeness.select_to_answer(self.kind, known)
        shown = set(self.data.getlist("shown")) if self.data is not None else set()
        return [one for one in asked if self.data is None or one.code in shown]

    # --- sending ---

    def post(self) -> HttpResponse:
        """Store the files first; then go on, stay, or say what is wrong."""
        for form in self.forms.values():
            form.full_clean()
        self.keep_files()
        if "remove" in self.request.POST or "upload" in self.request.POST:
            return self.stay()
        if any(form.errors for form in self.forms.values()) or not self.has_every_file():
            return self.show()
        self.save()
        if not self.batch.is_filled_in:
            messages.info(self.request, _("Your answers lead to one more question."))
            return redirect("fleet_form", key=self.batch.key)
        return redirect("fleet_batch", key=self.batch.key)

    def stay(self) -> HttpResponse:
        """Show the page again after adding or removing a file; the rest stays as typed."""
        wanted = self.request.POST.get("remove", "")
        if wanted.isdecimal() and len(wanted) < 16 and (name := common_answers.remove_file(self.batch, int(wanted))):
            messages.success(self.request, _("“%(name)s” has been removed.") % {"name": name})
        if any(form.errors for name, form in self.forms.items() if name == "files"):
            return self.show()
        typed = {
            name: str(value).replace("\0", "") for name, value in self.request.POST.items() if name not in NOT_KEPT
        }
        common_answers.save_wish(self.batch, is_complete=False, typed=typed)
        return redirect("fleet_form", key=self.batch.key)

    def save(self) -> None:
        """Save what is the same for all vehicles, and the classes of some."""
        where = self.forms["where"].cleaned_data
        questions = self.forms.get("questions")
        answers = questions.answers() if isinstance(questions, QuestionsForm) else {}
        common_answers.save_classes(self.batch, self.classes.chosen())
        values = {"municipality": None, "day": None, "wanted_from": None, "wanted_until": None, **where}
        kept = {**self.batch.answers, **answers}
        is_complete = not self.has_new_questions(kept)
        common_answers.save_wish(self.batch, is_complete=is_complete, typed={}, answers=kept, **values)

    def has_new_questions(self, answers: dict[str, str]) -> bool:
        """Whether the answers make a question relevant that was not on the page."""
        if "questions" not in self.forms:
            return False
        shown, asked = self.forms["questions"].fields, completeness.select_to_answer(self.kind, answers)
        return any(one.code not in shown and not answers.get(one.code) for one in asked)

    # --- files ---

    def keep_files(self) -> None:
        """Store the good files; a refused one does not stop the others."""
        form = self.forms.get("files")
        if not isinstance(form, FilesForm):
            return
        for name, checked in form.checked.items():
            for one in checked:
                self.keep_file(form, name, one)

    def keep_file(self, form: FilesForm, name: str, checked: CheckedFile) -> None:
        try:
            common_answers.add_file(self.batch, form.items[name].requirement, checked)
        except draft_files.TooManyFiles:
            message = _("At most %(count)s files can be added here. Put several pages into one PDF.")
            form.add_error(name, message % {"count": MAX_PER_ITEM})
        except draft_files.NotKept:
            form.add_error(name, _("Files cannot be saved at the moment. Try again in a few minutes."))

    def has_every_file(self) -> bool:
        """Whether each required item has a file; adds an error to the field of each that has not."""
        form = self.forms.get("files")
        if not isinstance(form, FilesForm):
            return True
        missing = common_answers.without_file(self.batch, find_required_evidence(self.kind))
        for one in missing:
            form.add_error(f"item-{one.code}", _("Add a file: %(item)s") % {"item": one})
        return not missing

    # --- showing ---

    def show(self) -> HttpResponse:
        context = {
            **self.forms,
            "batch": self.batch,
            "kind": self.kind,
            "number": self.batch.rows.count(),
            "file_rows": self.file_rows(),
            "allowed": limits_per_item(),
            "known": self.judged(),
            "extra": [form for name, form in self.forms.items() if name != "questions"],
            "first": self.forms.get("questions", self.forms["where"]),
            "has_errors": any(form.errors for form in self.forms.values()),
        }
        return render(self.request, "portal/fleet_form.html", context)

    def judged(self) -> list[dict[str, str]]:
        """The vehicles that certainly cannot be applied for, even before everything is filled in."""
        return [
            {"plate": spell_plate(one.row.plate), "reason": one.reason}
            for one in dry_run.judge_all(self.batch, today=timezone.localdate())
            if not one.fits and not dry_run.needs_class(one.row, self.kind)
        ]

    def file_rows(self) -> list[dict[str, Any]]:
        """Each file field with what was added before."""
        form = self.forms.get("files")
        if not isinstance(form, FilesForm):
            return []
        present = list(self.batch.files.select_related("requirement"))
        return [
            {
                "field": form[name],
                "requirement": item.requirement,
                "files": [file for file in present if file.requirement_id == item.requirement_id],
            }
            for name, item in form.items.items()
        ]
