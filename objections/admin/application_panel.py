"""What the page of an application shows of its objections and appeals, to those who may see them."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from casework.desk.related_panels import Part
from exemptions.models import Application
from objections.admin.case_page import objections_of
from objections.admin.forms.registering import decisions_of
from objections.models import Appeal

if TYPE_CHECKING:
    from accounts.models import User


def of_application(application: Application, user: "User") -> Part | None:
    """The objections with their state, and the way to register one that came by post."""
    if not user.has_perm("objections.view_objection"):
        return None
    may_register = user.has_perm("objections.handle_objection") and decisions_of(application).exists()
    objections = list(objections_of(application, user=user))
    if not objections and not may_register:
        return None
    appeals = Appeal.objects.at_desk_of(user).filter(dossier=application.dossier_id)
    context = {
        "application": application,
        "objections": objections,
        "appeals": appeals.order_by("-filed_on", "-pk"),
        "may_register": may_register,
    }
    return Part("objections", _("Objections and appeals"), "desk/objection_beside.html", context)
