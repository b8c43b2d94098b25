"""Applicants, who may act for them, and how they can be reached (Awb 2:1, 2:8)."""

import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Concat, Replace, Upper
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Letter
from exemptions import countries

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


TRIGRAM = 3
"""The length of a trigram in characters; the index cannot look up anything shorter."""
TEXT = models.TextField()


def list_trigrams(text: Any) -> models.Func:
    """All runs of three characters in a text, for the index that searches in the middle of words.

    The database function is our own (migration 0043): the embedded server has no `pg_trgm`.
    """
    return models.Func(text, function="applicant_trigrams", output_field=ArrayField(TEXT))


def only_digits(field: str) -> models.Func:
    """A phone number stripped of everything that people type between its digits."""
    blank = models.Value("")
    return models.Func(
        models.F(field), models.Value(r"\D"), blank, models.Value("g"), function="regexp_replace", output_field=TEXT
    )


SPACE = models.Value(" ")
CONTACT = Upper(
    Concat(
        *("name", SPACE, "street", SPACE, Replace("postcode", SPACE, models.Value("")), SPACE, "city", SPACE),
        *("email", SPACE, "second_email", SPACE, only_digits("phone")),
        output_field=TEXT,
    )
)
"""Everything by which the desk finds an applicant, in upper case: postcode and phone without spaces."""


def new_token() -> str:
    """A secret for a mailed link."""
    return secrets.token_urlsafe(24)


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    """Applicants by user, by address and by how well the desk knows them."""

    def of(self, user: "User") -> "ApplicantQuerySet":
        """Applicants for whom a user may act now."""
        return self.filter(pk__in=Mandate.objects.in_force().filter(user=user).values("applicant_id"))

    def found_by(self, word: str) -> "ApplicantQuerySet":
        """Applicants with this KvK number or email address, or for whom a user who logs in with that address acts."""
        acting = Mandate.objects.in_force().filter(user__email__iexact=word).values("applicant_id")
        same = models.Q(kvk_number=word) | models.Q(email__iexact=word) | models.Q(pk__in=acting)
        return self.filter(same) if word else self.none()

    def with_parts(self, *parts: str) -> "ApplicantQuerySet":
        """Applicants whose name, address, email or phone contains every part; one part must have three characters."""
        found = self.alias(contact=CONTACT, trigrams=list_trigrams(CONTACT))
        for part in parts:
            sought = Upper(models.Value(part, output_field=TEXT))
            found = found.filter(contact__contains=sought)
            if len(part) >= TRIGRAM:
                found = found.filter(trigrams__contains=list_trigrams(sought))
        return found

    def known(self) -> "ApplicantQuerySet":
        """Applicants whom the desk knows: a person granted them a longer exemption on evidence, and it still stands."""
        granted = self.model.objects.filter(
            applications__exemptions__day_use=None,
            applications__exemptions__revoked_at=None,
            applications__exemptions__decision__taken_by__isnull=False,
        )
        return self.filter(pk__in=granted.values("pk"))


class Delivery(NamedTuple):
    """How letters reach an applicant: by post, to a given user, and to anybody in the portal."""

    by_post: bool
    to_user: bool
    in_portal: bool


