"""Other public bodies: where we forward what is theirs, and where people can turn to after us."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class OtherBodyQuerySet(models.QuerySet["OtherBody"]):
    """Other bodies by day and purpose."""

    def on(self, day: date) -> "OtherBodyQuerySet":
        """The bodies in force on a day: the newest row of each that had begun, unless it has ended."""
        begun = self.filter(valid_from__lte=day).order_by("code", "-valid_from").distinct("code")
        lasts = models.Q(valid_until=None) | models.Q(valid_until__gt=day)
        return self.filter(lasts, pk__in=begun.values("pk"))

    def find_ombudsman(self, place: str, *, on: date) -> "OtherBody | None":
        """The ombudsman of a municipality, by its code; the National Ombudsman if it has none of its own (Awb 9:17)."""
        there = self.on(on).filter(sort=OtherBody.Sort.OMBUDSMAN, place__in=["", place])
        return there.order_by("-place").first()

    def to_forward_to(self, *, on: date) -> "OtherBodyQuerySet":
        """All but ombudsmen, to whom people turn themselves."""
        return self.on(on).exclude(sort=OtherBody.Sort.OMBUDSMAN).order_by("name")


class OtherBody(models.Model):
    """Another body (ander bestuursorgaan) with its address, from a day until a day (exclusive).

    `place`: the code of the municipality, for a municipal ombudsman.
    """

    class Sort(models.TextChoices):
        """What the body is for."""

        OMBUDSMAN = "ombudsman", _("ombudsman")
        FINES = "fines", _("fines")
        OTHER = "other", _("something else")

    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    sort = models.CharField(_("for"), max_length=12, choices=Sort)
    place = models.CharField(_("municipality"), max_length=6, blank=True)
    address = models.CharField(_("address"), max_length=200)
    website = models.URLField(_("website"), blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = OtherBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("other body")
        verbose_name_plural = _("other bodies")
        ordering = ("name", "valid_from")
        constraints = (models.UniqueConstraint(fields=["code", "valid_from"], name="otherbody_one_row_a_day"),)

    def __str__(self) -> str:
        return self.name

    @property
    def with_address(self) -> str:
        """Name and address, as in a letter."""
        return f"{self.name}, {self.address}"
