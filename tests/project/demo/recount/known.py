"""What was known at the end of a day, of the cases that are asked about."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tests.project.demo.recount.question import Question
from tests.project.demo.recount.world import Line, World

Found = Iterator[tuple[Line, Line]]
"""Events, each with the application that it is about."""


class Known:
    """The events up to and including the day of `as_of`, by case and by step."""

    def __init__(self, world: World, asked: Question) -> None:
        self.world, self.asked = world, asked
        self.stories: dict[tuple[str, int], list[Line]] = defaultdict(list)
        self.steps: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for event in world.events:
            application = world.of_dossier.get(event["dossier_id"])
            if event["day"] <= asked.as_of and application and self.is_asked(application):
                self.stories[event["case_type"], event["case_id"]].append(event)
                self.steps[event["case_type"], event["step"]].append(event)

    def is_asked(self, application: Line) -> bool:
        """Whether a case belongs to the part that the question is about."""
        return (
            self.asked.scope in ("", self.scope(application))
            and self.asked.kind in ("", self.code(application))
            and self.asked.municipality in ("", self.place(application))
        )

    def scope(self, application: Line) -> str:
        """National, local or day."""
        return str(self.kind(application).get("scope", ""))

    def code(self, application: Line) -> str:
        """The kind."""
        return str(self.kind(application).get("kind_id", ""))

    def kind(self, application: Line) -> Line:
        """The version of the kind that was asked; empty for a draft without one."""
        return self.world.kinds.get(application["filed_as_id"], {})

    def place(self, application: Line) -> str:
        """The municipality by its CBS code, or all zones together."""
        place = application["municipality_id"]
        return str(self.world.places[place]["cbs_code"]) if place else "national"

    def taken(self, step: str) -> Found:
        """The times that a step was taken on an application in the period."""
        for event in self.steps["application", step]:
            if self.asked.covers(event["day"]):
                yield event, self.world.of_dossier[event["dossier_id"]]

    def came_in(self) -> Found:
        """Applications that came in: sent in the portal, or on the day that was registered at the desk."""
        yield from self.taken("file")
        for event, application in self.dated("application", "register", by="received_on"):
            yield {**event, "day": date.fromisoformat(event["detail"]["received_on"])}, application

    def dated(self, case_type: str, *steps: str, by: str) -> Found:
        """The events whose detail names a day of the period."""
        for step in steps:
            for event in self.steps[case_type, step]:
                if self.asked.first <= date.fromisoformat(event["detail"][by]) <= self.asked.last:
                    yield event, self.world.of_dossier[event["dossier_id"]]

    def status(self, case_type: str, case_id: int) -> str:
        """The status of a case: after the last event that changed it."""
        return [str(event["to_status"]) for event in self.stories[case_type, case_id] if event["moved"]][-1]

    def codes(self) -> list[str]:
        """The kinds, in the order in which the latest version of each is shown."""
        latest = {one["kind_id"]: one for one in sorted(self.world.kinds.values(), key=lambda one: one["valid_from"])}
        return sorted(latest, key=lambda code: (latest[code]["position"], code))
