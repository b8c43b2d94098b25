"""The forms of a case before a court."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, deadlines, penalties
from casework.current_policy import CurrentPolicy
from casework.desk.forms import BaseNoteForm, DayField, LongText, StepForm, get_today
from casework.dossier_pdf.export import find_made
from casework.dossier_pdf.pieces import Purpose
from casework.models import Deadline, EquatedDay, Export
from casework.steps import StepRefused
from casework.uploads.upload_checks import CheckedFile
from exemptions.forms.papers import PapersField, keep_papers
from exemptions.models import Application
from objections.admin.fields import HIGHEST_COURT, CourtField, GroundOfCase, YesNoField
from objections.admin.forms.outcome import days_as_asked, explain_days_as_asked
from objections.models import Appeal, AppealStatus, Objection, ObjectionStatus
from objections.steps.court import Remedy

if TYPE_CHECKING:
    from django.db.models import QuerySet


def filed_on(appeal: Appeal) -> date | None:
    """The first possible day for the end of a case."""
    return appeal.filed_on


class AppealForm(StepForm):
    """A step of a case before a court."""

    @property
    def appeal(self) -> Appeal:
        """The case as an appeal."""
        case: Appeal = self.case
        return case


class AppealNoteForm(BaseNoteForm):
    """A remark for colleagues."""

    text = LongText(label=_("Note"), help_text=_("For colleagues only; it stands with the notes on the objection."))


class NumberForm(AppealForm):
    """Which court keeps it, under which number."""

    court = CourtField()
    case_number = forms.CharField(label=_("Case number"), max_length=50)

    @staticmethod
    def usual(appeal: Appeal) -> dict[str, Any]:
        return {"court": appeal.court, "case_number": appeal.case_number}


class PaperForm(AppealForm):
    """What went to the court or came from it."""

    title = forms.CharField(label=_("What it is"), max_length=200)
    dated_on = DayField(label=_("Date"))
    document = PapersField(label=_("File"), most=1)

    @staticmethod
    def usual(_appeal: Appeal) -> dict[str, Any]:
        return {"dated_on": timezone.localdate()}

    def detail(self) -> dict[str, Any]:
        papers: list[CheckedFile] = self.cleaned_data["document"]
        kept = keep_papers(papers, dossier=self.appeal.dossier, by=self.user)
        return {**self.cleaned_data, "document": kept[0] if kept else None}


class MadeDossierField(forms.ModelChoiceField["Export"]):
    """The dossiers for the court that were made from this case and are still available."""

    def __init__(self) -> None:
        help_text = _("It goes along as the file, so that you need not download and upload it.")
        label = _("The dossier that was made here")
        super().__init__(
            Export.objects.none(), label=label, help_text=help_text, required=False, empty_label=_("no dossier")
        )

    def offer_for(self, case: Appeal) -> None:
        """Offer those of one case."""
        self.queryset = find_court_dossiers(case)

    def label_from_instance(self, obj: Export) -> str:
        about = {"who": obj.owner, "day": date_format(timezone.localtime(obj.asked_at), "j F Y, H:i")}
        return gettext("asked by %(who)s on %(day)s") % about


class SendPapersForm(PaperForm):
    """What goes to the court: a file, or a dossier that was made here."""

    made = MadeDossierField()
    field_order = ("title", "dated_on", "made", "document")

    def prepare(self) -> None:
        if not find_court_dossiers(self.appeal).exists():
            del self.fields["made"]

    def clean(self) -> dict[str, Any]:
        """Allow one of the two."""
        cleaned = super().clean() or {}
        if cleaned.get("made") and cleaned.get("document"):
            self.add_error("document", gettext("Choose the dossier that you made, or a file of your own."))
        return cleaned

    def detail(self) -> dict[str, Any]:
        made: Export | None = self.cleaned_data.pop("made", None)
        if made is not None:
            self.cleaned_data["document"] = [read_made(made)]
        return super().detail()


def find_court_dossiers(case: Appeal) -> "QuerySet[Export]":
    """Dossiers for the court whose file is still available."""
    return find_made(case, purpose=Purpose.COURT).filter(expires_at__gt=clock.now()).exclude(file="")


def read_made(made: Export) -> CheckedFile:
    """The file of a dossier; raises StepRefused if it is gone or the storage is unavailable."""
    try:
        with made.file.open("rb") as file:
            content = file.read()
    except OSError as error:
        raise StepRefused(gettext("Files cannot be saved at the moment. Try again in a few minutes.")) from error
    return CheckedFile(gettext("Dossier for the court.pdf"), content, "application/pdf")


class EndForm(AppealForm):
    """When and how the case ended, and from which day the six weeks for a remedy run."""

    judged_on = DayField(
        label=_("Date of the judgment"), help_text=_("The day of the judgment."), first=filed_on, last=get_today
    )
    sent_on = DayField(
        label=_("Judgment sent on"),
        required=False,
        help_text=_("By the date of the court's letter: from then six weeks run. Empty: the day of the judgment."),
        first=filed_on,
        last=get_today,
    )
    unheard = forms.BooleanField(
        label=_("Without a hearing (Awb 8:54)"),
        required=False,
        help_text=_("Then one goes against it by opposition (verzet) before the same court, not by higher appeal."),
    )
    judgment = LongText(label=_("What the court decided, in short"))


class SettledForm(AppealForm):
    """When both sides settled, and on what terms."""

    judged_on = DayField(label=_("Settled on"), first=filed_on, last=get_today)
    judgment = LongText(label=_("What was agreed, in short"))


class TakenBackForm(AppealForm):
    """When the appeal was withdrawn."""

    judged_on = DayField(label=_("Withdrawn on"), first=filed_on, last=get_today)
    judgment = LongText(label=_("What was said about it"), required=False)


class CourtGrantForm(EndForm):
    """The exemption that the court grants."""

    ground = GroundOfCase()
    starts_on = DayField(label=_("First day"), first=lambda appeal: appeal.application.received_on)
    ends_on = DayField(label=_("Last day of the exemption"))

    @staticmethod
    def usual(appeal: Appeal) -> dict[str, Any]:
        return days_as_asked(appeal.application)

    def prepare(self) -> None:
        """Explain next to the last day how it was computed."""
        explain_days_as_asked(self.fields["ends_on"], self.appeal.application)


class GrantForm(CourtGrantForm):
    """The exemption that we grant, and the remedy against it."""

    remedy = forms.ChoiceField(
        label=_("What one can do against our decision"),
        choices=Remedy.choices,
        widget=forms.RadioSelect(),
        help_text=_("Six weeks, counted from the day on which our letter is made known (Awb 3:45, 6:7, 6:23)."),
    )
    explanation = LongText(
        label=_("Why you give less than was asked"),
        required=False,
        help_text=_("Needed if you give less than was asked, and stands in the letter (Awb 3:46)."),
    )

    @staticmethod
    def usual(appeal: Appeal) -> dict[str, Any]:
        """The usual remedy: an objection after a direct appeal, which is about the application itself (Awb 7:1a)."""
        is_direct = appeal.objection and appeal.objection.status == ObjectionStatus.FORWARDED
        remedy = Remedy.OBJECTION if is_direct else Remedy.APPEAL
        return {**days_as_asked(appeal.application), "remedy": remedy}


class OrderForm(EndForm):
    """Until when we must decide, and what each day too late costs, with the usual values filled in."""

    until = DayField(
        label=_("Decide by"),
        help_text=_("The last day that the court gave. Of silence: two weeks after the judgment was sent (Awb 8:55d)."),
    )
    euros_a_day = forms.IntegerField(
        label=_("Penalty for each day after that, in euros"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("0: none."),
    )
    most_eur = forms.IntegerField(
        label=_("At most, in euros"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Empty: no maximum."),
    )
    penalty_eur = forms.IntegerField(
        label=_("Penalty of Awb 4:17 that the court set, in euros"),
        min_value=0,
        max_value=10_000,
        required=False,
        help_text=_("Only if the court was asked to set it (Awb 8:55c). Empty: we set it ourselves."),
    )

    @staticmethod
    def usual(appeal: Appeal) -> dict[str, Any]:
        """For silence, what the law and the courts usually order (Awb 8:55d)."""
        if appeal.against != Appeal.Against.SILENCE:
            return {"euros_a_day": 0}
        policy = CurrentPolicy.on(clock.today())
        return {
            "unheard": True,
            "until": deadlines.order_due(clock.today()),
            "euros_a_day": policy.number("court_penalty_a_day"),
            "most_eur": policy.number("court_penalty_most"),
        }

    def clean_euros_a_day(self) -> int:
        """The amount per day; 0 if nothing was filled in."""
        return self.cleaned_data["euros_a_day"] or 0

    def prepare(self) -> None:
        """Ask for a penalty only after a notice of default."""
        if not penalties.is_to_set(self.appeal.contested):
            del self.fields["penalty_eur"]


class ReportForm(PaperForm):
    """What the court was told, and when."""

    day: ClassVar[str]
    """The name of the step's argument for the day of the paper."""

    def detail(self) -> dict[str, Any]:
        known = super().detail()
        known[self.day] = known.pop("dated_on")
        return known


