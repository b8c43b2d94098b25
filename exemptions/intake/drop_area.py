"""The area for all files of a draft: each file goes to the item that its name or words point to."""

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
"""For all files of a request together; once it is over, files are sorted by name alone."""


@dataclass
class DropArea:
    """Puts the files of one request where they belong, one by one. `items`: the checklist before they came."""

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
        """Store a file under its item or under none; a duplicate is stored once.

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
        """Store a file under the item that somebody chose for it; raises the same as `add`."""
        return self.note(draft_files.add_file(item, checked, by=self.by), self.read(checked))

    def note(self, document: Document, words: str) -> Document:
        """Keep what a file says, as suggestions."""
        if words:
            drafts.keep_reading(self.draft, document, read_contract(words, today=clock.today()).as_json())
        return document

    def find_item(self, checked: CheckedFile, words: str) -> EvidenceItem | None:
        """The item for a file; None if that is unclear, or if a spreadsheet only looks like our form."""
        code = choose_place(checked.name, words, self.places)
        item = next((item for item in self.items if item.requirement.code == code), None)
        try:
            if item:
                refuse_unreadable_form(item, checked)
        except FileRefused:
            return None
        return item

    def read(self, checked: CheckedFile, *, sorts: bool = False) -> str:
        """The words of a PDF, if they help to sort it or to answer a question of the kind."""
        is_useful = sorts or any(question.read_as for question in self.draft.chosen_kind.questions.all())
        if not is_useful or checked.content_type != file_types.PDF.content_type or monotonic() > self.ends_at:
            return ""
        return pdf_text.extract_text(checked.content)


def move_file(draft: Application, document: Document, item: EvidenceItem) -> bool:
    """Move a file to another item; False if the draft was sent meanwhile. Raises TooManyFiles or FileRefused."""
    if document.content_type == file_types.XLSX:
        with document.file.open("rb") as content:
            checked = CheckedFile(document.name, content.read(), document.content_type)
        refuse_unreadable_form(item, checked)
    return draft_files.move_file(draft, document, item)
