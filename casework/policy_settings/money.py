"""Fees, fines and subsidies."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import EUROS, Setting, ValueType, make_number_setting, make_words_setting

IN_ENGLISH = _("The same in English, for letters and pages in English.")

SETTINGS: Mapping[str, Setting] = {
    "payment_how": make_words_setting(
        _("how and when a fee is paid"),
        _("As long as it is empty, pages and letters say that nothing is paid on this website, or now."),
        ValueType.LINES,
    ),
    "payment_how_en": make_words_setting(_("how and when a fee is paid, in English"), IN_ENGLISH, ValueType.LINES),
    "fine_van_eur": make_number_setting(
        _("fine for a van, in euros"),
        _("Without administration costs, as shown on the pages about fines."),
        least=0,
        most=10_000,
        unit=EUROS,
    ),
    "fine_truck_eur": make_number_setting(
        _("fine for a truck, in euros"),
        _("Without administration costs, as shown on the pages about fines."),
        least=0,
        most=10_000,
        unit=EUROS,
    ),
    "subsidies_known": make_words_setting(
        _("subsidies for an emission-free vehicle"),
        _("What is known of them, and on which day it was last checked. If it is empty, pages name no subsidy."),
        ValueType.LINES,
        1_000,
    ),
    "subsidies_known_en": make_words_setting(
        _("subsidies for an emission-free vehicle, in English"), IN_ENGLISH, ValueType.LINES, 1_000
    ),
}