class DecisionTakenForm(ReportForm):
    """Our decision, sent to the court that judges our silence."""

    day = "told_on"

    @staticmethod
    def usual(_appeal: Appeal) -> dict[str, Any]:
        return {"dated_on": timezone.localdate(), "title": gettext("Our decision (Awb 6:20)")}


class RepairForm(ReportForm):
    """How we repaired the decision."""

    day = "repaired_on"

    @staticmethod
    def usual(_appeal: Appeal) -> dict[str, Any]:
        return {"dated_on": timezone.localdate(), "title": gettext("How we repaired the decision (Awb 8:51b)")}


class InterimForm(ReportForm):
    """The interim judgment, and until when we can repair."""

    day = "sent_on"
    until = DayField(label=_("Repair until"), help_text=_("The last day that the court gave (Awb 8:51a, paragraph 2)."))

    @staticmethod
    def usual(_appeal: Appeal) -> dict[str, Any]:
        return {"title": gettext("Interim judgment (Awb 8:51a)")}


class AnswerForm(AppealForm):
    """Whether we use the opportunity."""

    uses = YesNoField(
        label=_("We repair the decision"), help_text=_("What the court was told (Awb 8:51b, paragraph 1).")
    )


class OppositionForm(AppealForm):
    """When we lodged opposition."""

    opposed_on = DayField(label=_("Lodged on"), first=lambda appeal: appeal.judgment_sent_on, last=get_today)


