"""Screen 6: the checklist, item by item."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile, limits_per_item
from exemptions.forms.evidence import FilesForm
from exemptions.intake import draft_files
from exemptions.models import EvidenceItem
from exemptions.views.screens import Screen


class EvidenceScreen(Screen):
    """Files are kept as soon as they are sent, with whatever button; one that is refused does not stop the others."""

    name = "evidence"
    needs_kind = True

    @property
    def title(self) -> str:
        """The heading."""
        return _("Add your evidence")

    @cached_property
    def items(self) -> list[EvidenceItem]:
        """The checklist, without what is not for this vehicle."""
        return [item for item in self.draft.evidence_items.with_all() if item.is_relevant(of=self.draft)]

    def form(self, data: QueryDict | None = None, **kwargs: Any) -> FilesForm:
        """A file field an item."""
        files = self.request.FILES if data is not None else None
        return FilesForm(data, files, items=self.items, by=self.user)

    def button(self) -> HttpResponse | None:
        """'Remove' next to a file; what was chosen elsewhere on the page is kept first."""
        if "remove" not in self.request.POST:
            return None
        answer = self.add_files()
        wanted = self.request.POST["remove"]
        removed = draft_files.remove_file(self.draft, int(wanted)) if wanted.isdecimal() and len(wanted) < 16 else None
        if removed:
            messages.success(self.request, _("“%(name)s” has been removed.") % {"name": removed.name})
        return answer or redirect(self.url(self.name))

    def post(self) -> HttpResponse:
        """Keep the files first; then go on, stay, or show which ones were refused."""
        answer = self.button()
        if answer is not None:
            return answer
        refused = self.add_files()
        if refused is not None:
            return refused
        if "upload" in self.request.POST:
            return redirect(self.url(self.name))
        if not {"later", "without"} & self.request.POST.keys() and (lacking := self.lacking()):
            return self.show(self.form(), lacking=lacking)
        return self.saved(None, is_later="later" in self.request.POST)

    def lacking(self) -> list[EvidenceItem]:
        """Proof that is needed and not there; who knows it can go on and add it later."""
        del self.items
        return [item for item in self.items if self.is_needed(item) and not item.documents.all()]

    def is_needed(self, item: EvidenceItem) -> bool:
        """Without it the application cannot be sent."""
        return item.is_needed(extends=bool(self.draft.renews_id), is_foreign=self.draft.is_foreign)

    def add_files(self) -> HttpResponse | None:
        """Add the good files; the page with the reasons where one was refused."""
        form = self.form(self.request.POST)
        is_valid = form.is_valid()
        for name, files in form.checked.items():
            self.add_to(form, name, files)
        if is_valid and not form.errors:
            return None
        del self.items
        return self.show(form)

    def add_to(self, form: FilesForm, name: str, files: list[CheckedFile]) -> None:
        """Add files to one item, as many as it may have."""
        try:
            for checked in files:
                draft_files.add_file(form.items[name], checked, by=self.user)
        except draft_files.TooManyFiles:
            message = _("At most %(count)s files can be added here. Put several pages into one PDF.")
            form.add_error(name, message % {"count": MAX_PER_ITEM})
        except draft_files.NoRoom:
            form.add_error(name, draft_files.no_room())
        except draft_files.NotKept:
            form.add_error(name, _("Files cannot be saved at the moment. Try again in a few minutes."))

    def context(self) -> dict[str, Any]:
        """Each item with its field, filled in by `show`."""
        return {"limits": limits_per_item()}

    def show(self, form: BaseForm, **more: Any) -> HttpResponse:
        """With each field what was added before."""
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
        return super().show(form, rows=rows, **more)
