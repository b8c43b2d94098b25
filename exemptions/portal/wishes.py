"""The changes that a holder can ask for in the portal, and which of them are possible now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import can_proceed

from exemptions.authority import describe_address, find_authority
from exemptions.forms import change as forms
from exemptions.models import Application, Exemption
from exemptions.models.decision import Change
from exemptions.steps.amendment import describe_loan, find_standing, hindrance_to_amendment
from exemptions.steps.change_request import find_asked

if TYPE_CHECKING:
    from exemptions.models import ChangeRequest

Text = str | Promise


@dataclass(frozen=True)
class Wish:
    """One possible wish. `title`: the link to its page; `means`: its consequences; `done`: the message afterwards.

    `what`: the change that it requests, which we answer; without it the `step` is taken at once.
    """

    title: Text
    means: tuple[Text, ...]
    send: Text
    done: Text
    form: type[forms.ChangeForm]
    step: str = "ask_change"
    what: Change | None = None

    @property
    def is_request(self) -> bool:
        """Whether it is a request that we must answer, until which nothing changes."""
        return self.what is not None


def make_request(title: Text, because: Text, *, form: type[forms.ChangeForm], what: Change) -> Wish:
    """A wish that is a request, which we answer with a letter."""
    return Wish(
        title=title,
        means=(because, _("Nothing changes yet: your exemption stays as it is until you have our answer.")),
        send=_("Request the change"),
        done=_("We have your request. A letter that confirms it is on this page."),
        form=form,
        what=what,
    )


WISHES: Mapping[str, Wish] = {
    "kenteken": make_request(
        _("Another vehicle"),
        _("You have replaced the vehicle. We will see whether your exemption can be for the new one."),
        form=forms.VehicleChangeForm,
        what=Change.VEHICLE,
    ),
    "tijdelijk": make_request(
        _("A temporary vehicle"),
        _("For example, your vehicle is being repaired. Your exemption is then for another vehicle for a few days."),
        form=forms.TemporaryVehicleForm,
        what=Change.LOAN,
    ),
    "langer": make_request(
        _("A later last day"),
        _("You need this exemption longer than you thought."),
        form=forms.LongerForm,
        what=Change.LONGER,
    ),
    "naam": make_request(
        _("A new name for the holder"),
        _(
            "Your company has a new name or legal form, but is legally still the same company. A new "
            "owner has to make a new application."
        ),
        form=forms.NameForm,
        what=Change.NAME,
    ),
    "eigen-voertuig": Wish(
        title=_("Your own vehicle again"),
        means=(
            _("You no longer need the temporary vehicle. From now on your exemption is for your own vehicle again."),
        ),
        send=_("Use my own vehicle again"),
        done=_("Your exemption is for your own vehicle again. A letter that confirms it is on this page."),
        form=forms.ChangeForm,
        step="end_temporary_vehicle",
    ),
    "stoppen": Wish(
        title=_("Give the exemption back"),
        means=(
            _("Your exemption ends, and we will send you a letter that confirms it."),
            _("You cannot undo this. If you need an exemption again, you have to apply again."),
            _("We do not refund a fee that you have paid."),
        ),
        send=_("End the exemption"),
        done=_("You have given the exemption back. A letter that confirms it is on this page."),
        form=forms.GiveBackForm,
        step="end_on_request",
    ),
    "annuleren": Wish(
        title=_("Cancel this day exemption"),
        means=(
            _("You can no longer use this day exemption, and it does not count towards the yearly number."),
            _("You cannot undo this. You can apply for another day."),
        ),
        send=_("Cancel the day exemption"),
        done=_("You have cancelled the day exemption. A letter that confirms it is on this page."),
        form=forms.ChangeForm,
        step="cancel_day",
    ),
}
"""The wishes by the last part of their URL."""


@dataclass(frozen=True)
class Wishes:
    """What can be asked about one exemption now, by the last part of the URL, and the requests that wait.

    `write_to`: a sentence with the address for a notice of default; empty if we are not late.
    """

    possible: Mapping[str, Wish]
    waiting: "list[ChangeRequest]"
    write_to: str


def find_wishes(application: Application) -> Wishes:
    """The wishes for an application, in a constant number of queries; a few more if we are late."""
    waiting = list(application.change_requests.open())
    taken = {step for step in {one.step for one in WISHES.values()} if can_proceed(getattr(application, step))}
    idle = find_idle(application, waiting)
    possible = {slug: one for slug, one in WISHES.items() if one.step in taken and one.what not in idle}
    is_late = any(one.is_late for one in waiting)
    return Wishes(possible, waiting, describe_address(find_authority(application)) if is_late else "")


def find_idle(application: Application, waiting: "Iterable[ChangeRequest]") -> set[Change]:
    """Changes that were requested already, here or in another case of the holder, or that the kind does not allow."""
    idle = {Change(one.what) for one in waiting}
    if not has_room(application):
        idle.add(Change.LONGER)
    if find_asked(application, Change.NAME).exists():
        idle.add(Change.NAME)
    return idle


def has_room(application: Application) -> bool:
    """Whether the kind allows a later last day."""
    own = find_exemption(application)
    latest = forms.find_latest_day(application, own) if own else None
    return own is not None and (latest is None or latest > own.ends_on)


def find_exemption(application: Application) -> Exemption | None:
    """The exemption that wishes are about: the standing one, or the day exemption; None if it has ended."""
    if application.chosen_kind.is_day:
        day: Exemption | None = application.exemptions.filter(revoked_at=None).select_related("decision").first()
        return day
    return find_standing(application)


def find_hindrance(application: Application, wish: Wish) -> str:
    """Why a wish cannot be carried out at once, whatever is filled in; empty if it can. Requests are always fine."""
    if wish.step != "end_on_request":
        return ""
    if why := describe_loan(application):
        return why
    if hindrance_to_amendment(application):
        return gettext(
            "We are looking at this exemption again at the moment, so you cannot end it here now. Contact us: we will "
            "tell you what is possible."
        )
    return ""
