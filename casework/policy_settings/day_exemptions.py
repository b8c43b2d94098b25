"""Day exemptions, and questions of enforcement."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import TIMES, VEHICLES, Setting, make_number_setting

SETTINGS: Mapping[str, Setting] = {
    "day_exemption_max": make_number_setting(
        _("day exemptions for a vehicle, a municipality and a year"),
        _("How many day exemptions a vehicle can get in one municipality in a calendar year."),
        least=1,
        most=366,
        unit=TIMES,
    ),
    "day_vehicles_max": make_number_setting(
        _("different vehicles for which one account can apply for day exemptions"),
        _("Within the days of the setting below. Whoever got a longer exemption from a caseworker is not limited."),
        least=1,
        most=10_000,
        unit=VEHICLES,
    ),
    "day_vehicles_days": make_number_setting(
        _("days in which those vehicles count"),
        _("After these days a vehicle for which an account applied for a day exemption no longer counts."),
        least=1,
        most=366,
    ),
    "day_check_working_days": make_number_setting(
        _("working days to check a day exemption"),
        _("A day exemption that was given on what the applicant typed is checked within as many working days."),
        least=1,
        most=60,
        unit=_("working days"),
    ),
    "enforcement_question_days": make_number_setting(
        _("days that questions of enforcement are kept"),
        _(
            "Who asked when, what for and where, with a digest of each number plate. After this they are removed "
            "(GDPR 5(1)(e))."
        ),
        least=1,
        most=1_830,
    ),
}