class JudgmentField(forms.ModelChoiceField[Appeal]):
    """The case in which the judgment was given; needed only for a higher appeal."""

    needed_sometimes = True

    def __init__(self) -> None:
        label, empty = _("Judgment"), _("Choose the case in which it was given")
        super().__init__(Appeal.objects.none(), label=label, required=False, empty_label=empty)


class LodgeForm(StepForm):
    """A new case as reported by the court. This form's case is the objection, or the application if there is none."""

    against = forms.ChoiceField(label=_("Against"), choices=())
    higher_than = JudgmentField()
    by_us = forms.ChoiceField(
        label=_("Lodged by"), choices=[("objector", _("the objector")), ("us", _("the deciding body"))]
    )
    court = CourtField()
    case_number = forms.CharField(label=_("Case number"), max_length=50, required=False)
    about_penalty = forms.BooleanField(label=_("Also about the penalty for deciding late (Awb 4:19)"), required=False)
    without_notice_because = LongText(
        rows=2,
        label=_("Why no notice of default could be asked"),
        required=False,
        help_text=_("Only of silence, and only if it says so (Awb 6:12, paragraph 3): a day of the court passed, say."),
    )
    filed_on = DayField(label=_("Filed on"), first=lambda case: first_day_of(case), last=get_today)
    sent_on = DayField(
        label=_("Sent by the court on"), required=False, help_text=_("The date of its letter."), last=get_today
    )
    papers_due = DayField(
        label=_("Papers to the court by"),
        required=False,
        help_text=_("As the court asks. Empty: four weeks after the court sent us the grounds (Awb 8:42)."),
    )

    @staticmethod
    def usual(case: Objection | Application) -> dict[str, Any]:
        judgment = find_judged_appeals(case).last()
        return {"court": HIGHEST_COURT, "higher_than": judgment} if judgment else {}

    def prepare(self) -> None:
        """Offer only what can be appealed at this stage; a higher appeal only against a judgment."""
        possible = possible_targets(self.case)
        if isinstance(field := self.fields["against"], forms.ChoiceField):
            field.choices = [(one.value, one.label) for one in possible]
        if Appeal.Against.SILENCE not in possible:
            del self.fields["without_notice_because"]
        if not self.case.dossier.application.decisions.on_penalties().in_force().exists():
            del self.fields["about_penalty"]
        if Appeal.Against.JUDGMENT not in possible:
            del self.fields["higher_than"], self.fields["by_us"]
        elif isinstance(judgments := self.fields["higher_than"], forms.ModelChoiceField):
            judgments.queryset = find_judged_appeals(self.case)

    def clean(self) -> dict[str, Any]:
        """Require the judgment for a higher appeal, and that any other appeal is the objector's."""
        data = super().clean() or {}
        if data.get("against") == Appeal.Against.JUDGMENT and not data.get("higher_than"):
            self.add_error("higher_than", gettext("Choose against which judgment it is."))
        if data.get("against") != Appeal.Against.JUDGMENT and data.get("by_us") == "us":
            self.add_error("by_us", gettext("We can only lodge a higher appeal, against a judgment."))
        if self.is_too_early(data.get("filed_on")):
            self.add_error("filed_on", gettext("That day is before the case came in."))
        sent_on = data.get("sent_on")
        if sent_on and sent_on <= clock.today() and not data.get("papers_due"):
            data["papers_due"] = deadlines.court_papers_due(sent_on, calendar=EquatedDay.calendar())
        return data

    def is_too_early(self, day: date | None) -> bool:
        """Whether a day precedes the case itself."""
        return day is not None and day < first_day_of(self.case)

    def about(self) -> dict[str, Any]:
        """The field values of the new case."""
        values = self.cleaned_data
        is_higher = values["against"] == Appeal.Against.JUDGMENT
        return {
            "against": values["against"],
            "instance": Appeal.Instance.HIGHER if is_higher else Appeal.Instance.DISTRICT,
            "higher_than": values.get("higher_than") if is_higher else None,
            "by_us": values.get("by_us") == "us",
            "without_notice_because": values.get("without_notice_because", "") if not is_higher else "",
            "about_penalty": values.get("about_penalty", False),
            "court": values["court"],
            "case_number": values["case_number"],
        }


