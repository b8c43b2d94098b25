"""The policy settings by a name that people read; the rows themselves carry the name that the code asks for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

TITLES: Mapping[str, StrOrPromise] = {
    "second_pair_for_rejection": _("second pair of eyes for every rejection"),
    "second_pair_for_hardship": _("second pair of eyes for a grant under the hardship clause"),
    "completion_days": _("days to complete an application"),
    "view_days": _("days to give a view"),
    "remind_after_days": _("days of silence before a reminder"),
    "repair_days": _("days to repair an objection"),
    "repair_remind_days": _("days of silence before a reminder to repair an objection"),
    "hearing_reply_days": _("days to say whether one wants to be heard"),
    "least_answer_days": _("days at least to give a view, to repair or to ask for a hearing"),
    "completion_rounds": _("requests without an answer before setting aside"),
    "set_aside_silence_days": _("days of silence after the last request before setting aside"),
    "delivery_margin_days": _("days after the expected delivery that an exemption usually runs on"),
    "exemption_max_years": _("years that an exemption lasts at most"),
    "day_exemption_max": _("day exemptions for a vehicle, a municipality and a year"),
    "fleet_list_max": _("vehicles that can be added to a fleet at once"),
    "fleet_apply_max": _("vehicles that can be applied for at once"),
    "fleet_vehicles_max": _("vehicles in a fleet"),
    "draft_days": _("days that a draft is kept"),
    "expiry_notice_days": _("days before the end at which the holder is told"),
    "letter_notice_hours": _("hours at most between a letter and its mail"),
    "take_back_minutes": _("minutes in which a letter can be taken back before it goes out"),
    "register_grounds": _("grounds of rejection that rest on the register alone"),
    "unused_lapse_counts_last_day": _("the last day of a term that went by unused counts"),
    "authority_default": _("in whose name: national decisions"),
    "authority_default_en": _("in whose name: national decisions, in English"),
    "authority_municipal": _("in whose name: decisions of a municipality"),
    "authority_municipal_en": _("in whose name: decisions of a municipality, in English"),
    "mandate_text": _("sentence about the mandate"),
    "mandate_text_en": _("sentence about the mandate, in English"),
    "sender_name": _("name above letters"),
    "sender_address": _("postal address above letters"),
    "contact_phone": _("telephone number of the desk"),
    "contact_email": _("mail address of the desk"),
    "contact_hours": _("hours of the telephone"),
    "contact_hours_en": _("hours of the telephone, in English"),
    "payment_how": _("how and when a fee is paid"),
    "payment_how_en": _("how and when a fee is paid, in English"),
    "object_how": _("how to object"),
    "object_how_en": _("how to object, in English"),
    "objection_address": _("postal address for objections"),
    "return_due_day": _("day of the next month until which a monthly return may come in"),
    "return_remind_day": _("day of the month from which a missing return is reminded of"),
    "export_direct_rows": _("rows up to which an export is made at once"),
    "export_link_days": _("days that the file of an export is kept"),
    "fine_van_eur": _("fine for a van, in euros"),
    "fine_truck_eur": _("fine for a truck, in euros"),
    "advice_request_days": _("days that a request for advice is kept"),
    "channel_text": _("what one agrees to who wants letters in the portal"),
    "channel_text_en": _("what one agrees to who wants letters in the portal, in English"),
    "question_days": _("days that a question to the editors is kept after its end"),
    "question_confirmations_a_day": _("confirmations of a question for one address in a day"),
    "mailbox_days": _("days that a mail stays in the mailbox after it was taken in"),
    "site_name": _("name of the site"),
    "site_owner": _("who is responsible for the site"),
    "assistant_days": _("days that a conversation with the assistant is kept"),
}


def title(name: str) -> StrOrPromise:
    """The words for a setting; of one that an administrator made up, its name."""
    return TITLES.get(name, name)
