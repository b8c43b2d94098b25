"""Who decides on a case, as its letters say: in whose name, by whom, under which mandate, and how to object.

Awb 3:45 and 6:23 (remedies), 10:10 and 10:11 (mandate, signature), 8:7 (the court of the authority's seat).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.languages import get_page_language, in_language
from accounts.roles import describe_function
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import Letter
from casework.reference_cache import read_once
from exemptions.placeholders import letter_placeholders
from zones.models import MunicipalAuthority, Municipality

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application
    from exemptions.models.kind import KindVersion


@dataclass(frozen=True)
class Authority:
    """Who decides, in the language of a letter. Anything that nobody has filled in yet is empty."""

    name: str
    """The name as it appears below a letter."""
    in_full: str
    """The name of each body, if the decision is in the name of many."""
    rules: str
    """The policy rules that it applies, with where they were published (Awb 3:47, 4:82)."""
    mandate: str
    contact: str
    objection_address: str
    court: str
    """The district of the court, such as Midden-Nederland."""
    itself: bool = False
    """Whether its own people take the decision, rather than the national desk under mandate."""


def find_authority(application: "Application", *, by: "User | None" = None) -> Authority:
    """The authority for a case today; `by`: who takes the decision, None if the system does or nobody has yet."""
    policy, language = CurrentPolicy.on(clock.today()), application.language
    municipality = application.municipality
    if municipality is not None and application.chosen_kind.is_municipal:
        return describe_municipality(municipality, policy, language, itself=decides_itself(municipality, by))
    return describe_all(application, policy, language)


def decides_itself(municipality: Municipality, by: "User | None") -> bool:
    """Whether the user who decides works for the municipality, and not for the national desk."""
    if by is None or by.has_perm("exemptions.view_every_application"):
        return False
    return municipality.staff.contains(by)


def describe_municipality(
    municipality: Municipality, policy: CurrentPolicy, language: str, *, itself: bool
) -> Authority:
    """One municipality, as it is today; its own texts take precedence over those of the desk."""
    own = MunicipalAuthority.objects.find_for(municipality, on=clock.today())
    name = in_language(own.authority_nl, own.authority_en, language)
    rules = own.policy_rules or _("the policy rules on exemptions for zero-emission zones of %(name)s") % {
        "name": municipality
    }
    return Authority(
        name=name,
        in_full=name,
        rules=rules,
        mandate=own.mandate or ("" if itself else policy.text("mandate_text", language)),
        contact=join_lines(own.contact) or describe_contact(policy),
        objection_address=join_lines(own.objection_address or policy.text("objection_address", language)),
        court=own.court,
        itself=itself,
    )


def describe_all(application: "Application", policy: CurrentPolicy, language: str) -> Authority:
    """The bodies of every municipality that has the kind, in whose name the national desk decides at once."""
    name = policy.text("authority_default", language)
    kind = application.kind
    names = name_municipalities(kind, on=clock.today()) if kind else []
    in_full = policy.text("authority_in_full", language).replace("{municipalities}", get_text_list(names, _("and")))
    return Authority(
        name=name,
        in_full=in_full if in_full and names else name,
        rules=_(
            "the policy rules on exemptions for zero-emission zones of these municipalities (published on "
            "lokaleregelgeving.overheid.nl)"
        ),
        mandate=policy.text("mandate_text", language),
        contact=describe_contact(policy),
        objection_address=join_lines(policy.text("objection_address", language)),
        court=policy.text("court_national", language),
    )


def name_municipalities(kind: "KindVersion", *, on: date) -> list[str]:
    """The municipalities that have a kind on a day."""
    return read_once((Municipality, kind.pk, on), lambda: [str(one) for one in kind.municipalities(on=on)])


def describe_contact(policy: CurrentPolicy | None = None) -> str:
    """The telephone number and email address of the desk, if filled in."""
    policy = policy or CurrentPolicy.on(clock.today())
    known = [policy.text("contact_phone"), policy.text("contact_email")]
    return f" {_('or')} ".join(filter(None, known)) or _("the portal")


def join_lines(text: str) -> str:
    """An address of several lines, on one line."""
    return ", ".join(filter(None, (line.strip(" ,") for line in text.splitlines())))


# --- In the words of a letter -------------------------------------------------------------------------------


def build_authority_context(authority: Authority) -> dict[str, object]:
    """What letters say about the authority, by placeholder."""
    return {
        "authority": authority.name,
        "mandate": authority.mandate,
        "contact": authority.contact,
        "object_how": describe_objecting(authority),
        "objection_address": describe_address(authority),
        "policy_rules": authority.rules,
        "appeal_court": describe_court(authority),
        "appeal_how": describe_appealing(authority),
    }


def describe_objecting(authority: Authority) -> str:
    """How to object, to which body and at which address (Awb 3:45(2), 6:4)."""
    policy = CurrentPolicy.on(clock.today())
    how = policy.text("object_how", get_page_language())
    body = _("We take this decision on behalf of %(authority)s.") % {"authority": authority.in_full}
    return f"{how} {describe_address(authority)}\n\n{body}".strip()


def describe_address(authority: Authority) -> str:
    """Where to send an objection; if that is not filled in, where to ask."""
    if authority.objection_address:
        return _("The address is: %(address)s.") % {"address": authority.objection_address}
    return _("Ask us for the address, via %(contact)s.") % {"contact": authority.contact}


def describe_court(authority: Authority) -> str:
    """The competent court (Awb 6:23(2), 8:7); just 'the district court' if its name is unknown."""
    return _("the district court %(name)s") % {"name": authority.court} if authority.court else _("the district court")


def describe_appealing(authority: Authority) -> str:
    """Where to read how to appeal, and to which court if the letter does not say."""
    if authority.court:
        return _("On rechtspraak.nl you can read how to do this.")
    return _("On rechtspraak.nl you can read how to do this and which court to go to.")


def describe_signer(by: "User | None", *, permission: str, automatic: bool = False) -> str:
    """Who took a decision and in which function (Awb 10:11); a placeholder in the letter of a proposal."""
    if automatic:
        return _("This decision was taken automatically.")
    if by is None:
        return _("(name and function of the colleague who approves this)")
    return ", ".join(filter(None, [by.name, describe_function(by, permission=permission)]))


# --- What is still to be filled in --------------------------------------------------------------------------


def list_gaps(application: "Application", letters: Iterable[Letter], *, by: "User | None" = None) -> list[str]:
    """What these letters still lack, if one announces a decision: an administrator has to fill it in."""
    signed = {kind for kind, names in letter_placeholders().items() if "signed_by" in names}
    if signed.isdisjoint(letter.kind for letter in letters):
        return []
    authority = find_authority(application, by=by)
    lacking = {
        _("the address for objections"): not authority.objection_address,
        _("the district court"): not authority.court,
        _("the mandate"): not authority.mandate and not authority.itself,
        _("telephone number or email address"): authority.contact == _("the portal"),
        _("your name"): by is not None and not by.name,
    }
    return [what for what, is_lacking in lacking.items() if is_lacking]
