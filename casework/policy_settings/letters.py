"""What stands in letters, and how the desk is reached."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import Setting, ValueType, make_number_setting, make_words_setting

IN_ENGLISH = _("The same in English, for letters and pages in English.")
IN_WHOSE_NAME = _("As it stands under a letter. What one municipality decides is in the name that its own page has.")

SETTINGS: Mapping[str, Setting] = {
    "text_quiet_from": make_number_setting(
        _("hour from which no text messages go out"),
        _("What is to be said after this hour waits until the morning. The same hour twice: they go out all day."),
        least=0,
        most=23,
        unit=_("hour of the day"),
    ),
    "text_quiet_until": make_number_setting(
        _("hour from which text messages go out again"),
        _("In local time."),
        least=0,
        most=23,
        unit=_("hour of the day"),
    ),
    "authority_default": make_words_setting(_("in whose name: national decisions"), IN_WHOSE_NAME),
    "authority_default_en": make_words_setting(_("in whose name: national decisions, in English"), IN_ENGLISH),
    "authority_in_full": make_words_setting(
        _("in whose name: national decisions, each by its name"),
        _("Stands where a letter tells how to object. {municipalities} becomes the names of those with a zone."),
    ),
    "authority_in_full_en": make_words_setting(
        _("in whose name: national decisions, each by its name, in English"), IN_ENGLISH
    ),
    "mandate_text": make_words_setting(
        _("sentence about the mandate"),
        _("Stands in a decision under mandate (Awb 10:10). A municipality that decides itself has no such sentence."),
        ValueType.LINES,
        2_000,
    ),
    "mandate_text_en": make_words_setting(
        _("sentence about the mandate, in English"), IN_ENGLISH, ValueType.LINES, 2_000
    ),
    "sender_name": make_words_setting(_("name above letters"), _("The name of the desk above its letters.")),
    "sender_address": make_words_setting(
        _("postal address above letters"),
        _("The postal address of the desk, as on an envelope."),
        ValueType.LINES,
        500,
    ),
    "contact_phone": make_words_setting(
        _("telephone number of the desk"), _("Where an applicant reaches a person (Awb 2:1).")
    ),
    "contact_email": make_words_setting(
        _("email address of the desk"), _("Where an applicant reaches a person (Awb 2:1)."), ValueType.EMAIL
    ),
    "contact_hours": make_words_setting(_("hours of the telephone"), _("When the telephone is answered.")),
    "contact_hours_en": make_words_setting(_("hours of the telephone, in English"), IN_ENGLISH),
    "channel_text": make_words_setting(
        _("what someone agrees to who wants letters in the portal"),
        _("The choice for letters in the portal keeps the words that were shown (Awb 2:8)."),
        ValueType.LINES,
        2_000,
    ),
    "channel_text_en": make_words_setting(
        _("what someone agrees to who wants letters in the portal, in English"), IN_ENGLISH, ValueType.LINES, 2_000
    ),
    "site_name": make_words_setting(_("name of the site"), _("Stands at the top of every page of the portal.")),
    "site_owner": make_words_setting(
        _("who is responsible for the site"), _("The privacy page and the accessibility page name them.")
    ),
}
