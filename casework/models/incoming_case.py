"""Cases brought in by people who need no account with us."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework import clock
from casework.models.case import AwbCase
from casework.models.letter import LANGUAGES


class IncomingCase(AwbCase):
    """Brought in by somebody whom we answer by email or post; see `casework.incoming_letters`.

    `HANDLED_BY`: the permission to handle cases of this sort. Each sort has the `name` of the person who brought it in.
    """

    HANDLED_BY: ClassVar[str]

    name: "models.CharField[str, str]"

    created_at = models.DateTimeField(_("begun"), default=clock.now)
    received_on = models.DateField(_("received"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nl")
    email = models.EmailField(_("email"), blank=True)
    address = models.TextField(_("address"), blank=True)
    by_post = models.BooleanField(_("letters by post"), default=False)

    class Meta:
        abstract = True

    @property
    def came_in_on(self) -> date:
        """The day of receipt; raises ValueError for a draft."""
        if self.received_on is None:
            raise ValueError("a draft has not been received")
        return self.received_on

    @property
    def in_hand_since(self) -> date:
        return self.came_in_on

    @property
    def is_in_portal(self) -> bool:
        """Whether the person who brought it in has an account to read it with."""
        return False

    @property
    def postal_address(self) -> str:
        return "\n".join([self.name, self.address]) if self.address else ""

    def handlers(self) -> "models.QuerySet[User]":
        """Users who handle cases of this sort."""
        staff = User.objects.filter(is_active=True, is_staff=True, groups__permissions__codename=self.HANDLED_BY)
        return staff.distinct().order_by("name", "email")
