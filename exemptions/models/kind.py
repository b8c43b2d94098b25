"""Kinds of exemption: their versions with questions and evidence, and their grounds. Only the code is undated."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.languages import in_language
from zones.models import Municipality, Zone
from zones.models.dated_row import Dated, DatedQuerySet, forbid_empty_period, forbid_overlap


class InTwoLanguages(models.Model):
    """Reads `<name>_nl`, `<name>_en` or a translation of the latter, depending on the reader's language."""

    class Meta:
        abstract = True

    def text(self, name: str, language: str | None = None) -> str:
        """The text of a field in a language (by default the reader's); in Dutch if the other is empty."""
        return in_language(getattr(self, f"{name}_nl"), getattr(self, f"{name}_en"), language or "")


class Kind(models.Model):
    """A kind of exemption (soort ontheffing): a permanent code, whatever the policy rules make of it."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)

    class Meta:
        verbose_name = _("kind")
        verbose_name_plural = _("kinds")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class KindVersionQuerySet(DatedQuerySet["KindVersion"]):
    """Versions by who decides."""

    def long_term(self) -> "KindVersionQuerySet":
        """Versions on which a person decides: all but the day exemption."""
        return self.exclude(scope=KindVersion.Scope.DAY)

    def decided_by(self, municipalities: Iterable[Municipality]) -> "KindVersionQuerySet":
        """Local versions that at least one of these municipalities has."""
        codes = [municipality.cbs_code for municipality in municipalities]
        there = models.Q(only_in=[]) | models.Q(only_in__overlap=codes)
        return self.filter(there, scope=KindVersion.Scope.LOCAL)


class KindVersion(InTwoLanguages, Dated):
    """A kind of exemption as it is from one day until another; even its name and scope can change."""

    class Scope(models.TextChoices):
        """Where an exemption is valid, and who decides on it."""

        NATIONAL = "national", _("national")
        LOCAL = "local", _("municipality")
        DAY = "day", _("day, municipality")

    class Who(models.TextChoices):
        """Who can apply."""

        ANYONE = "anyone", _("anyone")
        PERSON = "person", _("private person")
        ORGANISATION = "organisation", _("entrepreneur")

    class AdvisedFor(models.TextChoices):
        """Whom the access check recommends it to first."""

        ORDERED = "ordered", _("who has ordered an emission-free vehicle")
        PRIVATE = "private", _("who uses the vehicle only privately")
        WORK = "work", _("who needs the vehicle for work and has ordered no other")

    kind = models.ForeignKey(Kind, models.PROTECT, related_name="versions", verbose_name=_("code"))
    source = models.CharField(_("source"), max_length=300)
    name_nl = models.CharField(_("name in Dutch"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    summary_nl = models.TextField(_("for whom, in Dutch"))
    summary_en = models.TextField(_("for whom, in English"))
    conditions_nl = models.TextField(_("conditions in Dutch"), blank=True)
    conditions_en = models.TextField(_("conditions in English"), blank=True)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope)
    vehicles: Any = ArrayField(models.CharField(max_length=10), verbose_name=_("vehicle classes"))
    who = models.CharField(_("who"), max_length=20, choices=Who)
    below_age_years = models.PositiveSmallIntegerField(_("vehicle younger than (years)"), null=True, blank=True)
    plug_in_hybrid_only = models.BooleanField(_("plug-in hybrids only"), default=False)
    tractor_only = models.BooleanField(_("tractor units only"), default=False)
    minimum_axles = models.PositiveSmallIntegerField(_("with at least so many axles"), null=True, blank=True)
    only_in: Any = ArrayField(
        models.CharField(max_length=6),
        verbose_name=_("only in"),
        default=list,
        blank=True,
        help_text=_("The CBS codes of the municipalities that have it, as GM0344, separated by commas. Empty: all."),
    )
    plate_may_be_absent = models.BooleanField(_("before registration of the vehicle"), default=False)
    duration_months = models.PositiveSmallIntegerField(_("longest duration in months"), null=True, blank=True)
    duration_nl = models.CharField(_("duration in words, in Dutch"), max_length=200)
    duration_en = models.CharField(_("duration in words, in English"), max_length=200)
    ends_by = models.DateField(_("ends before"), null=True, blank=True)
    fee_eur = models.DecimalField(_("fee in euros"), max_digits=7, decimal_places=2, null=True, blank=True)
    extension_free = models.BooleanField(_("extension is free"), default=False)
    extension_months = models.PositiveSmallIntegerField(
        _("extension can be asked from (months before the end)"),
        null=True,
        blank=True,
        help_text=_("Empty: from the first email about the end on."),
    )
    decision_weeks = models.PositiveSmallIntegerField(_("weeks to decide"), default=8)
    second_pair_for_grant = models.BooleanField(_("granting needs a second pair of eyes"), default=False)
    by_thresholds = models.BooleanField(
        _("judged by the thresholds"),
        default=False,
        help_text=_("Granted where the vehicle is beyond a threshold (drempelwaarde), rejected where it stays within."),
    )
    advised_for = models.CharField(
        _("advised to"),
        max_length=10,
        choices=AdvisedFor,
        blank=True,
        help_text=_("Who reads in the answer of the access check that this is the best way on. Empty: nobody."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = KindVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of exemption")
        verbose_name_plural = _("kinds of exemption")
        ordering = ("position", "kind_id", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["kind", "valid_from"], name="kindversion_once_a_day"),
            forbid_overlap("kindversion_never_twice_at_once", "kind"),
            forbid_empty_period("kindversion_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return self.text("name")

    @property
    def code(self) -> str:
        return self.kind_id

    @property
    def is_used(self) -> bool:
        """Whether an application for it exists, even as a draft."""
        return self.applications.exists()

    @property
    def is_day(self) -> bool:
        """Whether the system decides at once."""
        return self.scope == self.Scope.DAY

    @property
    def is_municipal(self) -> bool:
        """Whether it is valid in one municipality, which also decides (or the system in its name)."""
        return self.scope != self.Scope.NATIONAL

    def exists_in(self, municipality: Municipality) -> bool:
        """Whether a municipality has it."""
        return not self.only_in or municipality.cbs_code in self.only_in

    def municipalities(self, *, on: date) -> models.QuerySet[Municipality]:
        """The municipalities that have it and that have a zone on a day."""
        found = Municipality.objects.filter(zones__in=Zone.objects.in_force(on=on)).distinct()
        return found.filter(cbs_code__in=self.only_in) if self.only_in else found


BLANK_FORMS = {"financial_form": {"nl": "financieel-formulier", "en": "financial-form"}}
"""Evidence that is a form of ours, by its code: the name of the empty form in each language."""
TODAY = "today"
BOUNDS = _("Codes of other questions with a date, or “today”, with a space between.")


class KindQuestion(InTwoLanguages):
    """A question that only this version of a kind asks."""

    class Answer(models.TextChoices):
        """The type of answer."""

        TEXT = "text", _("short text")
        LONG_TEXT = "long_text", _("long text")
        DATE = "date", _("date")
        NUMBER = "number", _("number")
        YES_NO = "yes_no", _("yes or no")
        CONFIRM = "confirm", _("declaration that must be confirmed")
        CHOICE = "choice", _("one of a list")

    class Reading(models.TextChoices):
        """What can be read from a contract (`intake.contract_reading`)."""

        ORDERED_ON = "ordered_on", _("the day of the order")
        EXPECTED_ON = "expected_on", _("the expected day of delivery")
        VEHICLE = "vehicle", _("make and model")
        ACQUISITION = "acquisition", _("whether it is bought or leased")
        LEASE_MONTHS = "lease_months", _("the months of the lease")

    kind = models.ForeignKey(KindVersion, models.CASCADE, related_name="questions", verbose_name=_("kind"))
    code = models.SlugField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order"))
    answer = models.CharField(_("answer"), max_length=20, choices=Answer)
    label_nl = models.CharField(_("question in Dutch"), max_length=300)
    label_en = models.CharField(_("question in English"), max_length=300)
    help_nl = models.CharField(_("explanation in Dutch"), max_length=500, blank=True)
    help_en = models.CharField(_("explanation in English"), max_length=500, blank=True)
    choices_nl = models.TextField(_("list in Dutch"), blank=True, help_text=_("One a line: code=words"))
    choices_en = models.TextField(_("list in English"), blank=True, help_text=_("One a line: code=words"))
    required = models.BooleanField(_("must be answered"), default=True)
    only_if_code = models.CharField(_("asked only if question"), max_length=40, blank=True)
    only_if_value = models.CharField(_("has the answer"), max_length=100, blank=True)
    ask_again = models.BooleanField(
        _("asked again for an extension"), default=False, help_text=_("What may have changed; a declaration always is.")
    )
    not_before = models.CharField(_("a date not before"), max_length=100, blank=True, help_text=BOUNDS)
    not_after = models.CharField(_("a date not after"), max_length=100, blank=True, help_text=BOUNDS)
    outside_nl = models.CharField(_("what to say of another date, in Dutch"), max_length=300, blank=True)
    outside_en = models.CharField(_("what to say of another date, in English"), max_length=300, blank=True)
    read_as = models.CharField(
        _("read in a contract as"),
        max_length=20,
        choices=Reading,
        blank=True,
        help_text=_("What we read in the files that somebody adds is filled in here, for them to check."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["kind", "code"], name="kindquestion_once_a_kind"),)

    def __str__(self) -> str:
        return self.text("label")

    @property
    def is_declaration(self) -> bool:
        """Whether it is a declaration: not asked in the portal, but made with the signature below the application."""
        return self.answer == self.Answer.CONFIRM


class EvidenceRequirement(InTwoLanguages):
    """A piece of evidence (bewijsstuk) that a kind asks for."""

    kind = models.ForeignKey(KindVersion, models.CASCADE, related_name="evidence", verbose_name=_("kind"))
    code = models.SlugField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order"))
    name_nl = models.CharField(_("name in Dutch"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    help_nl = models.CharField(_("explanation in Dutch"), max_length=500, blank=True)
    help_en = models.CharField(_("explanation in English"), max_length=500, blank=True)
    required = models.BooleanField(_("required"), default=True)
    sensitive = models.BooleanField(
        _("seen and sufficient"),
        default=False,
        help_text=_("Special-category data: the file is removed once it has been found sufficient; the verdict stays."),
    )
    ask_again = models.BooleanField(
        _("asked again for an extension"), default=False, help_text=_("The earlier file no longer proves anything.")
    )
    recognised_by = models.CharField(
        _("recognised by"),
        max_length=500,
        blank=True,
        help_text=_("Words in the name or the text of a file, with a comma between: it is put here by itself."),
    )

    class Meta:
        verbose_name = _("required evidence")
        verbose_name_plural = _("required evidence")
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=["kind", "code"], name="evidencerequirement_once_a_kind"),)

    def __str__(self) -> str:
        return self.text("name")

    @property
    def form_url(self) -> str:
        """Where to get the empty form in the reader's language; empty if the evidence is not a form of ours."""
        names = BLANK_FORMS.get(self.code)
        language = "nl" if (get_language() or "nl").startswith("nl") else "en"
        return reverse("blank_form", args=[names[language]]) if names else ""


