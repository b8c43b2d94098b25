"""What the addresses of the product point at: five cases, and what else has a page of its own."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence, RoleChange, User
from casework.models import CourtOrder, DefaultNotice, Export, LetterText, Policy, ReferenceChange, SavedView
from complaints.models import Complaint
from correspondence.models import Submission
from exemptions import day_exemptions, mandates
from exemptions.fleet import application_batch, paste_parser, vehicle_batch
from exemptions.models import Applicant, Application, ChangeRequest, FactsRecord, Mandate, ThresholdVersion, Vehicle
from exemptions.models.decision import Change
from helpdesk.mailbox import attachments
from helpdesk.mailbox.parts import File
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Adviser, Attachment, Outage, Question, Topic
from objections.models import Appeal, Objection
from renewals.models import Renewal
from reporting.letter import lifecycle
from reporting.models import BranchSignal, ReturnUpload
from reporting.team.forms import build_period
from reporting.team.quality import draw_sample
from tests import contest, given
from tests.cast import staff
from tests.complaints import lodged
from tests.correspondence.submitted import submitted
from tests.enforcement.exempted import program
from tests.renewals import changes
from zones.models import Municipality

BY_KEY = (
    "apply_resume",
    "discard",
    "phone_link",
    "receipt",
    "entered_pdf",
    "application",
    "application_calendar",
    "case_messages",
    "supply",
    "give_view",
    "agree_to_delay",
    "withdraw",
    "dispute_facts",
    "rate",
    "default_notice",
    "object_to",
    "object_check",
    "object_discard",
    "day_exemption_done",
    "api_application",
)
OF_OBJECTION = (
    "objection",
    "objection_pdf",
    "objection_repair",
    "objection_hearing",
    "objection_papers",
    "objection_messages",
    "objection_costs",
    "objection_penalty",
    "objection_withdraw",
    "objection_late",
)
BY_STEPS = (
    Application,
    Objection,
    Appeal,
    Complaint,
    Submission,
    CourtOrder,
    DefaultNotice,
    Renewal,
    ThresholdVersion,
    ReferenceChange,
    Question,
)
"""Of these the desk has its own pages in place of the admin's."""
RENEWAL_STEPS = ("propose", "approve", "start", "exclude")
OBJECTION_STEPS = ("admit", "ask_repair", "note", "uphold", "add_papers")
APPEAL_STEPS = ("take_number", "find_unfounded", "win_with_order")
STEPS = ("take_up", "assign", "note", "grant", "supply", "approve_rejection", "return_proposal")


