"""Screen 4: the evidence: one area for all files, and the checklist that shows where each of them went."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.models import Document
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile
from exemptions.forms.evidence import DropForm, FilesForm
from exemptions.intake import draft_files, drop_area
from exemptions.intake.drop_area import DropArea
from exemptions.models import EvidenceItem
from exemptions.views.screens import Screen


class EvidenceScreen(Screen):
    """Stores files as soon as they are sent, by whatever button; a refused file does not stop the others."""

    name = "evidence"
    needs_kind = True
    added = 0

    @property
    def title(self) -> str:
        return _("Add your evidence")

    @cached_property
    def items(self) -> list[EvidenceItem]:
        """The checklist, read once."""
        return self.draft.relevant_evidence

    @cached_property
    def known(self) -> set[int]:
        """The files that are there; read before the first of a request is stored."""
        return {one.pk for one in draft_files.find_files(self.draft)}

    @cached_property
    def doubled(self) -> list[str]:
        """The names of files that were sent, but were there already."""
        return []

    def forget_items(self) -> None:
        """Read the checklist again, after files were added, removed or moved."""
        self.__dict__.pop("items", None)

    @cached_property
    def area(self) -> DropArea:
        """The area for incoming files."""
        return DropArea(self.draft, self.items, self.user)

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> FilesForm:
        """A field for all files, and one for each item."""
        files = self.request.FILES if data is not None else None
        return DropForm(data, files, items=self.items, by=self.user)

    def button(self) -> HttpResponse | None:
        """Remove a file, after storing what was chosen elsewhere on the page."""
        if "remove" not in self.request.POST:
            return None
        answer = self.add_files()
        wanted = self.request.POST["remove"]
        removed = draft_files.remove_file(self.draft, int(wanted)) if wanted.isdecimal() and len(wanted) < 16 else None
        if removed:
            messages.success(self.request, _("“%(name)s” has been removed.") % {"name": removed.name})
        return answer or redirect(self.url(self.name))

    def post(self) -> HttpResponse:
        """Store and move the files first; then go on, stay, or show which ones were refused."""
        are_moved = self.move_files()
        answer = self.button()
        if answer is not None:
            return answer
        refused = self.add_files()
        if refused is not None:
            return refused
        if not are_moved or {"upload", "move"} & self.request.POST.keys():
            self.confirm_added()
            return redirect(self.url(self.name))
        lacking = self.lacking()
        if not {"later", "without"} & self.request.POST.keys() and (lacking or self.draft.unsorted_files):
            return self.show(self.form(), lacking=lacking, is_stopped=True, is_refused=True)
        return self.saved(None, is_later="later" in self.request.POST)

    def move_files(self) -> bool:
        """Move files for which another item was chosen; returns whether all could be moved."""
        files = {str(document.pk): document for document in draft_files.find_files(self.draft)}
        if self.request.POST.get("move") and self.request.POST["move"] not in files:
            raise Http404
        places = {item.requirement.code: item for item in self.items}
        chosen = {pk: places.get(self.request.POST.get(f"place-{pk}", "")) for pk in files}
        moved = [self.move(files[pk], item) for pk, item in chosen.items() if item]
        self.forget_items()
        return all(moved)

    def move(self, document: Document, item: EvidenceItem) -> bool:
        """Move one file to another item, or say why that is impossible."""
        about = {"name": document.name, "item": item.requirement, "count": MAX_PER_ITEM}
        try:
            drop_area.move_file(self.draft, document, item)
        except FileRefused as refused:
            messages.error(self.request, " ".join(refused.messages))
            return False
        except draft_files.TooManyFiles:
            full = _("“%(name)s” was not moved: at most %(count)s files can be added to “%(item)s”.")
            messages.error(self.request, full % about)
            return False
        messages.success(self.request, _("“%(name)s” is now with “%(item)s”.") % about)
        return True

    def lacking(self) -> list[EvidenceItem]:
        """Evidence that is needed but missing; applicants who are told so can go on and add it later."""
        self.forget_items()
        return [item for item in self.items if self.is_needed(item) and not item.documents.all()]

    def is_needed(self, item: EvidenceItem) -> bool:
        """Whether the application cannot be sent without this item."""
        return item.is_needed(extends=bool(self.draft.renews_id), is_foreign=self.draft.is_foreign)

    def add_files(self) -> HttpResponse | None:
        """Store the good files; returns the page with the reasons if any was refused."""
        form = self.form(self.request.POST)
        is_valid = form.is_valid()
        for name, item in form.items.items():
            self.add_to(form, name, form.checked[name], item)
        if isinstance(form, DropForm):
            self.add_to(form, "proof", form.unsorted)
        self.forget_items()
        return None if is_valid and not form.errors else self.show(form)

    def add_to(self, form: FilesForm, name: str, files: list[CheckedFile], item: EvidenceItem | None = None) -> None:
        """Add files to an item, or each where it belongs; one that does not fit is named, and the others are kept."""
        known = self.known if files else set()
        for checked in files:
            try:
                document = self.keep(checked, item)
            except draft_files.TooManyFiles:
                message = _(
                    "“%(name)s” was not added: an item can have at most %(count)s files."
                    " Put several pages into one PDF."
                )
                form.add_error(name, message % {"name": checked.name, "count": MAX_PER_ITEM})
            except draft_files.NoRoom:
                form.add_error(name, draft_files.explain_no_room())
                return
            except draft_files.NotKept:
                form.add_error(name, _("Files cannot be saved at the moment. Try again in a few minutes."))
                return
            else:
                self.note(checked, document, known)

    def note(self, checked: CheckedFile, document: Document, known: set[int]) -> None:
        """Count a file that is new, and name one that was known already."""
        if document.pk in known:
            self.doubled.append(checked.name)
        else:
            self.added += 1
            known.add(document.pk)

    def confirm_added(self) -> None:
        """Say that files were added, for those who cannot see the list change."""
        if self.added:
            words = ngettext("%(count)s file has been added.", "%(count)s files have been added.", self.added)
            messages.success(self.request, words % {"count": self.added})
        for name in self.doubled:
            messages.info(self.request, _("“%(name)s” was there already. It was not added again.") % {"name": name})

    def keep(self, checked: CheckedFile, item: EvidenceItem | None) -> Document:
        return self.area.add_to(item, checked) if item else self.area.add(checked)

    def context(self) -> dict[str, Any]:
        """Whether a contract can answer questions; `show` adds the items with their fields."""
        return {"reads": any(question.read_as for question in self.draft.chosen_kind.questions.all())}

    def show(self, form: BaseForm, **more: Any) -> HttpResponse:
        """Show each field with what was added before."""
        files = {item.requirement.code: list(item.documents.all()) for item in self.items}
        rows = (
            [
                {
                    "field": form[name],
                    "item": item,
                    "files": files[item.requirement.code],
                    "is_needed": self.is_needed(item),
                }
                for name, item in form.items.items()
            ]
            if isinstance(form, FilesForm)
            else []
        )
        return super().show(form, rows=rows, unsorted=list(self.draft.unsorted_files), **more)
