"""Inputs that the forms of an application share."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exemptions.models import Application, Ground, Kind


class GroundField(forms.ModelChoiceField[Ground]):
    """The grounds of an outcome that fit the kind and hold today; says which of them ask a hearing first."""

    def __init__(self, *, outcome: Ground.Outcome) -> None:
        self.outcome = outcome
        super().__init__(Ground.objects.none(), label=_("Ground"), empty_label=_("Choose a ground"))

    def offer_for(self, application: Application) -> None:
        """Fill the list for one application."""
        today = timezone.localdate()
        in_force = Q(valid_until=None) | Q(valid_until__gt=today)
        self.queryset = Ground.objects.filter(
            in_force,
            valid_from__lte=today,
            outcome=self.outcome,
            kind_code__in=("", application.chosen_kind.code),
        ).order_by("-kind_code", "code")

    def label_from_instance(self, obj: Ground) -> str:
        after_hearing = str(_("after a hearing")) if obj.rests_on_other_data else ""
        return " – ".join(filter(None, [obj.text("label"), obj.article, after_hearing]))


class KindField(forms.ModelChoiceField[Kind]):
    """The kinds to which an application can be converted."""

    def __init__(self) -> None:
        super().__init__(Kind.objects.none(), label=_("New kind"), empty_label=_("Choose a kind"))

    def offer_for(self, application: Application) -> None:
        """Other kinds of today that fit the vehicle."""
        kinds = Kind.objects.in_force(on=timezone.localdate()).long_term()
        kinds = kinds.exclude(code=application.chosen_kind.code)
        self.queryset = (
            kinds.filter(vehicles__contains=[application.vehicle_class]) if application.vehicle_class else kinds
        )

    def label_from_instance(self, obj: Kind) -> str:
        return f"{obj.text('name')} ({obj.get_scope_display()})"


def handlers_of(application: Application) -> QuerySet[User]:
    """Who can handle an application: the national desk, and for a local kind the people of its municipality."""
    staff = User.objects.filter(is_active=True, is_staff=True)
    handling = staff.filter(groups__permissions__codename="handle_application")
    reach = Q(groups__permissions__codename="view_every_application")
    if application.chosen_kind.scope == Kind.Scope.LOCAL:
        reach |= Q(municipalities=application.municipality_id)
    return handling.filter(pk__in=staff.filter(reach).values("pk")).distinct().order_by("name", "email")
