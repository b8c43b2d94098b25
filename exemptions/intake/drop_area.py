"""The area for all files of a draft: each goes to the item where it belongs, as far as its name or words tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from accounts.models import User
from casework import clock
from casework.models import Document
from casework.uploads import file_types, pdf_text
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import CheckedFile
from exemptions.forms.evidence import refuse_unreadable_form
from exemptions.intake import draft_files, drafts
from exemptions.intake.contract_reading import read_contract
from exemptions.intake.file_sorting import Place, choose_place
from exemptions.models import Application, EvidenceItem

SECONDS_TO_READ = 12
"""For all files of a request together: the last of many are sorted by their name alone."""


@dataclass
class DropArea:
    """The files of one request, put one by one where they belong. `items`: the checklist as it was before."""

    draft: Application
    items: Sequence[EvidenceItem]
    by: User
    places: list[Place] = field(init=False)
    ends_at: float = field(init=False)

    def __post_init__(self) -> None:
        about = {"extends": bool(self.draft.renews_id), "is_foreign": self.draft.is_foreign}
        self.places = [
            Place(
                item.requirement.code,
                item.requirement.recognised_by,
                is_needed=item.is_needed(**about),
                is_empty=not item.documents.all(),
            )
            for item in self.items
        ]
        self.ends_at = monotonic() + SECONDS_TO_READ

    def add(self, checked: CheckedFile) -> Document:
        """Keep a file, with its item or with none; the same file is kept once.

        Raises TooManyFiles, NoRoom or NotKept (`draft_files`).
        """
        same: Document | None = draft_files.find_files(self.draft).filter(sha256=checked.sha256).first()
        if same:
            return same
        words = self.read(checked, sorts=len(self.places) > 1)
        item = self.find_item(checked, words)
        if item is None:
            return self.note(draft_files.add_unsorted(self.draft, checked, by=self.by), words)
        return self.note(draft_files.add_file(item, checked, by=self.by), words)

    def add_to(self, item: EvidenceItem, checked: CheckedFile) -> Document:
        """Keep a file with the item that somebody chose for it; raises as `add` does."""
        return self.note(draft_files.add_file(item, checked, by=self.by), self.read(checked))

    def note(self, document: Document, words: str) -> Document:
        """Keep what a file says, as suggestions."""
        if words:
            drafts.keep_reading(self.draft, document, read_contract(words, today=clock.today()).as_json())
        return document

    def find_item(self, checked: CheckedFile, words: str) -> EvidenceItem | None:
        """Where it belongs; None where nobody can tell, as of a spreadsheet that only looks like our form."""
        code = choose_place(checked.name, words, self.places)
        item = next((item for item in self.items if item.requirement.code == code), None)
        try:
            if item:
                refuse_unreadable_form(item, checked)
        except FileRefused:
            return None
        return item

    def read(self, checked: CheckedFile, *, sorts: bool = False) -> str:
        """The words of a PDF, where they help: to sort it, or to answer a question of the kind."""
        is_useful = sorts or any(question.read_as for question in self.draft.chosen_kind.questions.all())
        if not is_useful or checked.content_type != file_types.PDF.content_type or monotonic() > self.ends_at:
            return ""
        return pdf_text.extract_text(checked.content)


def move_file(draft: Application, document: Document, item: EvidenceItem) -> bool:
    """Put a file with another item; False if it was sent meanwhile. Raises TooManyFiles, or FileRefused."""
    if document.content_type == file_types.XLSX:
        with document.file.open("rb") as content:
            checked = CheckedFile(document.name, content.read(), document.content_type)
        refuse_unreadable_form(item, checked)
    return draft_files.move_file(draft, document, item)
