"""The authority that a municipality's letters name: everything about it in one row, by the day of the letter."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from zones.models.dated_row import Dated, DatedQuerySet, forbid_empty_period, forbid_overlap
from zones.models.municipality import Municipality


class MunicipalAuthorityQuerySet(DatedQuerySet["MunicipalAuthority"]):
    """Authorities of municipalities by day."""

    def find_for(self, municipality: Municipality, *, on: date) -> "MunicipalAuthority":
        """The authority in force on a day; if nobody has filled one in, the executive with every other field empty."""
        return self.in_force(on=on).filter(municipality=municipality).first() or MunicipalAuthority(
            municipality=municipality,
            authority_nl=f"het college van burgemeester en wethouders van {municipality}",
            authority_en=f"the municipal executive of {municipality}",
        )

    def count_lacking(self, *, on: date) -> int:
        """The number of municipalities whose court or policy rules are not filled in on a day."""
        whole = self.in_force(on=on).exclude(models.Q(court="") | models.Q(policy_rules=""))
        return Municipality.objects.exclude(pk__in=whole.values("municipality")).count()


class MunicipalAuthority(Dated):
    """A municipality's authority (bestuursorgaan): who decides, under which mandate, and how to object and appeal.

    A decree of the executive changes it from a day on; a letter states what is in force on its date.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="authorities", verbose_name=_("municipality")
    )
    authority_nl = models.CharField(
        _("authority, in Dutch"), max_length=200, help_text=_("In whose name the letters decide.")
    )
    authority_en = models.CharField(_("authority, in English"), max_length=200)
    mandate = models.TextField(
        _("mandate"),
        blank=True,
        help_text=_(
            "The decree under which the desk or its own people decide; stands below each decision. Empty: where the "
            "desk decides, its own sentence."
        ),
    )
    objection_address = models.TextField(
        _("where to object"), blank=True, help_text=_("Postal address. Empty: that of the desk.")
    )
    contact = models.TextField(
        _("contact"), blank=True, help_text=_("Where an applicant reaches a person. Empty: that of the desk.")
    )
    court = models.CharField(
        _("district court"),
        max_length=60,
        blank=True,
        help_text=_("Of the district in which it has its seat (Awb 8:7), as Midden-Nederland."),
    )
    policy_rules = models.CharField(
        _("policy rules"),
        max_length=300,
        blank=True,
        help_text=_("Their name, and where they were published, as a letter says it (Awb 3:47, 4:82)."),
    )
    source = models.CharField(_("source"), max_length=300)

    objects = MunicipalAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority of a municipality")
        verbose_name_plural = _("authorities of municipalities")
        ordering = ("municipality__name", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "valid_from"], name="municipalauthority_one_version_a_day"),
            forbid_overlap("municipalauthority_never_twice_at_once", "municipality"),
            forbid_empty_period("municipalauthority_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return str(self.municipality)

    @property
    def gaps(self) -> list[StrOrPromise]:
        """What its letters need and is still to be filled in: the verbose names of the empty fields."""
        needed = ("mandate", "objection_address", "contact", "court", "policy_rules")
        fields = [self._meta.get_field(name) for name in needed if not getattr(self, name)]
        return [field.verbose_name for field in fields if isinstance(field, models.Field)]
