"""Who may hand in, and so reach the pages for it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.form_recovery import keep_typed
from exemptions.views.screens import user_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def only_for(permission: str) -> Callable[[View[P]], View[P]]:
    """Guard a view: anonymous users log in first; for those without the permission the page does not exist."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not user_of(request).has_perm(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return never_cache(keep_typed(asked))

    return guard


def match_permission(permission: str) -> Q:
    """A filter on staff users with a permission, through a group or personally."""
    app, codename = permission.split(".")
    rows = Permission.objects.filter(content_type__app_label=app, codename=codename)
    return Q(is_staff=True) & (Q(groups__permissions__in=rows) | Q(user_permissions__in=rows))
