"""Monthly returns of municipalities."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import Setting, ValueType, make_number_setting

DAY_OF_THE_MONTH = _("day of the month")

SETTINGS: Mapping[str, Setting] = {
    "return_due_day": make_number_setting(
        _("day of the next month until which a monthly return may come in"),
        _("A return that comes in after this day is late."),
        least=1,
        most=28,
        unit=DAY_OF_THE_MONTH,
    ),
    "return_remind_day": make_number_setting(
        _("day of the month from which a missing return is reminded of"),
        _("From this day on a municipality is reminded of late returns, once a month."),
        least=1,
        most=28,
        unit=DAY_OF_THE_MONTH,
    ),
    "parts_of_day_from": Setting(
        _("hours at which morning, afternoon and evening begin"),
        _("Three whole hours in local time, by which passages are counted. Before the first of them it is night."),
        ValueType.NUMBERS,
        most=23,
    ),
}
