"""Objections, hearings and the court."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import EUROS, Setting, ValueType, make_number_setting, make_words_setting

IN_ENGLISH = _("The same in English, for letters and pages in English.")

SETTINGS: Mapping[str, Setting] = {
    "repair_days": make_number_setting(
        _("days to repair an objection"),
        _("How long an objector has to repair an objection (Awb 6:6)."),
        least=7,
        most=84,
    ),
    "repair_remind_days": make_number_setting(
        _("days without an answer before a reminder to repair an objection"),
        _("How long after an unanswered request to repair an objection the objector is reminded, once."),
        least=1,
        most=84,
    ),
    "hearing_reply_days": make_number_setting(
        _("days to say whether one wants to be heard"),
        _("How long an objector has to say whether they want to be heard (Awb 7:3, d)."),
        least=7,
        most=84,
    ),
    "court_national": make_words_setting(
        _("district court for national decisions"),
        _("Where one appeals (Awb 8:7), as Midden-Nederland. Empty: the letter says where to find out."),
    ),
    "court_penalty_a_day": make_number_setting(
        _("what a court usually has each day too late cost"),
        _("Filled in beforehand when an order to decide is noted (Awb 8:55d); the judgment itself counts."),
        least=0,
        most=10_000,
        unit=EUROS,
    ),
    "court_penalty_most": make_number_setting(
        _("what a court usually sets as the most for days too late"),
        _("Filled in beforehand when an order to decide is noted (Awb 8:55d); the judgment itself counts."),
        least=0,
        most=1_000_000,
        unit=EUROS,
    ),
    "object_how": make_words_setting(
        _("how to object"),
        _("Stands under every decision that can be objected to (Awb 6:4)."),
        ValueType.LINES,
        2_000,
    ),
    "object_how_en": make_words_setting(_("how to object, in English"), IN_ENGLISH, ValueType.LINES, 2_000),
    "objection_address": make_words_setting(
        _("postal address for objections"), _("Where an objection on paper goes."), ValueType.LINES, 500
    ),
}