def of_cases(people: dict[str, User]) -> dict[str, str]:
    """A national case, a local one in Utrecht, a rejection that waits for a second pair of eyes, a draft, a day."""
    applicant, desk = people["applicant"], people["caseworker"]
    cases = {
        "national": given.supplied(by=applicant, desk=desk),
        "local": given.waiting(by=applicant, desk=people["municipal_caseworker"], code="HAR"),
        "proposed": given.proposed(by=applicant, desk=desk, plate="V001AA"),
        "draft": given.draft(by=applicant, plate="V002AA"),
        "day": day_exemption(applicant),
    }
    rows: dict[str, str] = {}
    for name, case in cases.items():
        rows |= {f"{row}@{name}": url for row, url in {**portal(case), **desk_pages(case)}.items()}
    begun = given.copied(desk=desk, applicant=Applicant.objects.of(applicant).get(), plate="V009AA")
    registration = "admin:exemptions_application_registration"
    rows |= {registration: reverse(registration, args=[begun.key])}
    granted = given.granted(by=applicant, desk=desk, plate="V003AA")
    decision = granted.decisions.get()
    asked = ask_name(granted)
    rows |= {"change": reverse("change", args=[granted.key, "kenteken"])}
    rows |= {"take_back_change": reverse("take_back_change", args=[granted.key, asked.pk])}
    rows |= {
        name: reverse(name, args=[decision.exemption.pk])
        for name in ("extend", "exemption_calendar", "exemption_proof", "copy_proof")
    }
    rows |= {name: reverse(name, args=[0]) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")}
    return rows | {name: reverse(name, args=[decision.reference]) for name in ("verify_reference", "api_decision")}


def ask_name(granted: Application) -> ChangeRequest:
    """The holder asks for another name."""
    granted.ask_change(by=granted.owner, what=Change.NAME, name="De Korst BV")
    asked: ChangeRequest = granted.change_requests.get()
    return asked


def of_objections(people: dict[str, User]) -> dict[str, str]:
    """In the portal: to a rejection, not begun, a draft, and open or ended ones; one can be about a penalty too."""
    applicant, desk, second = people["applicant"], people["caseworker"], people["other_caseworker"]
    parties: dict[str, Any] = {"by": applicant, "desk": people["objection_officer"]}
    free, begun, *others = (
        given.rejected(by=applicant, desk=desk, second=second, plate=f"V01{number}AA") for number in range(6)
    )
    draft = contest.draft(begun, by=applicant)
    ended = contest.handling(others[3], **parties)
    ended.withdraw(by=applicant)
    cases = {
        "draft": draft,
        "repair": contest.in_repair(others[0], **parties),
        "offered": contest.hearing_offered(others[1], **parties),
        "planned": contest.hearing_planned(others[2], **parties),
        "ended": ended,
    }
    rows = {f"{name}@{row}": reverse(name, args=[case.key]) for row, case in cases.items() for name in OF_OBJECTION}
    rows |= of_contest(cases, desk=people["objection_officer"])
    applications = {"rejected": free, "begun": begun, "objected": others[0]}
    penalty = given.penalty(others[2], by=desk)
    rows |= {"object_to@penalty": reverse("object_to", args=[others[2].key, penalty.reference])}
    objecting = ("object_to", "object_check", "object_discard")
    return rows | {
        f"{name}@{row}": reverse(name, args=[case.key]) for row, case in applications.items() for name in objecting
    }


def of_contest(cases: dict[str, Objection], *, desk: User) -> dict[str, str]:
    """The desk's pages about objections, and about an appeal against silence on one of them."""
    appeal = contest.appeal(cases["planned"], desk=desk, against="silence")
    base = "admin:objections_objection_"
    rows: dict[str, str] = {}
    for row, case in cases.items():
        letter = files_of(case)[0]
        rows |= {f"{base}{page}@{row}": reverse(base + page, args=[case.pk]) for page in ("change", "present")}
        rows |= {f"{base}letter@{row}": reverse(f"{base}letter", args=[case.pk, letter])}
        rows |= {f"{base}document@{row}": reverse(f"{base}document", args=[case.pk, files_of(case)[1]])}
        rows |= {f"{base}pending@{row}": reverse(f"{base}pending", args=[case.pk, 0])}
        rows |= {f"{base}step@{name}@{row}": reverse(f"{base}step", args=[case.pk, name]) for name in OBJECTION_STEPS}
    rows |= {f"{base}register": reverse(f"{base}register", args=[cases["ended"].application.pk])}
    base = "admin:objections_appeal_"
    rows |= {f"{base}{page}": reverse(base + page, args=[appeal.pk]) for page in ("change", "present")}
    rows |= {f"{base}letter": reverse(f"{base}letter", args=[appeal.pk, files_of(appeal)[0]])}
    rows |= {f"{base}document": reverse(f"{base}document", args=[appeal.pk, 0])}
    rows |= {f"{base}pending": reverse(f"{base}pending", args=[appeal.pk, 0])}
    rows |= {f"{base}step@{name}": reverse(f"{base}step", args=[appeal.pk, name]) for name in APPEAL_STEPS}
    rows |= {f"{base}silence": reverse(f"{base}silence", args=[judged_silence(cases["ended"]).pk])}
    return {**rows, f"{base}lodge": reverse(f"{base}lodge", args=[cases["offered"].pk])}


def judged_silence(objection: Objection) -> Application:
    """An application about which a court judged that we were silent: one can go to a higher court."""
    about = {"dossier": objection.dossier, "against": Appeal.Against.SILENCE, "filed_on": timezone.localdate()}
    silent = Appeal.objects.create(court="Rechtbank Gelderland", **about)
    Appeal.objects.filter(pk=silent.pk).update(status="unfounded")
    return objection.application


PARTS = ("document", "letter", "pending")
"""What belongs to a case, by a number that is nobody's."""


def of_complaints(people: dict[str, User]) -> dict[str, str]:
    """One of the applicant, which is being handled."""
    case = lodged.handled(by=people["objection_officer"], complainant=people["applicant"])
    rows = {name: reverse(name, args=[case.key]) for name in ("complaint", "complaint_messages", "complaint_withdraw")}
    rows |= {"complaint_document": reverse("complaint_document", args=[case.key, 0])}
    base, letter = "admin:complaints_complaint_", case.dossier.letters.get()
    rows |= {f"{base}{page}": reverse(base + page, args=[case.pk]) for page in ("change", "present")}
    rows |= {f"{base}{page}": reverse(base + page, args=[case.pk, 0]) for page in PARTS}
    rows |= {f"{base}letter": reverse(f"{base}letter", args=[case.pk, letter.pk])}
    return rows | {f"{base}step@note": reverse(f"{base}step", args=[case.pk, "note"])}


def of_submissions(people: dict[str, User]) -> dict[str, str]:
    """One that waits to be sent on."""
    case = submitted(by=people["caseworker"])
    base = "admin:correspondence_submission_"
    rows = {f"{base}{page}": reverse(base + page, args=[case.pk]) for page in ("change", "present")}
    rows |= {f"{base}{page}": reverse(base + page, args=[case.pk, 0]) for page in PARTS}
    return rows | {f"{base}step@note": reverse(f"{base}step", args=[case.pk, "note"])}


def of_programs(people: dict[str, User]) -> dict[str, str]:
    """One of Utrecht."""
    machine, _secret = program(by=people["administrator"])
    base = "admin:enforcement_machineclient_"
    return {
        **{f"{base}{verb}": reverse(base + verb, args=[machine.pk]) for verb in ("rotate", "revoke")},
        "api_exemption_list": reverse("api_exemption_list", args=["GM0344"]),
    }


def of_renewals(people: dict[str, User]) -> dict[str, str]:
    """A list of decisions to take again, one that a colleague reviewed, and a draft of the thresholds."""
    colleague = staff("Theo Teamleider", "team lead")
    old = changes.version(changes.OLD, valid_from=timezone.localdate() - timedelta(days=9))
    changes.rejected(by=people["applicant"], desk=people["caseworker"], second=people["other_caseworker"])
    runs = {"listed": changes.listed(old, by=colleague), "proposed": changes.listed(changes.version(), by=colleague)}
    runs["proposed"].propose(by=colleague, explanation_nl="De grens is verlaagd.")
    draft = changes.version(published=False, by=colleague)
    run, version = "admin:renewals_renewal_", "admin:exemptions_thresholdversion_"
    rows = {f"{version}{page}": reverse(version + page, args=[draft.pk]) for page in ("change", "present", "trial")}
    rows |= {f"{version}{page}": reverse(version + page, args=[draft.pk, 0]) for page in PARTS}
    rows |= {f"{version}step@{name}": reverse(f"{version}step", args=[draft.pk, name]) for name in ("edit", "publish")}
    for name, case in runs.items():
        rows |= {
            f"{run}{page}@{name}": reverse(run + page, args=[case.pk]) for page in ("change", "present", "progress")
        }
        rows |= {f"{run}{page}@{name}": reverse(run + page, args=[case.pk, 0]) for page in PARTS}
        rows |= {f"{run}step@{step}@{name}": reverse(f"{run}step", args=[case.pk, step]) for step in RENEWAL_STEPS}
    return rows


def of_fleet(people: dict[str, User]) -> dict[str, str]:
    """A vehicle of the applicant, a list to add and one to apply for, and a day on which all are checked."""
    applicant = people["applicant"].mandates.get().applicant
    vehicle = Vehicle.objects.create(applicant=applicant, plate="V005AA", added_by=people["applicant"])
    added = vehicle_batch.begin_batch(applicant, paste_parser.read_paste("V006AA", most=1), by=people["applicant"])
    asked = application_batch.begin_batch(applicant, [vehicle], by=people["applicant"])
    query = f"municipality={Municipality.objects.get(name='Utrecht').pk}&day={timezone.localdate()}"
    return {
        "fleet_vehicle": reverse("fleet_vehicle", args=[vehicle.pk]),
        "fleet_batch": reverse("fleet_batch", args=[added.key]),
        "fleet_answers": reverse("fleet_answers", args=[added.key, "csv"]),
        "fleet_what": reverse("fleet_what", args=[asked.key]),
        "fleet_form": reverse("fleet_form", args=[asked.key]),
        "fleet_example": reverse("fleet_example", args=["xlsx"]),
        "fleet_check_file": f"{reverse('fleet_check_file', args=['csv'])}?{query}",
    }


def day_exemption(user: User) -> Application:
    return day_exemptions.ask_day_exemption(
        by=user,
        applicant=user.mandates.get().applicant,
        facts=given.VAN,
        source=FactsRecord.Source.REGISTER,
        plate="V004AA",
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=timezone.localdate(),
        language="nl",
    )


def files_of(case: Application | Objection | Appeal) -> tuple[int, int]:
    """A letter and a document of the case, or numbers that are nobody's."""
    letter, document = case.dossier.letters.first(), case.dossier.documents.first()
    return (letter.pk if letter else 0, document.pk if document else 0)


def portal(case: Application) -> dict[str, str]:
    """What is addressed by a key."""
    letter, document = files_of(case)
    more: dict[str, list[Any]] = {
        "apply": ["check"],
        "letter": [letter],
        "letter_pdf": [letter],
        "document": [document],
    }
    return {name: reverse(name, args=[case.key, *more.get(name, [])]) for name in (*BY_KEY, *more)}


def desk_pages(case: Application) -> dict[str, str]:
    """What the desk addresses by number."""
    letter, document = files_of(case)
    pages: dict[str, list[int]] = {
        "change": [],
        "present": [],
        "letter": [letter],
        "document": [document],
        "pending": [0],
    }
    base = "admin:exemptions_application_"
    return {
        **{base + name: reverse(base + name, args=[case.pk, *more]) for name, more in pages.items()},
        **{f"{base}step@{name}": reverse(f"{base}step", args=[case.pk, name]) for name in STEPS},
    }


def of_people(people: dict[str, User]) -> dict[str, str]:
    """Mandates and invitations of the applicant; the stranger is invited."""
    own, theirs = (Mandate.objects.get(user=people[name]) for name in ("applicant", "representative"))
    email, role = people["stranger"].email, Mandate.Role.COLLEAGUE
    invited = mandates.invite_person(own.applicant, email=email, role=role, by=people["applicant"])
    return {
        "representatives_of": reverse("representatives_of", args=[own.applicant_id]),
        "applicant_choices": reverse("applicant_choices", args=[own.applicant_id]),
        "end_mandate": reverse("end_mandate", args=[theirs.pk]),
        "take_back_invitation": reverse("take_back_invitation", args=[invited.pk]),
        "invitation": reverse("invitation", args=[invited.token]),
    }


def of_samples(people: dict[str, User]) -> dict[str, str]:
    """A quality sample with one decision, which waits for its reviewer."""
    decided = given.granted(by=people["applicant"], desk=people["other_caseworker"], plate="VST01B")
    today = timezone.localdate()
    sample = draw_sample(by=people["team_lead"], period=build_period(today, today), kind=None, wanted=20)
    review = sample.reviews.get(decision__application=decided)
    return {
        "quality_sample": reverse("quality_sample", args=[sample.pk]),
        "quality_review": reverse("quality_review", args=[review.pk]),
    }


def of_changes(people: dict[str, User]) -> dict[str, str]:
    """A change of a setting that its maker has proposed."""
    row = Policy.objects.get(name="completion_days")
    change = ReferenceChange.objects.create(
        model="casework.policy",
        key=row.name,
        action=ReferenceChange.Action.VERSION,
        replaces=row.pk,
        before={"name": row.name, "value": row.value},
        after={"name": row.name, "value": 28},
        valid_from=timezone.localdate(),
        source="Besluit",
        reason="Meer tijd.",
        proposed_by=people["administrator"],
    )
    base = "admin:casework_referencechange_"
    return {
        f"{base}changelist": reverse(f"{base}changelist"),
        f"{base}change": reverse(f"{base}change", args=[change.pk]),
        f"{base}settle": reverse(f"{base}settle", args=[change.pk]),
        f"{base}new": reverse(f"{base}new", args=["zones.zone"]),
        f"{base}propose": reverse(f"{base}propose", args=["version", "casework.policy", row.pk]),
    }


def of_models() -> dict[str, str]:
    """The admin's own pages of every registered model."""
    ben, eva = (User.objects.get(name=name) for name in ("Ben Beheerder", "Eva Redacteur"))
    RoleChange.objects.create(user=eva, direction="give", roles=["reporter"], reason="Valt in", proposed_by=ben)
    Adviser.objects.create(municipality=Municipality.objects.get(name="Utrecht"))
    Outage.objects.create(began_at=timezone.now(), what_nl="Stuk.", what_en="Broken.")
    kees = User.objects.get(name="Kees Behandelaar")
    SavedView.objects.create(owner=kees, listing="application", name="Van mij", filters="list=mine", is_shared=True)
    Absence.objects.create(user=kees, first_day=timezone.localdate(), last_day=timezone.localdate())
    rows: dict[str, str] = {}
    for model in set(admin.site._registry) - set(BY_STEPS):
        pk = model._default_manager.values_list("pk", flat=True).order_by("pk").first() or 0
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        rows |= {base + page: reverse(base + page) for page in ("changelist", "add")}
        rows |= {base + page: reverse(base + page, args=[pk]) for page in ("change", "delete", "history")}
    return rows


def with_arguments() -> dict[str, str]:
    """Other addresses that need something in them."""
    text, today = LetterText.objects.order_by("pk")[0], timezone.localdate()
    arguments: dict[str, list[Any]] = {
        "account_reset_password_from_key": ["1", "a-b"],
        "admin:view_on_site": [1, 1],
        "admin:mention_read": [1],
        "admin:dossier_pdf": ["application", 0],
        "admin:app_list": ["exemptions"],
        "admin:casework_lettertext_write": [text.pk],
        "admin:accounts_rolechange_settle": [RoleChange.objects.get().pk, "approve"],
        "openid_connect_login": ["digid"],
        "openid_connect_callback": ["digid"],
    }
    upload = ReturnUpload.objects.create(name="opgaven.xlsx", uploaded_by=User.objects.get(name="Rik Rapporteur"))
    arguments |= {
        "returns_of": ["GM0344"],
        "return_month": ["GM0344", 2025, 6],
        "returns_template": ["xlsx"],
        "return_upload_check": [upload.key],
    }
    topic = Topic.objects.order_by("pk")[0]
    arguments |= {
        "blank_form": ["financial-form"],
        "watch": ["geen"],
        "calendar_feed": ["geen"],
        "send_photos": ["geen"],
        "watch_unsubscribe": ["geen"],
        "zone": ["utrecht"],
        "zone_advice": ["utrecht"],
        "kind": ["lev"],
        "topic": ["kosten"],
    }
    arguments |= {f"admin:helpdesk_topic_{name}": [topic.pk, "nl"] for name in ("write", "preview")}
    arguments |= {f"admin:helpdesk_topic_{name}": [topic.pk] for name in ("review", "rest")}
    question, attachment = asked_with_file()
    arguments |= {
        "question": [question.number],
        "question_attachment": [question.number, attachment.pk],
        "question_step": [question.number, "close"],
        "unread_mail_seen": [1],
    }
    signal = BranchSignal.objects.create(organisation="Bond", topic="Laden", text="Te weinig.", first=today, last=today)
    arguments |= {
        "site_month": [2025, 6],
        "signal_change": [signal.pk],
        "signal_withdraw": [signal.pk],
        "api_figure": ["R01"],
        "api_figure_places": ["R07"],
    }
    export = Export.objects.create(owner=User.objects.get(name="Kees Behandelaar"), listing="application", format="csv")
    arguments |= {"export": ["application", "csv"]}
    arguments |= {name: [export.key] for name in ("export_ready", "export_file", "export_again")}
    report = lifecycle.begin_draft(
        lifecycle.usual_period(today), letter_on=today, by=User.objects.get(name="Rik Rapporteur")
    )
    arguments |= {
        "letter_to_parliament": [report.key],
        "letter_details": [report.key],
        "letter_block": [report.key, "zones"],
        "letter_file": [report.key, "json"],
        "letter_step": [report.key, "approve"],
    }
    days = f"from={today}&to={today}&as_of={today}"
    figures = f"{reverse('statistics_file', args=['csv'])}?{days}"
    cases = f"{reverse('statistics_cases', args=['R01'])}?key=national&{days}"
    return {
        "statistics_file": figures,
        "statistics_cases": cases,
        **{name: reverse(name, args=args) for name, args in arguments.items()},
    }


def asked_with_file() -> tuple[Question, Attachment]:
    """A question to the editors with a file."""
    looked = attachments.check_files([File("bewijs.pdf", given.PDF)])
    question = open_question(channel="form", email="anna@example.org", text="Mag ik erin?", files=looked)
    return question, Attachment.objects.get(mail__question=question)
