"""Terms that we set or keep, and reminders of them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import DAYS, HOURS, TIMES, Setting, ValueType, make_number_setting

SETTINGS: Mapping[str, Setting] = {
    "completion_days": make_number_setting(
        _("days to complete an application"),
        _("How long an applicant has to complete an application (Awb 4:5)."),
        least=7,
        most=84,
        about_cases=True,
    ),
    "completion_rounds": make_number_setting(
        _("requests without an answer before setting aside"),
        _("How many requests for completion must have gone unanswered before a case is listed to be set aside."),
        least=1,
        most=5,
        unit=TIMES,
        about_cases=True,
    ),
    "view_days": make_number_setting(
        _("days to give a view"),
        _("How long an applicant has to give a view before a rejection based on other data (Awb 4:7)."),
        least=7,
        most=84,
        about_cases=True,
    ),
    "least_answer_days": make_number_setting(
        _("days at least to give a view, to repair or to ask for a hearing"),
        _("The shortest term a caseworker can set for a view, for repairing an objection or for asking for a hearing."),
        least=1,
        most=28,
        about_cases=True,
    ),
    "remind_after_days": make_number_setting(
        _("days without an answer before a reminder"),
        _("How long after an unanswered request for completion the applicant is reminded, once per request."),
        least=1,
        most=84,
        about_cases=True,
    ),
    "set_aside_silence_days": make_number_setting(
        _("days of silence after the last request before setting aside"),
        _("How long nothing must have been heard after the last request before a case is listed to be set aside."),
        least=7,
        most=84,
        about_cases=True,
    ),
    "expiry_notice_days": Setting(
        _("days before the end of access at which we email"),
        _(
            "How many days before the last day of an exemption, or of access by a rule, its holder or whoever "
            "follows "
            "the vehicle gets an email: one at each of these moments."
        ),
        ValueType.NUMBERS,
        DAYS,
        1,
        365,
    ),
    "letter_notice_hours": make_number_setting(
        _("hours at most between a letter and its email"),
        _("Within this time the applicant gets an email about a letter in the portal; the law allows 48 (Awb 2:10)."),
        least=1,
        most=48,
        unit=HOURS,
        about_cases=True,
    ),
    "draft_days": make_number_setting(
        _("days that a draft is kept"),
        _("How long after the last change an unsent application is removed."),
        least=7,
        most=730,
    ),
    "message_answer_working_days": make_number_setting(
        _("working days to answer a message about a case"),
        _("The applicant reads on the page of a case within how many working days a message is answered."),
        least=1,
        most=60,
        unit=_("working days"),
    ),
}
