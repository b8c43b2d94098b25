"""How caseworkers share and plan their work."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import CASES, ROWS, Setting, make_number_setting

SETTINGS: Mapping[str, Setting] = {
    "bulk_cases": make_number_setting(
        _("cases that are done together at most"),
        _("So many cases of a list can be assigned, taken up, reminded of or approved at once."),
        least=1,
        most=500,
        unit=CASES,
    ),
    "next_case_most_open": make_number_setting(
        _("open cases with which nobody gets a next one"),
        _("Who has so many open cases that wait for us gets no next case before some of them are done."),
        least=1,
        most=1_000,
        unit=CASES,
    ),
    "snooze_margin_days": make_number_setting(
        _("days before the last day on which a case is on its caseworker's lists"),
        _("A case can be put aside until so many days before the last day to decide at most."),
        least=0,
        most=60,
    ),
    "snooze_most_days": make_number_setting(
        _("days for which a case is put aside at most"),
        _("A caseworker can put a case aside for so many days; then it stands on the lists again."),
        least=1,
        most=180,
    ),
    "satisfaction_days": make_number_setting(
        _("days in which somebody can say how satisfied they are"),
        _("After a decision was made known, its applicant is asked for so many days how we handled it; 0 is never."),
        least=0,
        most=365,
    ),
    "export_direct_rows": make_number_setting(
        _("rows up to which an export is made at once"),
        _("A longer list is made in the background, with an email when it is ready."),
        least=0,
        most=1_000_000,
        unit=ROWS,
    ),
}
