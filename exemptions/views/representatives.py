"""Who may act for an applicant: list, invite, end; and the invited person's side."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.form_recovery import ask_login, keep_typed, take_typed
from accounts.models import User
from casework.limits import is_within_limit
from exemptions import mandates
from exemptions.forms.mandate import InviteForm
from exemptions.models import Applicant, Invitation, Mandate
from exemptions.views.screens import user_of


@never_cache
@require_safe
@keep_typed
def list_representatives(request: HttpRequest) -> HttpResponse:
    """List the applicants for whom the user acts; redirects to the only one."""
    applicants = list(Applicant.objects.of(user_of(request)).order_by("name", "pk"))
    if len(applicants) == 1:
        return redirect("representatives_of", pk=applicants[0].pk)
    return render(request, "portal/representatives.html", {"applicants": applicants})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def representatives_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who may act for one applicant, and invite somebody."""
    applicant = get_own_applicant(request, pk)
    held = mandates.in_force(applicant)
    data = request.POST if request.method == "POST" else take_typed(request)
    form = InviteForm(data, has_owner=any(one.role == Mandate.Role.OWNER for one in held))
    if request.method == "POST" and form.is_valid() and send_invitation(request, applicant, form):
        return redirect("representatives_of", pk=pk)
    user = user_of(request)
    context = {
        "applicant": applicant,
        "held": [build_mandate_line(one, held, user=user) for one in held],
        "awaited": mandates.find_open_invitations(applicant),
        "ended": mandates.find_ended_mandates(applicant),
        "may_manage": mandates.can_manage(user, held),
        "form": form,
    }
    return render(request, "portal/representatives_of.html", context)


def build_mandate_line(mandate: Mandate, held: list[Mandate], *, user: User) -> dict[str, Any]:
    """One person on the page, and whether the reader can end their mandate."""
    may_end = not mandates.is_indispensable(mandate, held) and mandates.may_end(mandate, held, by=user)
    return {"mandate": mandate, "may_end": may_end, "is_me": mandate.user == user}


def get_own_applicant(request: HttpRequest, pk: int) -> Applicant:
    """An applicant for whom the user acts now; 404 for any other."""
    return get_object_or_404(Applicant.objects.of(user_of(request)), pk=pk)


def send_invitation(request: HttpRequest, applicant: Applicant, form: InviteForm) -> bool:
    """Send the invitation; False, with an error in the form, if that is impossible."""
    if not is_within_limit(request, "invitations_an_hour"):
        form.add_error(None, _("You have sent many invitations. Wait an hour and try again."))
        return False
    email = form.cleaned_data["email"]
    try:
        mandates.invite_person(
            applicant,
            email=email,
            role=form.role_chosen(),
            by=user_of(request),
            ends_on=form.cleaned_data["ends_on"],
        )
    except mandates.MandateRefused as refused:
        form.add_error("email", refused)
        return False
    messages.success(request, _("We have emailed an invitation to %(email)s. It works for 30 days.") % {"email": email})
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's mandate, after a confirmation."""
    mandate = get_object_or_404(
        Mandate.objects.in_force()
        .filter(applicant__in=Applicant.objects.of(user_of(request)))
        .select_related("user", "applicant"),
        pk=pk,
    )
    is_own = mandate.user == user_of(request)
    if not mandates.may_end(mandate, mandates.in_force(mandate.applicant), by=user_of(request)):
        raise PermissionDenied("not this user's to end")
    if request.method != "POST":
        return render(request, "portal/end_mandate.html", {"mandate": mandate, "is_own": is_own})
    try:
        mandates.end_mandate(mandate, by=user_of(request))
    except mandates.MandateRefused as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("%(name)s may no longer act.") % {"name": mandate.user})
        if is_own:
            return redirect("my_applications")
    return redirect("representatives_of", pk=mandate.applicant_id)


@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
def take_back_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    applicants = Applicant.objects.of(user_of(request))
    invitation = get_object_or_404(
        Invitation.objects.filter(applicant__in=applicants).select_related("applicant"), pk=pk
    )
    if request.method != "POST":
        return redirect("representatives_of", pk=invitation.applicant_id)
    if mandates.take_back(invitation.applicant, pk, by=user_of(request)):
        messages.success(request, _("The invitation to %(email)s no longer works.") % {"email": invitation.email})
    else:
        messages.info(request, _("This invitation has already been used."))
    return redirect("representatives_of", pk=invitation.applicant_id)


# --- The invited person's side --------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites, and accept: only for a user who logs in with the invited address, once, within thirty days."""
    if not request.user.is_authenticated:
        messages.info(request, _("You have an invitation. Log in with the email address that it was sent to."))
        return ask_login(request)
    found = Invitation.objects.filter(token=token).select_related("applicant", "sent_by").first()
    if found is None:
        return show_invitation_over(request)
    if not mandates.is_for(found, user_of(request)):
        return render(request, "portal/invitation.html", {"state": "other_address"}, status=HTTPStatus.FORBIDDEN)
    if request.method == "POST":
        return accept_and_redirect(request, found)
    if mandates.is_over(found):
        return redirect("my_applications") if acts_already(request, found) else show_invitation_over(request)
    return render(request, "portal/invitation.html", {"state": "open", "invitation": found})


def accept_and_redirect(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Accept; a second click leads to the same page."""
    try:
        mandate = mandates.accept_invitation(found, by=user_of(request))
    except (mandates.InvitationOver, PermissionDenied):
        return show_invitation_over(request)
    messages.success(request, _("You may now act for %(applicant)s.") % {"applicant": mandate.applicant})
    return redirect("my_applications")


def acts_already(request: HttpRequest, found: Invitation) -> bool:
    """Whether the user has already accepted."""
    return Applicant.objects.of(user_of(request)).filter(pk=found.applicant_id).exists()


def show_invitation_over(request: HttpRequest) -> HttpResponse:
    """The page for a used, withdrawn or expired invitation, with what to do."""
    return render(request, "portal/invitation.html", {"state": "over"}, status=HTTPStatus.GONE)
