"""Programs of municipalities, what they and officers asked, and the journal of what they may know about exemptions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from allauth.idp.oidc.models import Client, Token
from django.contrib.postgres.fields import ArrayField
from django.db import InterfaceError, OperationalError, connection, models
from django.utils.translation import gettext_lazy as _

from casework import clock
from zones.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User

CHECKS, CHANGES = "loket.controle", "loket.wijzigingen"
SCOPES = {
    CHECKS: _("ask whether a vehicle may be in the zone"),
    CHANGES: _("follow the changes of exemptions, and get the signed list"),
}
SEEN_EVERY = timedelta(minutes=10)


TOKEN_FROM = f"""
FROM {Token._meta.db_table} token
JOIN enforcement_machineclient machine ON machine.client_id = token.client_id AND machine.revoked_at IS NULL
JOIN zones_municipality municipality ON municipality.id = machine.municipality_id
WHERE token.hash = %(token)s AND token.type = '{Token.Type.ACCESS_TOKEN.value}' AND token.expires_at > %(now)s
"""
"""The program of a token, if both are valid."""
TOKEN_SQL = f"""
SELECT machine.id, machine.municipality_id, machine.purpose, machine.seen_at, municipality.cbs_code, token.scopes
{TOKEN_FROM}
"""
SCOPES_SQL = "string_to_array(token.scopes, E'\\n')"


def read_row(sql: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    """The first row, over a connection that has not been checked: if it turns out dead, over a new one."""
    connection.health_check_done = True  # type: ignore[attr-defined]
    try:
        return run_query(sql, values)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or connection.connection is None or connection.is_usable():
            raise
        connection.close()
        return run_query(sql, values)


def run_query(sql: str, values: dict[str, Any]) -> tuple[Any, ...] | None:
    """Run a query; returns the first row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


class MachineClientQuerySet(models.QuerySet["MachineClient"]):
    """Programs by their tokens."""

    def find_by_token(self, token: str, *, at: datetime) -> "MachineClient | None":
        """The program that a token was issued to, if both are valid, with only the fields that each request needs."""
        row = read_row(TOKEN_SQL, {"token": token, "now": at})
        if row is None:
            return None
        machine = self.model.from_db(self.db, ("id", "municipality_id", "purpose", "seen_at"), row[:4])
        machine.municipality = Municipality.from_db(self.db, ("id", "cbs_code"), (row[1], row[4]))
        machine.scopes, machine.token = row[5].split("\n"), token
        return machine


class MachineClient(models.Model):
    """A program of a municipality that authenticates by itself; only the municipality knows its secret."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="machine_clients", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("Which system it is, as in 'cameras of the ring'."))
    purpose = models.CharField(
        _("purpose"),
        max_length=200,
        help_text=_("What the municipality asks for; it is kept with every question."),
    )
    client = models.OneToOneField(Client, models.PROTECT, related_name="machine", verbose_name=_("client ID"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = MachineClientQuerySet.as_manager()
    scopes: Sequence[str] = ()  # of the token used
    token = ""  # the hash of that token

    class Meta:
        verbose_name = _("program of a municipality")
        verbose_name_plural = _("programs of municipalities")
        ordering = ("municipality__name", "name")
        permissions = (("issue_machineclient", "May issue, rotate and revoke the secrets of programs"),)

    def __str__(self) -> str:
        return f"{self.municipality}: {self.name}"

    def may(self, scope: str) -> bool:
        """Whether the token used has this scope."""
        return scope in self.scopes


def note_use(machine: int, *, seen_at: datetime | None, at: datetime) -> None:
    """Save when a program was last seen, to within some minutes, so that most questions need no write here."""
    if seen_at is None or seen_at < at - SEEN_EVERY:
        MachineClient.objects.filter(pk=machine).update(seen_at=at)


class CredentialChange(models.Model):
    """Who issued, rotated or revoked the secret of a program, and when; the database refuses to change it."""

    class What(models.TextChoices):
        """What was done."""

        ISSUED = "issued", _("issued")
        ROTATED = "rotated", _("secret replaced")
        REVOKED = "revoked", _("revoked")

    machine = models.ForeignKey(MachineClient, models.PROTECT, related_name="changes", verbose_name=_("program"))
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    by: "models.ForeignKey[User, User]" = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("change of a secret")
        verbose_name_plural = _("changes of secrets")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.machine}"


class EnforcementQuestion(models.Model):
    """Questions by a program or an officer about vehicles, each stored only as its keyed digest."""

    machine = models.ForeignKey(
        MachineClient, models.PROTECT, null=True, related_name="questions", verbose_name=_("program")
    )
    asked_by: "models.ForeignKey[User | None, User | None]" = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("asked by")
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    zone = models.CharField(_("zone"), max_length=6)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    plates: "models.Field[list[bytes], list[bytes]]" = ArrayField(
        models.BinaryField(max_length=16), verbose_name=_("digests of the plates")
    )
    count = models.PositiveIntegerField(_("number of vehicles"), default=1)

    class Meta:
        verbose_name = _("question of enforcement")
        verbose_name_plural = _("questions of enforcement")
        ordering = ("-asked_at",)
        permissions = (("check_vehicle", "May ask whether a vehicle may be in the zone"),)
        indexes = (models.Index(fields=["asked_at"], name="enforcementquestion_by_moment"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(machine=None) ^ models.Q(asked_by=None), name="enforcementquestion_by_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.machine or self.asked_by} ({self.asked_at:%Y-%m-%d})"


class RegisterEntry(models.Model):
    """What the vehicle register said about a plate, kept for a while: only the facts that decide."""

    digest = models.BinaryField(primary_key=True, max_length=16, verbose_name=_("digest of the plate"))
    facts = models.TextField(_("facts"), blank=True)
    as_of = models.DateTimeField(_("as of"), default=clock.now)

    class Meta:
        verbose_name = _("answer of the vehicle register")
        verbose_name_plural = _("answers of the vehicle register")

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M}"


class ExemptionChange(models.Model):
    """A line of the journal: what enforcement sees of an exemption from then on. Written by database triggers."""

    class What(models.TextChoices):
        """What happened, as enforcement sees it."""

        GRANTED = "granted", _("granted")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("ended")

    transaction = models.BigIntegerField(_("transaction"))
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    reference = models.CharField(_("reference"), max_length=20)
    plate = models.CharField(_("plate"), max_length=12)
    country = models.CharField(_("country"), max_length=3)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, related_name="+", verbose_name=_("municipality")
    )
    starts_at = models.DateTimeField(_("valid from"))
    ends_at = models.DateTimeField(_("valid until"))
    paused_from = models.DateTimeField(_("does not hold from"), null=True)
    paused_until = models.DateTimeField(_("holds again from"), null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of an exemption")
        verbose_name_plural = _("changes of exemptions")
        ordering = ("transaction", "pk")
        indexes = (models.Index(fields=["transaction", "id"], name="exemptionchange_in_order"),)

    def __str__(self) -> str:
        return f"{self.reference}: {self.what}"
