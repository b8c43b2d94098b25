"""The policy settings by topic. The values are dated rows.

A new setting is an entry in the module of its topic, and a first value with its source in `data/policies.csv`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from casework.policy_settings import (
    day_exemptions,
    decisions,
    desk,
    letters,
    limits,
    money,
    objections,
    retention,
    returns,
    terms,
)
from casework.policy_settings.setting import Setting, infer_type


class Topic(models.TextChoices):
    """The subjects under which settings are grouped at the desk."""

    DECIDING = "deciding", _("Deciding")
    TERMS = "terms", _("Terms and reminders")
    OBJECTIONS = "objections", _("Objections and the court")
    DAY_EXEMPTIONS = "day-exemptions", _("Day exemptions and enforcement")
    LETTERS = "letters", _("Letters and contact")
    MONEY = "money", _("Fees, fines and subsidies")
    DESK = "desk", _("Work at the desk")
    LIMITS = "limits", _("Limits for who asks")
    RETURNS = "returns", _("Monthly returns")
    KEPT = "kept", _("How long we keep what comes in")


SETTINGS_BY_TOPIC: Mapping[Topic, Mapping[str, Setting]] = {
    Topic.DECIDING: decisions.SETTINGS,
    Topic.TERMS: terms.SETTINGS,
    Topic.OBJECTIONS: objections.SETTINGS,
    Topic.DAY_EXEMPTIONS: day_exemptions.SETTINGS,
    Topic.LETTERS: letters.SETTINGS,
    Topic.MONEY: money.SETTINGS,
    Topic.DESK: desk.SETTINGS,
    Topic.LIMITS: limits.SETTINGS,
    Topic.RETURNS: returns.SETTINGS,
    Topic.KEPT: retention.SETTINGS,
}
SETTINGS: Mapping[str, Setting] = {
    name: setting for settings in SETTINGS_BY_TOPIC.values() for name, setting in settings.items()
}


def get_setting_title(name: str) -> StrOrPromise:
    """The title of a setting; the name itself if the table does not have it."""
    return SETTINGS[name].title if name in SETTINGS else name


def find_setting(name: str, value: Any = None) -> Setting:
    """A setting by its name; if the table does not have it, one whose type follows from the value."""
    return SETTINGS.get(name) or Setting(name, "", infer_type(value))
