"""Objections, hearings, decisions on objections and appeals: one file per noun."""

from objections.models.appeal import Appeal, CourtPaper, PreliminaryRelief
from objections.models.committee import Committee
from objections.models.hearing import Hearing
from objections.models.note import ObjectionNote
from objections.models.objection import Objection
from objections.models.outcome import ObjectionDecision
from objections.models.repair import RepairRequest
from objections.steps.statuses import AppealStatus, ObjectionStatus

__all__ = [
    "Appeal",
    "AppealStatus",
    "Committee",
    "CourtPaper",
    "Hearing",
    "Objection",
    "ObjectionDecision",
    "ObjectionNote",
    "ObjectionStatus",
    "PreliminaryRelief",
    "RepairRequest",
]
