"""The user, who is anybody who logs in, entrepreneur or caseworker; and how people gain and lose roles."""

import secrets
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts import site_languages

if TYPE_CHECKING:
    from datetime import date, datetime


class UserManager(BaseUserManager["User"]):
    """Creates users; e-mail addresses are case-insensitive."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user with no rights beyond their own cases. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create the first administrator of an installation (`manage.py createsuperuser`)."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail, without regard to capitals."""
        return self.get(email__iexact=username or "")

    def never_confirmed(self, *, before: "datetime") -> "models.QuerySet[User]":
        """Accounts registered before this moment and never used: no confirmed address, login, rights or log entries.

        A colleague whom an administrator added has no password of their own yet, and is therefore not among them.
        """
        made_here = models.Q(emailaddress__verified=False) & ~models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        without = {"groups": None, "user_permissions": None, "role_changes": None}
        unused = self.filter(made_here, last_login=None, date_joined__lt=before, is_staff=False, is_superuser=False)
        return unused.filter(**without).exclude(emailaddress__verified=True)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in with their e-mail address. Roles are groups; see `accounts.roles`."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(
        _("function"),
        max_length=100,
        blank=True,
        help_text=_("Stands under the decisions that this person takes. Empty: what their role is called."),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=site_languages.list_choices,
        default="nl",
    )
    kinds = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("kinds of exemption"),
        default=list,
        blank=True,
        db_default=[],
        help_text=_("What this person is given when they ask for the next case. Nothing ticked: every kind."),
    )
    """Codes of kinds: this app does not know the kinds themselves."""
    letter_languages = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("languages of letters"),
        default=list,
        blank=True,
        db_default=[],
        help_text=_("In which languages this person writes letters. Nothing ticked: all."),
    )
    mail_expiry = models.BooleanField(_("email when an exemption ends"), default=True)
    mail_progress = models.BooleanField(_("email about progress"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("works at the desk"), default=False)
    date_joined = models.DateTimeField(_("registered on"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]
        indexes = (
            # lists of colleagues, among all who have an account
            models.Index(fields=["name", "email"], condition=models.Q(is_staff=True), name="user_staff_by_name"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_rights(self) -> bool:
        """Whether the user may do more than handle their own cases, however they got that right."""
        if self.is_staff or self.is_superuser:
            return True
        known: bool | None = getattr(self, "_has_rights", None)  # see accounts.backends
        return known if known is not None else self.groups.exists() or self.user_permissions.exists()

    def get_full_name(self) -> str:
        """The name for letters and pages; the address if no name is known."""
        return str(self)

    @cached_property
    def given_roles(self) -> frozenset[str]:
        """The names of the user's roles; cached, as permissions are."""
        known: list[str] | None = getattr(self, "_role_names", None)  # see accounts.backends
        return frozenset(known if known is not None else self.groups.values_list("name", flat=True))

    def get_short_name(self) -> str:
        """The full name: names are not abbreviated."""
        return str(self)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences of colleagues."""

    def on(self, day: "date") -> "AbsenceQuerySet":
        """Absences that include this day."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class Absence(models.Model):
    """A colleague's days off (afwezigheid), during which no new cases are assigned to them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("colleague")
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("-first_day", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="absence_ends_after_it_begins"
            ),
        )
        indexes = (
            # who is away today: for the choice of colleagues, and for the next case
            models.Index(fields=["user", "last_day"], name="absence_by_user"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"


class RoleChangeQuerySet(models.QuerySet["RoleChange"]):
    """Role changes, by whether they are settled and by whom they may be."""

    def waiting(self) -> "RoleChangeQuerySet":
        """Proposals that nobody has settled yet."""
        return self.filter(settled_at=None)

    def to_settle_by(self, user: User) -> "RoleChangeQuerySet":
        """Open proposals by and about somebody other than this user, who may therefore settle them."""
        return self.waiting().exclude(user=user).exclude(proposed_by=user)


class RoleChange(models.Model):
    """Rights granted or revoked: the log of who gave whom which role, and who approved it.

    Granting takes two administrators; revoking takes one and has immediate effect. Nobody may do either for themselves.
    Resetting somebody's login counts as granting. Database constraints enforce both rules, and a trigger refuses to
    change or delete settled rows (migration 0001_squashed_0010).
    """

    class Direction(models.TextChoices):
        """Whether the change grants or revokes rights."""

        GIVE = "give", _("gives")
        TAKE = "take", _("takes away")

    class Outcome(models.TextChoices):
        """How a proposal was settled."""

        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        AT_ONCE = "at_once", _("carried out at once")
        OPERATOR = "operator", _("by the operator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_changes", verbose_name=_("about")
    )
    direction = models.CharField(_("direction"), max_length=4, choices=Direction)
    roles = ArrayField(models.CharField(max_length=150), verbose_name=_("roles"), default=list, blank=True)
    municipalities = ArrayField(
        models.CharField(max_length=100), verbose_name=_("municipalities"), default=list, blank=True
    )
    """Names of municipalities, as the log shows them: this app has no model for them."""
    login = models.BooleanField(_("may log in"), default=False)
    login_reset = models.BooleanField(_("begins anew with logging in"), default=False, db_default=False)
    """Second step and password are reset, for somebody who lost their phone and has no recovery codes left."""
    reason = models.CharField(_("reason"), max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    """Null if the operator did it on the command line."""
    proposed_at = models.DateTimeField(_("proposed on"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    objects = RoleChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of roles")
        verbose_name_plural = _("changes of roles")
        ordering = ("-proposed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(settled_at=None), name="rolechange_one_waits_a_person"
            ),
            models.CheckConstraint(
                condition=(models.Q(proposed_by=None) | ~models.Q(proposed_by=models.F("user")))
                & (models.Q(settled_by=None) | ~models.Q(settled_by=models.F("user"))),
                name="rolechange_never_for_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome="", direction="give", proposed_by__isnull=False, settled_by=None, settled_at=None
                )
                | (
                    models.Q(outcome__in=("approved", "declined"), direction="give", settled_at__isnull=False)
                    & models.Q(proposed_by__isnull=False, settled_by__isnull=False)
                    & ~models.Q(settled_by=models.F("proposed_by"))
                )
                | models.Q(
                    outcome="withdrawn",
                    direction="give",
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                    settled_by=models.F("proposed_by"),
                )
                | models.Q(
                    outcome="at_once",
                    direction="take",
                    settled_at__isnull=False,
                    proposed_by__isnull=False,
                    settled_by=None,
                )
                | models.Q(outcome="operator", settled_at__isnull=False, proposed_by=None, settled_by=None),
                name="rolechange_two_pairs_of_eyes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {', '.join(self.roles)}"

    @property
    def is_waiting(self) -> bool:
        """Whether a second administrator still has to settle the proposal."""
        return self.settled_at is None


def new_feed_token() -> str:
    """A random token that nobody can guess."""
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The secret address at which a user's own calendar program reads their terms (agenda-abonnement).

    Anybody who has the address can read the days without a login. It can therefore be renewed or ended at once, and
    reveals only days and case numbers.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("user")
    )
    token = models.CharField(_("token"), max_length=43, unique=True, default=new_feed_token)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar subscription")
        verbose_name_plural = _("calendar subscriptions")

    def __str__(self) -> str:
        return str(self.user)


class MobileNumber(models.Model):
    """The number for a user's text messages (sms-nummer), which is used only after a code confirmed it.

    Only a digest of the code is stored; `tries` counts attempts to enter it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mobile_number", verbose_name=_("user")
    )
    number = models.CharField(_("mobile number"), max_length=16)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    code_digest = models.CharField(_("digest of the code"), max_length=64, blank=True)
    code_sent_at = models.DateTimeField(_("code sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    class Meta:
        verbose_name = _("mobile number")
        verbose_name_plural = _("mobile numbers")

    def __str__(self) -> str:
        return self.number