class Applicant(models.Model):
    """A person or organisation (aanvrager) in whose name applications are filed."""

    class Form(models.TextChoices):
        PERSON = "person", _("private person")
        ORGANISATION = "organisation", _("company or organisation")

    form = models.CharField(_("form"), max_length=20, choices=Form)
    name = models.CharField(_("name"), max_length=200)
    kvk_number = models.CharField(
        _("KvK number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("A KvK number has 8 digits."))],
    )
    branch_number = models.CharField(
        _("branch number"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^\d{12}$", _("A branch number has 12 digits."))],
    )
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postcode"), max_length=12)
    city = models.CharField(_("city"), max_length=100)
    country = models.CharField(_("country"), max_length=2, default="NL")
    # Applicants on paper may have none; the forms of the portal require it.
    email = models.EmailField(_("email address"), blank=True)
    second_email = models.EmailField(_("second email address"), blank=True)
    mail_expiry = models.BooleanField(_("email when an exemption ends"), default=True)
    mail_progress = models.BooleanField(_("email about progress"), default=False)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    created_at = models.DateTimeField(_("registered"), default=clock.now)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        indexes = (
            models.Index(fields=["kvk_number"], name="applicant_by_kvk"),
            # the desk's search box: any word of the name, by its first letters
            GinIndex(SearchVector("name", config="simple"), name="applicant_by_name"),
            # … and any part of three characters or more of name, address, email address and phone
            GinIndex(list_trigrams(CONTACT), name="applicant_by_contact"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(form="person", kvk_number="") | models.Q(form="organisation"),
                name="applicant_person_without_kvk",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The address as on an envelope."""
        lines = [self.name, self.street, f"{self.postcode}  {self.city}"]
        return "\n".join(lines if self.country == "NL" else [*lines, countries.on_envelope(self.country)])

    def current_channel(self) -> "ChannelChoice | None":
        """The latest choice of how to be reached; None if the applicant was never asked."""
        return ChannelChoice.objects.latest_of(self)

    @property
    def gets_post(self) -> bool:
        """Whether letters are also sent by post from now on: until the applicant chooses the portal (Awb 2:8(1))."""
        chosen = self.current_channel()
        return chosen is None or not chosen.electronic


def find_deliveries(applications: "Sequence[Application]") -> dict[int, Delivery]:
    """How the letters of each application currently reach the applicant's side, by the application's key.

    `to_user`: whether the owner of the application may act for the applicant.
    """
    chosen = ChannelChoice.objects.filter(applicant=models.OuterRef("pk")).order_by("-chosen_at", "-pk")
    acting = Mandate.objects.in_force().filter(applicant=models.OuterRef("pk"))
    rows = Applicant.objects.filter(pk__in=[one.applicant_id for one in applications if one.applicant_id])
    latest = models.Subquery(chosen.values("electronic")[:1])
    by_key = {key: rest for key, *rest in rows.values_list("pk", latest, ArraySubquery(acting.values("user")))}
    found = {one.pk: (by_key[one.applicant_id], one.owner_id) for one in applications if one.applicant_id}
    return {
        key: Delivery(by_post=not electronic, to_user=owner in users, in_portal=bool(users))
        for key, ((electronic, users), owner) in found.items()
    }


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates by whether they are still valid."""

    def in_force(self) -> "MandateQuerySet":
        """Mandates that have not been ended and are not past their agreed last day."""
        return self.filter(ended_at=None).exclude(ends_on__lt=clock.today())

    def ended(self) -> "MandateQuerySet":
        """Mandates that somebody ended, or that are past their last day."""
        return self.exclude(ended_at=None, ends_on=None).exclude(ended_at=None, ends_on__gte=clock.today())


class Mandate(models.Model):
    """Authorises a user to act for an applicant (machtiging)."""

    class Role(models.TextChoices):
        """The capacity in which the user acts."""

        OWNER = "owner", _("the applicant, or their first user")
        COLLEAGUE = "colleague", _("colleague")
        REPRESENTATIVE = "representative", _("authorised representative")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mandates", verbose_name=_("user"))
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="mandates", verbose_name=_("applicant"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"), default=clock.now)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "applicant"], condition=models.Q(ended_at=None), name="mandate_once_in_force"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.applicant}"


class Invitation(models.Model):
    """A mailed link by which somebody becomes a colleague or representative; it works once."""

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="invitations", verbose_name=_("applicant"))
    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=20, choices=Mandate.Role)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent"), default=clock.now)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.email


class ChannelChoiceQuerySet(models.QuerySet["ChannelChoice"]):
    """Choices of channel by applicant."""

    def latest_of_each(self, applicants: Iterable[Applicant]) -> "dict[int, ChannelChoice]":
        """The latest choice of each applicant, by the applicant's key. One query."""
        latest = self.filter(applicant__in=applicants).order_by("applicant", "-chosen_at", "-pk").distinct("applicant")
        return {one.applicant_id: one for one in latest}

    def latest_of(self, applicant: Applicant) -> "ChannelChoice | None":
        """The latest choice of an applicant; None before the first."""
        return self.filter(applicant=applicant).order_by("-chosen_at", "-pk").first()


class ChannelChoice(models.Model):
    """An applicant's statement whether letters reach them electronically (kenbaarmaking); the latest row counts."""

    applicant = models.ForeignKey(
        Applicant, models.PROTECT, related_name="channel_choices", verbose_name=_("applicant")
    )
    electronic = models.BooleanField(_("reachable in the portal"))
    chosen_at = models.DateTimeField(_("chosen"), default=clock.now)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("chosen by")
    )
    text_version = models.DateField(_("version of the text"))
    text = models.TextField(_("text as it was shown"))

    objects = ChannelChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of channel")
        verbose_name_plural = _("choices of channel")
        ordering = ("-chosen_at", "-pk")
        indexes = (models.Index(fields=["applicant", "-chosen_at"], name="channelchoice_latest"),)

    def __str__(self) -> str:
        return f"{self.applicant}: {_('portal') if self.electronic else _('post')}"


class LetterReading(models.Model):
    """The first time that somebody on the applicant's side opened a letter."""

    letter = models.OneToOneField(Letter, models.CASCADE, related_name="reading", verbose_name=_("letter"))
    read_at = models.DateTimeField(_("read"), default=clock.now)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read by"))

    only_marked = models.BooleanField(_("marked as read, not opened"), default=False)

    class Meta:
        verbose_name = _("reading of a letter")
        verbose_name_plural = _("readings of letters")

    def __str__(self) -> str:
        return f"{self.letter} – {self.read_at:%Y-%m-%d}"

    @classmethod
    def note(cls, letter: Letter, *, by: "User") -> None:
        """Record that a user opened the letter; later openings change nothing."""
        _reading, is_new = cls.objects.get_or_create(letter=letter, defaults={"read_by": by})
        if not is_new:
            marked = cls.objects.filter(letter=letter, only_marked=True)
            marked.update(only_marked=False, read_by=by, read_at=clock.now())
