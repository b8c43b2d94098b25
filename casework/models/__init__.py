"""What every case has; one file per noun."""

from casework.models.case import AwbCase, AwbCaseQuerySet, Case, CaseKey, CaseQuerySet
from casework.models.case_message import CaseMessage
from casework.models.court_order import CourtOrder
from casework.models.default_notice import DefaultNotice
from casework.models.document import Document
from casework.models.dossier import Deadline, Dossier, Event, NumberSeries
from casework.models.export import Export
from casework.models.incoming_case import IncomingCase
from casework.models.information_request import InformationRequest, InformationRequestQuerySet
from casework.models.letter import Letter, LetterText, PostalCopy
from casework.models.list_choice import ListColumns, SavedView
from casework.models.mention import Mention
from casework.models.message import Message
from casework.models.note import CaseNote
from casework.models.other_body import OtherBody
from casework.models.pending_step import PendingStep
from casework.models.reference import EquatedDay, Policy, ReferenceVersion
from casework.models.reference_change import ReferenceChange
from casework.models.snooze import Snooze
from casework.models.term_suspension import TermSuspension
from casework.models.text_message import TextMessage

__all__ = [
    "CaseKey",
    "AwbCase",
    "AwbCaseQuerySet",
    "Case",
    "CaseMessage",
    "CaseNote",
    "CaseQuerySet",
    "CourtOrder",
    "Deadline",
    "DefaultNotice",
    "Document",
    "Dossier",
    "EquatedDay",
    "Event",
    "Export",
    "IncomingCase",
    "InformationRequest",
    "InformationRequestQuerySet",
    "Letter",
    "LetterText",
    "ListColumns",
    "Mention",
    "Message",
    "NumberSeries",
    "OtherBody",
    "PendingStep",
    "Policy",
    "PostalCopy",
    "ReferenceChange",
    "ReferenceVersion",
    "SavedView",
    "Snooze",
    "TermSuspension",
    "TextMessage",
]
