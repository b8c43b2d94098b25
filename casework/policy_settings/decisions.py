"""How decisions are taken, and how long what they grant lasts."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import Setting, ValueType, make_number_setting, make_switch_setting

SETTINGS: Mapping[str, Setting] = {
    "second_pair_for_rejection": make_switch_setting(
        _("second pair of eyes for every rejection"), _("A rejection waits until a second caseworker agrees.")
    ),
    "second_pair_for_hardship": make_switch_setting(
        _("second pair of eyes for a grant under the hardship clause"),
        _("A grant under the hardship clause waits until a second caseworker agrees."),
    ),
    "second_pair_by_lot_percent": make_number_setting(
        _("share of grants that a second pair of eyes looks at by lot"),
        _("Of the grants that one person may decide, so many in a hundred go to a colleague first; 0 is none."),
        least=0,
        most=100,
        unit=_("percent"),
        about_cases=True,
    ),
    "take_back_minutes": make_number_setting(
        _("minutes in which a letter can be taken back before it goes out"),
        _("A decision or letter waits as long before it goes out, never past midnight; 0 is at once."),
        least=0,
        most=60,
        unit=_("minutes"),
    ),
    "register_grounds": Setting(
        _("grounds of rejection that rest on the register alone"),
        _("When the conditions of a kind change, a person looks at rejections on any other ground."),
        ValueType.CODES,
    ),
    "delivery_margin_days": make_number_setting(
        _("days after the expected delivery that an exemption usually runs on"),
        _("The last day that is proposed for an exemption for a long delivery time."),
        least=0,
        most=365,
    ),
    "exemption_max_years": make_number_setting(
        _("years that an exemption lasts at most"),
        _("Where its kind names no duration: guards against a slip in the year."),
        least=1,
        most=20,
        unit=_("years"),
    ),
    "temporary_vehicle_days": make_number_setting(
        _("days with a temporary vehicle"),
        _("How long at most an exemption can be for a temporary vehicle, while the own one is not used."),
        least=1,
        most=365,
        about_cases=True,
    ),
    "unused_lapse_counts_last_day": make_switch_setting(
        _("the last day of an unused term counts"),
        _("Whether the last day of a term for completion that went by unused still suspends the term to decide."),
    ),
    "register_silence_days": make_number_setting(
        _("days without an answer of the vehicle register before the desk is told"),
        _(
            "Every day running exemptions are compared with the vehicle register. If it gives no answer for so "
            "long, "
            "the start page of the desk says so."
        ),
        least=1,
        most=30,
    ),
}
