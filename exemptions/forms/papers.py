"""Files that come with a form: each is inspected, and stored in the transaction of the step that receives them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from accounts.models import User
from casework.models import Document
from casework.steps import StepRefused
from casework.uploads.refusals import FileRefused
from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile, check_upload, upload_limits
from exemptions.forms.evidence import FileInput

if TYPE_CHECKING:
    from casework.models import Dossier


class PapersField(forms.Field):
    """Files that are inspected before they are stored: a damaged document is refused with its own message.

    `by`: the account whose uploads are counted; forms in the portal set it.
    """

    widget = FileInput
    by: User | None = None

    def __init__(self, *, label: StrOrPromise, required: bool = False, most: int = MAX_PER_ITEM) -> None:
        self.most = most
        super().__init__(label=label, required=required, help_text=lazy(upload_limits, str)())

    def clean(self, value: list[Any]) -> list[CheckedFile]:
        """The acceptable files. Raises ValidationError with every reason for refusing one."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(value or ()) > self.most:
            raise ValidationError(gettext("At most %(count)s files at once.") % {"count": self.most})
        good, wrong = [], []
        for upload in value or ():
            try:
                good.append(check_upload(upload, by=self.by))
            except FileRefused as refused:
                wrong.append(refused)
        if wrong:
            raise ValidationError(wrong)
        return good


def keep_papers(papers: list[CheckedFile], *, dossier: "Dossier", by: User | None) -> list[Document]:
    """Store the files as documents of the dossier, in the transaction of the step that receives them."""
    kept = []
    for checked in papers:
        document = Document(dossier=dossier, added_by=by)
        try:
            document.fill(checked.content, name=checked.name, content_type=checked.content_type)
        except OSError as error:
            raise StepRefused(gettext("Files cannot be saved at the moment. Try again in a few minutes.")) from error
        document.save()
        kept.append(document)
    return kept
