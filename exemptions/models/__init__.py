"""Models of exemptions, from applicants to granted exemptions: one file per noun."""

from exemptions.models.applicant import Applicant, ChannelChoice, Invitation, LetterReading, Mandate
from exemptions.models.application import Application
from exemptions.models.change_request import ChangeRequest
from exemptions.models.completion import CompletionRequest, RequestedItem, ViewRequest
from exemptions.models.decision import Decision, Proposal
from exemptions.models.evidence import EvidenceItem
from exemptions.models.exemption import DayUse, Exemption, ExemptionSuspension
from exemptions.models.facts import FactsRecord
from exemptions.models.fleet import FleetBatch, FleetFile, FleetRow
from exemptions.models.kind import EvidenceRequirement, Ground, Kind, KindQuestion, KindVersion
from exemptions.models.note import Note
from exemptions.models.phone_link import PhoneLink
from exemptions.models.register_finding import RegisterCheck, RegisterFinding
from exemptions.models.registration import Channel, Registration
from exemptions.models.satisfaction import Satisfaction
from exemptions.models.text_block import TextBlock
from exemptions.models.threshold import Threshold, ThresholdVersion
from exemptions.models.vehicle import Vehicle
from exemptions.steps.statuses import Status

__all__ = [
    "Applicant",
    "Application",
    "ChangeRequest",
    "Channel",
    "ChannelChoice",
    "CompletionRequest",
    "DayUse",
    "Decision",
    "EvidenceItem",
    "EvidenceRequirement",
    "Exemption",
    "ExemptionSuspension",
    "FactsRecord",
    "FleetBatch",
    "FleetFile",
    "FleetRow",
    "Ground",
    "Invitation",
    "Kind",
    "KindQuestion",
    "KindVersion",
    "LetterReading",
    "Mandate",
    "Note",
    "PhoneLink",
    "Proposal",
    "RegisterCheck",
    "RegisterFinding",
    "Registration",
    "RequestedItem",
    "Satisfaction",
    "Status",
    "TextBlock",
    "Threshold",
    "ThresholdVersion",
    "Vehicle",
    "ViewRequest",
]
