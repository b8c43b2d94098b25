"""How much somebody may send or ask."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from casework.policy_settings.setting import TIMES, VEHICLES, Setting, make_number_setting, make_rate_setting

OF_EACH = _("The most for each account and each internet address.")
OF_VISITORS = _("The most for all visitors without an account together.")
SENDS_EMAIL = _("The most for each account and each internet address: each sends an email, maybe to somebody else.")

SETTINGS: Mapping[str, Setting] = {
    "drafts_max": make_number_setting(
        _("unsent applications of one account"),
        _("How many drafts one account can have at a time. A list of vehicles needs none."),
        least=1,
        most=1_000,
        unit=_("drafts"),
    ),
    "draft_megabytes_max": make_number_setting(
        _("megabytes of files in the unsent applications of one account"),
        _("Files of what was sent do not count, nor those of a list of vehicles."),
        least=1,
        most=100_000,
        unit=_("megabytes"),
    ),
    "phone_link_minutes": make_number_setting(
        _("minutes that a phone can add photos to a draft"),
        _("From when the code is shown beside the form."),
        least=5,
        most=240,
        unit=_("minutes"),
    ),
    "fleet_list_max": make_number_setting(
        _("vehicles that can be added to a fleet at once"),
        _("The longest list that can be pasted or uploaded."),
        least=1,
        most=50_000,
        unit=VEHICLES,
    ),
    "fleet_apply_max": make_number_setting(
        _("vehicles that can be applied for at once"),
        _("The most vehicles for which one form can be sent."),
        least=1,
        most=5_000,
        unit=VEHICLES,
    ),
    "fleet_vehicles_max": make_number_setting(
        _("vehicles in a fleet"),
        _("The most vehicles that one applicant can keep."),
        least=1,
        most=200_000,
        unit=VEHICLES,
    ),
    "question_confirmations_a_day": make_number_setting(
        _("confirmations of a question for one address in a day"),
        _("The most that one address gets, so that two machines do not keep writing to each other."),
        least=0,
        most=20,
        unit=TIMES,
    ),
    "watch_confirmations_a_day": make_number_setting(
        _("emails that ask one address in a day to confirm a followed plate"),
        _("The most that one address gets, so that nobody can fill the mailbox of somebody else through us."),
        least=1,
        most=100,
        unit=TIMES,
    ),
    "advice_confirmations_a_day": make_number_setting(
        _("confirmations of a request for advice for one address in a day"),
        _("The most that one address gets, so that nobody can fill the mailbox of somebody else through us."),
        least=0,
        most=20,
        unit=TIMES,
    ),
    "text_code_minutes": make_number_setting(
        _("minutes that a code by text message is valid"),
        _("With the code somebody confirms that a mobile number is theirs."),
        least=2,
        most=60,
        unit=_("minutes"),
    ),
    "text_code_tries": make_number_setting(
        _("times that a code by text message can be typed"),
        _("After as many wrong codes a new one has to be asked for."),
        least=1,
        most=10,
        unit=TIMES,
    ),
    "text_codes_an_hour": make_number_setting(
        _("codes by text message in an hour"),
        _("The most for one account, and for one mobile number: each is paid for, and may disturb somebody else."),
        least=1,
        most=20,
        unit=TIMES,
    ),
    "complaints_a_day": make_number_setting(
        _("complaints that one person can send in a day"),
        _("The most in the portal for each account and each internet address, so that no program fills the desk."),
        least=1,
        most=100,
        unit=TIMES,
    ),
    "vehicle_lookups_a_minute": make_rate_setting(
        _("look-ups in the vehicle register in a minute"), OF_EACH, most=1000
    ),
    "visitor_lookups_a_minute": make_rate_setting(
        _("look-ups in the vehicle register in a minute by all visitors"), OF_VISITORS, most=100000
    ),
    "upload_megabytes_an_hour": make_rate_setting(
        _("megabytes of files that one account sends in an hour"),
        _("Each file is looked through and scanned, whatever it is for."),
        most=100000,
        unit=_("megabytes"),
    ),
    "business_lookups_an_hour": make_rate_setting(
        _("look-ups in the Trade Register in an hour"),
        _("The most for each account and each internet address: each new number is paid for."),
        most=1000,
    ),
    "wishes_a_minute": make_rate_setting(_("applications begun without an account in a minute"), OF_EACH, most=1000),
    "verifications_a_minute": make_rate_setting(_("checks of a decision in a minute"), OF_EACH, most=1000),
    "day_exemptions_an_hour": make_rate_setting(
        _("day exemptions that one account asks for in an hour"),
        _("So that trying does not reveal on which days somebody else has one."),
        most=1000,
    ),
    "fleet_lists_an_hour": make_rate_setting(_("lists of vehicles in an hour"), OF_EACH, most=1000),
    "fleet_refreshes_an_hour": make_rate_setting(
        _("times that a fleet is looked up again in an hour"), OF_EACH, most=1000
    ),
    "invitations_an_hour": make_rate_setting(
        _("invitations to act for an applicant in an hour"), SENDS_EMAIL, most=1000
    ),
    "phone_links_a_minute": make_rate_setting(
        _("links to add photos by phone that are opened in a minute"),
        _("The most from one internet address, so that nobody finds one by trying."),
        most=1000,
    ),
    "contact_forms_an_hour": make_rate_setting(
        _("questions to the editors by the form in an hour"), OF_EACH, most=1000
    ),
    "contact_files_an_hour": make_rate_setting(
        _("files with questions to the editors in an hour"), OF_EACH, most=10000
    ),
    "assistant_questions_a_minute": make_rate_setting(_("questions to the assistant in a minute"), OF_EACH, most=1000),
    "assistant_hand_overs_a_minute": make_rate_setting(
        _("questions handed over by the assistant in a minute"), OF_EACH, most=100
    ),
    "address_searches_a_minute": make_rate_setting(_("look-ups of an address in a minute"), OF_EACH, most=1000),
    "visitor_address_searches_a_minute": make_rate_setting(
        _("look-ups of an address in a minute by all visitors"), OF_VISITORS, most=100000
    ),
    "advice_requests_an_hour": make_rate_setting(_("requests for advice in an hour"), OF_EACH, most=100),
    "case_messages_a_day": make_rate_setting(
        _("messages about a case in a day"),
        _("The most from each side: the applicant's and the desk's."),
        most=1000,
    ),
    "messages_an_hour": make_rate_setting(
        _("messages that one account writes in an hour"), _("About all its cases together."), most=1000
    ),
    "watches_an_hour": make_rate_setting(
        _("number plates that somebody asks to follow in an hour"), SENDS_EMAIL, most=1000
    ),
    "visitor_watches_an_hour": make_rate_setting(
        _("number plates that all visitors ask to follow in an hour"),
        _("The most for everybody together."),
        most=100000,
    ),
    "street_checks_a_minute": make_rate_setting(
        _("checks in the street by one officer in a minute"),
        _("Counted by person alone: a phone shares its address with strangers."),
        most=1000,
    ),
}
