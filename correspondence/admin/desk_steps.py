"""Submissions at the desk: the form of each step, and the page to go to afterwards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from casework.desk.forms import LetterLanguage, StepForm
from casework.desk.forward_form import ForwardForm
from casework.desk.mail_form import MendMailForm
from casework.desk.post_form import PostForm
from casework.desk.steps import CaseDesk, DeskStep
from complaints.admin.forms.handling import LinkForm
from complaints.models import Complaint
from correspondence.admin.forms import NoteForm, ReturnForm
from correspondence.models import Submission
from correspondence.steps.statuses import TakenAs

if TYPE_CHECKING:
    from accounts.models import User


class SubmissionDesk(CaseDesk[Submission]):
    """Submissions at the desk."""

    model = Submission
    forms: ClassVar[Mapping[str, type[StepForm]]] = {
        "take_as_application": StepForm,
        "take_as_objection": LinkForm,
        "take_as_complaint": StepForm,
        "forward": ForwardForm,
        "return_to_sender": ReturnForm,
        "post_letters": PostForm,
        "mend_mail": MendMailForm,
        "note": NoteForm,
    }

    def seen(self, user: "User") -> QuerySet[Submission]:
        """Submissions that the user may see."""
        seen: QuerySet[Submission] = Submission.objects.at_desk_of(user).for_list()
        return seen

    def letter_language(self, case: Submission) -> LetterLanguage | None:
        """The language of the submission."""
        return LetterLanguage(case.language)

    def address_after(self, case: Submission, step: DeskStep, user: "User") -> str:
        """The URL where it continues as a case, else its own page."""
        return find_successor(case) or self.case_address(case)

    def title(self, case: Submission) -> str:
        """The title, with the number of the dossier."""
        return gettext("Submission %(number)s") % {"number": case.dossier}

    def line(self, case: Submission) -> list[str]:
        """Number, sender, status."""
        return [self.title(case), case.name, str(case.get_status_display())]


def find_successor(submission: Submission) -> str:
    """The URL of the page where it continues as a case, with the day of receipt; empty if it does not."""
    match submission.taken_as:
        case TakenAs.APPLICATION:
            return reverse("admin:exemptions_application_registration", args=[submission.key])
        case TakenAs.OBJECTION:
            register = reverse("admin:objections_objection_register", args=[submission.application_id])
            return f"{register}?received_on={submission.came_in_on.isoformat()}"
        case TakenAs.COMPLAINT:
            complaint = Complaint.objects.get(key=submission.key)
            return reverse("admin:complaints_complaint_change", args=[complaint.pk])
    return ""


SUBMISSIONS_DESK = SubmissionDesk()