OF_EVERY_KIND_TOO = Coalesce(Cast("kind", models.TextField()), models.Value(""), output_field=models.TextField())
"""The kind of a ground, with one value for 'every kind', so that those grounds cannot overlap either."""


class GroundQuerySet(DatedQuerySet["Ground"]):
    """Grounds by kind."""

    def for_kind(self, code: str) -> "GroundQuerySet":
        """Grounds of a kind, followed by those of every kind."""
        fitting = self.filter(models.Q(kind=code) | models.Q(kind=None))
        return fitting.order_by(models.F("kind").asc(nulls_last=True), "code")


class Ground(InTwoLanguages, Dated):
    """A ground (grond) for a decision, with its article; its text appears in the letter."""

    class Outcome(models.TextChoices):
        """What it is a ground for."""

        GRANT = "grant", _("granting")
        REJECT = "reject", _("rejecting")
        SET_ASIDE = "set_aside", _("setting aside")
        REVOKE = "revoke", _("revoking, suspending or shortening")

    class Category(models.TextChoices):
        """How the report to parliament counts it."""

        CONDITIONS_NOT_MET = "conditions_not_met", _("conditions not met")
        OTHER = "other", _("other")
        NO_RESPONSE = "no_response", _("no response")
        WRONG_DATA = "wrong_data", _("wrong data")
        NONE = "", "–"

    class Proof(models.TextChoices):
        """How it relates to the applicant's evidence."""

        NEEDED = "needed", _("every item of proof has been judged")
        SHORT = "short", _("the proof falls short")
        NONE = "none", _("the proof does not matter")

    kind = models.ForeignKey(
        Kind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grounds",
        verbose_name=_("kind"),
        help_text=_("Empty: for every kind."),
    )
    code = models.SlugField(_("code"), max_length=40)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    category = models.CharField(_("counted as"), max_length=30, choices=Category, blank=True)
    label_nl = models.CharField(_("short, in Dutch"), max_length=150)
    label_en = models.CharField(_("short, in English"), max_length=150)
    text_nl = models.TextField(_("in the letter, in Dutch"))
    text_en = models.TextField(_("in the letter, in English"))
    article = models.CharField(
        _("article of law"),
        max_length=200,
        help_text=_("{rules} becomes the policy rules of who decides, with where they were published."),
    )
    article_en = models.CharField(_("article of law, in English"), max_length=300)
    rests_on_other_data = models.BooleanField(
        _("based on data other than the applicant's own"),
        default=False,
        help_text=_("A hearing comes first (Awb 4:7)."),
    )
    rests_on_thresholds = models.BooleanField(
        _("is based on the thresholds"),
        default=False,
        help_text=_("When the thresholds change, such a decision is reviewed."),
    )
    proof = models.CharField(
        _("proof"),
        max_length=10,
        choices=Proof,
        default=Proof.NEEDED,
        help_text=_("What a decision on this ground asks of the proof; otherwise the desk must say why it decides so."),
    )

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        ordering = ("outcome", models.F("kind").asc(nulls_first=True), "code")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"], name="ground_once_a_day", nulls_distinct=False
            ),
            forbid_overlap("ground_never_twice_at_once", OF_EVERY_KIND_TOO, "code"),
            forbid_empty_period("ground_holds_for_a_while"),
        )

    def __str__(self) -> str:
        return self.text("label")

    def basis(self, language: str = "", *, rules: str = "") -> str:
        """The article of law as a letter in a language quotes it; by default in the language of this page.

        `rules`: the policy rules of the deciding body; without them it only says that such rules exist.
        """
        rules = rules or gettext("the policy rules on exemptions for zero-emission zones")
        return in_language(self.article, self.article_en, language).replace("{rules}", rules)

    @property
    def is_used(self) -> bool:
        """Whether a decision or a proposal rests on it."""
        return self.decision_set.exists() or self.proposal_set.exists()

    @classmethod
    def rejections(cls) -> dict[str, str]:
        """Short labels of the grounds for rejecting, by code; for a code with several versions, of the newest."""
        found = cls.objects.filter(outcome=cls.Outcome.REJECT).order_by("code", "valid_from")
        return {ground.code: ground.text("label") for ground in found}

    @classmethod
    def for_granting(cls, code: str, *, on: date) -> "Ground | None":
        """A kind's own ground for granting on a day; None if an administrator has ended it."""
        return cls.objects.in_force(on=on).filter(kind=code, outcome=cls.Outcome.GRANT).first()

    def fits(self, code: str) -> bool:
        """Whether a case of a kind can be decided on it."""
        return self.kind_id in (None, code)
