"""The context of an objection's page, gathered in a constant number of queries.

Also the panel about objections and appeals on an application's page.
"""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework.desk import case_page, mentions
from casework.desk.related_panels import Part
from casework.models import Deadline, PostalCopy
from exemptions.admin.facts_form import in_words
from exemptions.models import Application, Decision
from objections.admin.desk_steps import OBJECTIONS
from objections.admin.forms.court import possible_targets
from objections.admin.forms.registration import find_objectable_decisions
from objections.admin.timeliness import in_time
from objections.admin.worklist_columns import hearing_of
from objections.models import Appeal, Objection
from objections.steps.announcement import DECISION_LETTERS
from zones.plates import spell_plate

if TYPE_CHECKING:
    from accounts.models import User


RUNS = Deadline.Kind.DECIDE_OBJECTION
TAKEN = ("taken_by", "new_decision", "new_penalty")
"""The relations of a decision on an objection that the page shows."""


def build_case_page_context(objection: Objection, *, user: "User") -> dict[str, Any]:
    """The context of the template."""
    shared = case_page.build_context(objection, desk=OBJECTIONS, user=user, at_their_place=(case_page.MEND_MAIL,))
    application = objection.application
    chain = find_chain(objection)
    return {
        **shared,
        "objection": objection,
        "application": application,
        "plate": spell_plate(application.plate, country=application.country) if application.plate else "",
        "decide": case_page.open_due(shared["deadlines"], objection, RUNS),
        "in_time": in_time(objection),
        "must_be_another": objection.was_decided_by(user),
        "chain": chain,
        "penalty": objection.penalty,
        "facts": in_words(chain[0].facts.vehicle) if chain[0].facts else [],
        "files": objection.documents.filter(removed_at=None),
        "repair_requests": objection.repair_requests.select_related("asked_by"),
        "committees": objection.committees.select_related("advice"),
        "must_enclose": must_enclose(objection),
        "hearing_at": hearing_of(objection),
        "hearings": objection.hearings.select_related("heard_by", "committee").prefetch_related("members"),
        "reliefs": objection.reliefs.all(),
        "appeals": Appeal.objects.at_desk_of(user).filter(objection=objection),
        "may_lodge": may_lodge(objection, user),
        "outcomes": objection.decisions.select_related(*TAKEN),
        "notes": mentions.list_notes(objection),
        "others": find_other_objections(objection, user=user),
        "by_post": PostalCopy.objects.of_dossier(objection),
        "channel": application.applicant.current_channel() if application.applicant else None,
    }


def must_enclose(objection: Objection) -> bool:
    """Whether a decision waits to be posted that must be accompanied by a committee's advice (Awb 7:13(7))."""
    waits = PostalCopy.objects.to_post().about(objection).filter(letter__kind__in=DECISION_LETTERS).exists()
    return waits and objection.committees.filter(ended_on=None).exclude(advised_on=None).exists()


def may_lodge(objection: Objection, user: "User") -> bool:
    """Whether the page links to registering an appeal: against a decision, or because we are late."""
    ripe = objection.has_ended or objection.is_late
    return ripe and user.has_perm("objections.handle_appeal") and bool(possible_targets(objection))


def find_chain(objection: Objection) -> list[Decision]:
    """The contested decision and those that it replaced, latest first, in one query."""
    decisions = objection.application.decisions.select_related("ground", "taken_by", "prepared_by", "facts")
    by_successor = {decision.replaced_by_id: decision for decision in decisions if decision.replaced_by_id}
    chain = [next(decision for decision in decisions if decision.pk == objection.decision_id)]
    while earlier := by_successor.get(chain[-1].pk):
        chain.append(earlier)
    return chain


def find_other_objections(objection: Objection, *, user: "User") -> Any:
    """Other objections of the dossier, as far as the user may see them."""
    seen = Objection.objects.at_desk_of(user).filter(dossier=objection.dossier_id)
    return seen.exclude(pk=objection.pk).select_related("decision", "dossier").order_by("-received_on")


def find_visible_objections(application: Application, *, user: "User") -> Any:
    """The objections about an application that the user may see."""
    seen = Objection.objects.at_desk_of(user).filter(dossier=application.dossier_id)
    return seen.select_related("decision", "dossier", "assigned_to").order_by("-received_on", "-pk")


def may_go_to_court(application: Application, user: "User") -> bool:
    """Whether the page links to registering an appeal against our silence, or a higher appeal against its judgment."""
    return user.has_perm("objections.handle_appeal") and bool(possible_targets(application))


def build_application_panel(application: Application, user: "User") -> Part | None:
    """The objections and appeals of an application, with a link to register one; None if there is nothing to show."""
    if not user.has_perm("objections.view_objection"):
        return None
    may_register = user.has_perm("objections.handle_objection") and find_objectable_decisions(application).exists()
    objections = list(find_visible_objections(application, user=user))
    appeals = list(Appeal.objects.at_desk_of(user).filter(dossier=application.dossier_id).order_by("-filed_on", "-pk"))
    may_lodge = may_go_to_court(application, user)
    if not (objections or appeals or may_register or may_lodge):
        return None
    context = {
        "application": application,
        "objections": objections,
        "appeals": appeals,
        "may_register": may_register,
        "may_lodge": may_lodge,
    }
    return Part("objections", _("Objections and appeals"), "desk/objection_beside.html", context)
