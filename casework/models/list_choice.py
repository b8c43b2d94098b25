"""How a user wants to see a list of the desk: its columns, and named views."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_FILTERS = 1000
"""The most characters of all filters of a view; no page of ours needs as many."""


class ListColumns(models.Model):
    """The names of the columns that a user chose for a list; without a row the list has its default columns."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    listing = models.CharField(_("list"), max_length=40)
    columns = ArrayField(models.CharField(max_length=40), verbose_name=_("columns"))

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        constraints = (models.UniqueConstraint(fields=["user", "listing"], name="listcolumns_one_a_list"),)

    def __str__(self) -> str:
        return f"{self.listing}: {', '.join(self.columns)}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views by who may see them."""

    def visible_to(self, user: "User") -> "SavedViewQuerySet":
        """The user's own views, and those that colleagues share."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedView(models.Model):
    """A list with its filters, order and columns under a name (weergave), private or shared with the team.

    `filters` are in the form of a query string. They are evaluated for the user who looks, so a view never shows more
    than that user may see.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner"))
    listing = models.CharField(_("list"), max_length=40)
    name = models.CharField(_("name"), max_length=60)
    filters = models.CharField(_("filters, as in an address"), max_length=LONGEST_FILTERS, blank=True)
    is_shared = models.BooleanField(_("shared with the team"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("listing", "name", "pk")
        permissions = (("share_savedview", _("Can share views of lists with the team")),)
        constraints = (models.UniqueConstraint(fields=["owner", "listing", "name"], name="savedview_one_name_a_list"),)
        indexes = (
            # the views above a list: those that the team shares
            models.Index(fields=["listing"], condition=Q(is_shared=True), name="savedview_shared"),
        )

    def __str__(self) -> str:
        return self.name
