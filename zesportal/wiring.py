"""Where the apps are joined: what each of them adds to the shared modules."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import complaints.deadline_words
import exemptions.deadline_words
import objections.deadline_words
from casework.deadline_words import SumInWords
from casework.desk import dashboard, related_panels
from casework.desk.files import Keys
from casework.desk.steps import CaseDesk
from casework.desk.timeline import Wording
from casework.dossier_pdf import export as of_dossiers
from casework.dossier_pdf.pieces import Texts, list_messages
from casework.exports import changelists
from casework.exports.access import Rights
from casework.exports.listing import Listing
from complaints import overview as of_own_complaints
from complaints import placeholders as of_complaint_letters
from complaints import worklists as of_complaints
from complaints.admin import timeline as of_complaint_steps
from complaints.admin.desk_steps import COMPLAINTS_DESK
from complaints.models import Complaint
from correspondence import placeholders as of_submission_letters
from correspondence import worklists as of_submissions
from correspondence.admin import timeline as of_submission_steps
from correspondence.admin.desk_steps import SUBMISSIONS_DESK
from correspondence.models import Submission
from exemptions import export as of_own_cases
from exemptions import placeholders as of_exemptions
from exemptions import worklists as of_exemption_cases
from exemptions.admin import dossier_pieces as of_application_pieces
from exemptions.admin import timeline as of_application_steps
from exemptions.admin.desk_steps import APPLICATIONS
from exemptions.admin.similar_decisions import build_similar_panel
from exemptions.models import Application, Ground, ThresholdVersion
from exemptions.placeholders import Letters
from exemptions.portal import my_questions, my_tasks
from exemptions.portal.overview import Besides, Objected
from exemptions.search import Finder, PageFinder
from exemptions.views.verify import Lookup, look_up_other_decision
from helpdesk import placeholders as of_helpdesk
from helpdesk import worklists as of_texts
from helpdesk.mailbox import desk_list, reply_history
from helpdesk.mailbox import desk_steps as of_question_steps
from helpdesk.mailbox import dossiers as of_questions
from helpdesk.models import Question
from helpdesk.models.outage import list_disturbances
from objections import placeholders as of_objection_letters
from objections import search as court_search
from objections import worklists as of_objection_cases
from objections.admin import case_page as of_objection_pages
from objections.admin import dossier_pieces as of_objection_pieces
from objections.admin import timeline as of_objection_steps
from objections.admin.appeal_steps import APPEALS
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.excuses import Disturbances
from objections.models import Appeal, Objection
from objections.portal import files, overview, references
from renewals import export as of_renewals
from renewals import placeholders as of_renewal_letters
from renewals import worklists as of_renewal_cases
from renewals.admin import desk_steps as of_renewal_steps
from renewals.admin import threshold_steps as of_thresholds
from renewals.admin.desk_steps import RENEWALS_DESK
from renewals.models import Renewal
from reporting import export as of_statistics
from reporting import placeholders as of_reporting
from reporting.letter import export as of_letters
from reporting.returns import export as of_returns
from reporting.site import export as of_site
from reporting.site.signals import export as of_signals
from watches import placeholders as of_watches

# --- Cases -------------------------------------------------------------------------------------------

CASE_DESKS: Sequence[CaseDesk[Any]] = (
    APPLICATIONS,
    OBJECTIONS,
    APPEALS,
    COMPLAINTS_DESK,
    SUBMISSIONS_DESK,
    RENEWALS_DESK,
    of_thresholds.THRESHOLDS_DESK,
    of_question_steps.QUESTIONS_DESK,
)
TIMELINES: Mapping[str, Wording] = {
    Application.CASE_TYPE: of_application_steps.WORDING,
    Objection.CASE_TYPE: of_objection_steps.OF_OBJECTION,
    Appeal.CASE_TYPE: of_objection_steps.OF_APPEAL,
    Complaint.CASE_TYPE: of_complaint_steps.WORDING,
    Submission.CASE_TYPE: of_submission_steps.WORDING,
    Renewal.CASE_TYPE: of_renewal_steps.WORDING,
    ThresholdVersion.CASE_TYPE: of_thresholds.WORDING,
    Question.CASE_TYPE: of_question_steps.WORDING,
}
DEADLINE_SUMS: Mapping[str, SumInWords] = {
    **exemptions.deadline_words.SUMS,
    **objections.deadline_words.SUMS,
    **complaints.deadline_words.SUMS,
}
CASE_PARTS: Mapping[str, Sequence[related_panels.Provider]] = {
    Application.CASE_TYPE: (
        of_objection_pages.build_application_panel,
        build_similar_panel,
        of_questions.build_case_panel,
    ),
    Objection.CASE_TYPE: (of_questions.build_case_panel,),
}
"""What the page of a case shows besides its own content."""
DISTURBANCES: Disturbances = list_disturbances
"""The outages that may excuse lateness."""
CASE_FILES: Mapping[str, Keys] = {
    Objection.CASE_TYPE: files.papers_of_objections,
    Appeal.CASE_TYPE: files.court_papers,
}
"""Which files of a dossier belong to one type of case only."""
DOSSIER_TEXTS: Mapping[str, Texts] = {
    Application.CASE_TYPE: of_application_pieces.list_texts,
    Objection.CASE_TYPE: of_objection_pieces.list_texts,
    Complaint.CASE_TYPE: list_messages,
}
"""The texts of a case in its dossier PDF."""
LETTERS: Sequence[Letters] = (
    of_exemptions.LETTERS,
    of_exemptions.EXPORT_MAILS,
    of_objection_letters.LETTERS,
    of_complaint_letters.LETTERS,
    of_submission_letters.LETTERS,
    of_renewal_letters.LETTERS,
    of_watches.LETTERS,
    of_reporting.LETTERS,
    of_helpdesk.ADVICE,
    of_helpdesk.QUESTIONS,
)

WORDS_OF_CODES: Callable[[], Mapping[str, str]] = Ground.rejections
"""What the codes in a policy setting stand for."""

# --- Lists -------------------------------------------------------------------------------------------

START_GROUPS: Sequence[dashboard.Provider] = (
    of_exemption_cases.waiting_for,
    *of_objection_cases.START_GROUPS,
    of_complaints.START_GROUP,
    of_submissions.START_GROUP,
    of_renewal_cases.START_GROUP,
    desk_list.waiting_for,
    of_texts.waiting_for,
)
"""The groups on the start page of the desk, in order."""
LISTINGS: Sequence[Listing] = (
    of_dossiers.LISTING,
    *of_own_cases.LISTINGS,
    *of_renewals.LISTINGS,
    of_statistics.LISTING,
    of_returns.LISTING,
    of_letters.LISTING,
    of_site.LISTING,
    of_signals.LISTING,
)
FIND_LISTING = changelists.find_listing
"""The lists of the admin, by the name of the model."""
EXPORT_RIGHTS: Sequence[Rights] = (of_own_cases.places_of, of_own_cases.mandates_of)

# --- The portal --------------------------------------------------------------------------------------

CASES_BESIDE: Sequence[Besides] = (
    my_tasks.build_task_cards,
    overview.build_cards,
    of_own_complaints.build_cards,
)
OBJECTED: Sequence[Objected] = (overview.find_objected_applications,)
QUESTIONS_ASKED: Sequence[my_questions.Provider] = (reply_history.of_applicant,)
FILES_INSIDE: Sequence[Keys] = (files.court_papers, files.advice_to_come)
"""Files that the desk keeps to itself."""
FILES_NOT_SENT: Sequence[Keys] = (files.not_sent,)
"""Files that the applicant's side has not sent yet."""
FINDERS: Sequence[Finder] = (
    references.find_applications,
    court_search.find_applications,
    of_questions.find_applications,
)
NUMBERED_PAGES: Sequence[PageFinder] = (court_search.find_page, of_questions.find_page)
"""What has a number of its own, besides applications: a search for it leads straight there."""
REFERENCE_LOOKUPS: Sequence[Lookup] = (references.look_up_reference, look_up_other_decision)
