"""An application in the demo: a draft filled in from a wish; the rest are steps."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from casework import clock
from casework.models import Dossier
from demo import evidence
from demo.wish import Wish
from demo.world import World
from exemptions.models import Application, EvidenceItem, FactsRecord, Ground, ViewRequest
from exemptions.models.facts import as_json

Verdict = EvidenceItem.Verdict
NOT_LEGIBLE = "De datum op dit stuk is niet te lezen."
NOT_SHOWN = "Dit stuk laat niet zien wat de voorwaarden vragen."


class Case:
    """An application with what its course needs: its wish, and its own random numbers."""

    def __init__(self, world: World, wish: Wish, application: Application):
        self.world, self.wish, self.application = world, wish, application

    @classmethod
    def begin(cls, world: World, wish: Wish, *, with_proof: bool = True, **about: Any) -> "Case":
        """Fill in a draft, with a file for every required item."""
        application = Application.objects.create(
            dossier=Dossier.objects.create(),
            kind=wish.kind,
            applicant=wish.applicant,
            owner=wish.owner,
            language=wish.language,
            plate=wish.plate,
            country=wish.country,
            vehicle_class=wish.facts.category or "",
            facts_verified=wish.verified,
            municipality=wish.municipality,
            wanted_from=wish.wanted_from,
            **{"key": world.key(), "answers": evidence.answer_questions(wish), **about},
        )
        source = FactsRecord.Source.REGISTER if wish.verified else FactsRecord.Source.APPLICANT
        application.record_facts(source=source, facts=as_json(wish.facts), by=wish.owner)
        case = cls(world, wish, application)
        for requirement in world.required(wish.kind) if with_proof else ():
            case.hand_in(application.evidence_items.create(requirement=requirement))
        return case

    def hand_in(self, item: EvidenceItem, *, name: str = "") -> None:
        """Hand in a file for an item of the checklist."""
        name = name or f"{item.requirement.name_nl}.pdf"
        item.documents.add(
            evidence.add_document(self.application.dossier, name=name, by=self.wish.owner, world=self.world)
        )

    def judge_proof(self, *, ground: Ground | None = None) -> None:
        """Judge the evidence: sufficient, except for the first item if the ground says that evidence falls short."""
        falls_short = ground is not None and ground.proof == Ground.Proof.SHORT
        for place, item in enumerate(self.application.evidence_items.order_by("pk")):
            short = falls_short and place == 0
            verdict, because = (Verdict.INSUFFICIENT, NOT_SHOWN) if short else (Verdict.ACCEPTED, "")
            if item.verdict != verdict or item.has_newer_file:
                self.application.judge(by=self.handler, item=item, verdict=verdict, because=because)

    @property
    def handler(self) -> User:
        """The colleague who handles it."""
        if self.application.assigned_to is None:
            raise ValueError("nobody has taken it up")
        return self.application.assigned_to

    @property
    def received_at(self) -> datetime:
        """When it counts as received."""
        if self.application.received_at is None:
            raise ValueError("a draft was not received")
        return self.application.received_at

    @property
    def first_day(self) -> date:
        """From when it can be granted today: not before it is wanted."""
        return max(clock.today(), self.wish.wanted_from or clock.today())

    @property
    def view_request(self) -> ViewRequest:
        """The latest request for a view."""
        request: ViewRequest = self.application.view_requests.latest("pk")
        return request

    def ground(self, outcome: Ground.Outcome, *, category: Ground.Category | None = None) -> Ground:
        """The first ground that fits."""
        return self.world.grounds_for(self.wish.kind, outcome, category=category)[0]

    def next_day(self, *, within: int = 1) -> date:
        """A working day after today: the next one, or one of the next few."""
        return self.world.working_day(clock.today() + timedelta(days=1), after=self.world.rng.randrange(within))
