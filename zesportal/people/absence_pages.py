"""When colleagues are away: users keep their own days; team leads and administrators keep everybody's."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Absence, User
from casework.desk.forms import day_input
from exemptions.views.screens import user_of

KEEPS_EVERYBODYS = ("accounts.change_user", "exemptions.assign_application")


def keeps_everybodys(user: User) -> bool:
    """Whether a user keeps the absence of colleagues too."""
    return any(user.has_perm(one) for one in KEEPS_EVERYBODYS)


class AbsenceForm(forms.ModelForm[Absence]):
    """Who is away, from when, until when."""

    class Meta:
        model = Absence
        fields = ("user", "first_day", "last_day")
        widgets = {"first_day": day_input(), "last_day": day_input()}

    def clean(self) -> dict[str, Any]:
        """The absence must not end before it begins."""
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return data


class OnlyComingFilter(admin.SimpleListFilter):
    """The list shows current and future absences by default."""

    title = gettext_lazy("when")
    parameter_name = "when"
    words = {"all": gettext_lazy("also what is over")}

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The options of the filter."""
        return [(value, str(said)) for value, said in self.words.items()]

    def choices(self, changelist: Any) -> Any:
        """Current and future ones, or all."""
        for value, said in (("", _("now and later")), *self.lookup_choices):
            query = changelist.get_query_string({self.parameter_name: value} if value else {}, [self.parameter_name])
            yield {"selected": (self.value() or "") == value, "query_string": query, "display": said}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Absence]) -> QuerySet[Absence]:
        return queryset if self.value() == "all" else queryset.filter(last_day__gte=timezone.localdate())


@admin.register(Absence)
class AbsenceAdmin(admin.ModelAdmin[Absence]):
    """Absences. Anyone who assigns a case sees them, and nobody gets a next case while away."""

    form = AbsenceForm
    list_display = ("user", "first_day", "last_day")
    list_display_links = ("user", "first_day")
    list_filter = (OnlyComingFilter,)
    list_select_related = ("user",)
    ordering = ("first_day", "pk")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Absence]:
        """The user's own, or everybody's."""
        rows, user = super().get_queryset(request), user_of(request)
        return rows if keeps_everybodys(user) else rows.filter(user=user)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Allow only the one filter."""
        return lookup == OnlyComingFilter.parameter_name

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Colleagues at the desk; for most users only themselves."""
        user = user_of(request)
        people = User.objects.filter(is_staff=True, is_active=True).order_by("name", "email")
        queryset = people if keeps_everybodys(user) else people.filter(pk=user.pk)
        return super().formfield_for_foreignkey(
            db_field, request, **{**kwargs, "queryset": queryset, "initial": user.pk}
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The user, from today."""
        today = timezone.localdate()
        return {"user": user_of(request).pk, "first_day": today, "last_day": today}

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everybody at the desk."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Absence | None = None) -> bool:
        """The rows of `get_queryset`."""
        return request.user.is_active

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Everybody: the form offers only people whose absence the user keeps."""
        return request.user.is_active

    def has_change_permission(self, request: HttpRequest, obj: Absence | None = None) -> bool:
        """The user's own, or everybody's."""
        user = user_of(request)
        return obj is None or obj.user_id == user.pk or keeps_everybodys(user)

    def has_delete_permission(self, request: HttpRequest, obj: Absence | None = None) -> bool:
        """The user's own, or everybody's."""
        return self.has_change_permission(request, obj)
