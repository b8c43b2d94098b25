"""Under which topic each policy setting is found at the desk. Each stands in one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Topic:
    """A subject of settings, and their names."""

    title: StrOrPromise
    settings: frozenset[str]


def make_topic(title: StrOrPromise, names: str) -> Topic:
    """A topic of the settings in a text, separated by spaces."""
    return Topic(title, frozenset(names.split()))


TOPICS: Mapping[str, Topic] = {
    "deciding": make_topic(
        _("Deciding"),
        "second_pair_for_rejection second_pair_for_hardship second_pair_by_lot_percent take_back_minutes"
        " register_grounds delivery_margin_days exemption_max_years temporary_vehicle_days"
        " unused_lapse_counts_last_day register_silence_days",
    ),
    "terms": make_topic(
        _("Terms and reminders"),
        "completion_days completion_rounds view_days least_answer_days remind_after_days set_aside_silence_days"
        " expiry_notice_days letter_notice_hours draft_days message_answer_working_days",
    ),
    "objections": make_topic(
        _("Objections and the court"),
        "repair_days repair_remind_days hearing_reply_days court_national court_penalty_a_day court_penalty_most"
        " object_how object_how_en objection_address",
    ),
    "day-exemptions": make_topic(
        _("Day exemptions and enforcement"),
        "day_exemption_max day_vehicles_max day_vehicles_days day_check_working_days enforcement_question_days",
    ),
    "letters": make_topic(
        _("Letters and contact"),
        "authority_default authority_default_en authority_in_full authority_in_full_en mandate_text mandate_text_en"
        " sender_name sender_address contact_phone contact_email contact_hours contact_hours_en channel_text"
        " channel_text_en site_name site_owner",
    ),
    "money": make_topic(
        _("Fees, fines and subsidies"),
        "payment_how payment_how_en fine_van_eur fine_truck_eur subsidies_known subsidies_known_en",
    ),
    "desk": make_topic(
        _("Work at the desk"),
        "bulk_cases next_case_most_open snooze_margin_days snooze_most_days satisfaction_days export_direct_rows",
    ),
    "limits": make_topic(
        _("Limits for who asks"),
        "drafts_max draft_megabytes_max phone_link_minutes fleet_list_max fleet_apply_max fleet_vehicles_max"
        " question_confirmations_a_day watch_confirmations_a_day advice_confirmations_a_day complaints_a_day",
    ),
    "returns": make_topic(_("Monthly returns"), "return_due_day return_remind_day parts_of_day_from"),
    "kept": make_topic(
        _("How long we keep what comes in"),
        "question_days assistant_days advice_request_days watch_unconfirmed_days mailbox_days export_link_days",
    ),
}