def first_day_of(case: Objection | Application) -> date:
    """The day on which the case came in, or was taken up again."""
    return case.in_hand_since


def find_judged_appeals(case: Objection | Application) -> Any:
    """District court cases with a judgment, and without a higher appeal.

    Judgments without a hearing are left out, because they are not open to higher appeal (Awb 8:104(2)).
    """
    with_judgment = [AppealStatus.INADMISSIBLE, AppealStatus.UNFOUNDED, AppealStatus.UPHELD]
    judged = Appeal.objects.about(case).filter(instance=Appeal.Instance.DISTRICT, status__in=with_judgment)
    return judged.filter(higher=None, unheard=False).order_by("pk")


def possible_targets(case: Objection | Application) -> list[Appeal.Against]:
    """What can be appealed now. For an application itself only our silence (Awb 7:1(1)(f))."""
    possible = []
    if isinstance(case, Application):
        possible += [Appeal.Against.SILENCE] if case.is_late else []
    elif case.is_decided or case.open_due(Deadline.Kind.APPEAL):
        possible.append(Appeal.Against.DECISION)
    elif not case.has_ended:
        possible.append(Appeal.Against.SILENCE)
    if find_judged_appeals(case).exists():
        possible.insert(0, Appeal.Against.JUDGMENT)
    return possible
