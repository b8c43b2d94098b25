"""What a list is sent besides its actions: which columns somebody wants, and under which name to keep a view."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.characters import drop_invisible
from casework.desk.saved_views import COLUMNS, MOST_VIEWS, SHARE, TooManyViews, save_view
from casework.models import ListColumns

if TYPE_CHECKING:
    from accounts.models import User
    from casework.desk.worklist_admin import WorklistAdmin, WorklistChangeList


class ViewForm(forms.Form):
    """A name for the list as it is."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)
    is_shared = forms.BooleanField(label=gettext_lazy("Share with the team"), required=False)

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not user.has_perm(SHARE):
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        """As it is read above the list."""
        name = drop_invisible(str(self.cleaned_data["name"])).strip()
        if not name:
            raise forms.ValidationError(_("Give the view a name."))
        return name


def answer_form(model_admin: "WorklistAdmin[Any]", request: HttpRequest, user: "User") -> HttpResponse | None:
    """Do what was sent, and go back to the list; None if it is something else."""
    if "choose_columns" in request.POST:
        return choose_columns(model_admin, request, user)
    if "save_view" in request.POST:
        return keep_view(model_admin, request, user)
    return None


def choose_columns(model_admin: "WorklistAdmin[Any]", request: HttpRequest, user: "User") -> HttpResponse:
    """Keep the columns that were ticked; none ticked, or 'as it was', is what the list has of itself."""
    known = [one.key for one in model_admin.columns]
    chosen = [name for name in dict.fromkeys(known) if name in request.POST.getlist("columns")]
    kept = ListColumns.objects.filter(user=user, listing=model_admin.listing_name)
    if not chosen or request.POST["choose_columns"] == "reset":
        kept.delete()
    else:
        ListColumns.objects.update_or_create(user=user, listing=model_admin.listing_name, defaults={"columns": chosen})
    address = request.GET.copy()
    address.pop(COLUMNS, None)
    return HttpResponseRedirect(f"{request.path}?{address.urlencode()}" if address else request.path)


def keep_view(model_admin: "WorklistAdmin[Any]", request: HttpRequest, user: "User") -> HttpResponse:
    """Save the list as it is. Raises what a list raises that does not understand its address."""
    form = ViewForm(request.POST, user=user)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return HttpResponseRedirect(request.get_full_path())
    changelist = cast("WorklistChangeList", model_admin.get_changelist_instance(request))
    try:
        view = save_view(changelist, user=user, **{"is_shared": False, **form.cleaned_data})
    except TooManyViews:
        said = _("You have %(most)s views of this list: delete one first, or use its name.") % {"most": MOST_VIEWS}
        messages.error(request, said)
    else:
        messages.success(request, _("Saved as “%(name)s”.") % {"name": view})
    return HttpResponseRedirect(request.get_full_path())
