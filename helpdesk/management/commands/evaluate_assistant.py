"""`manage.py evaluate_assistant [--file F] [--show wrong] [--half odd|even]`: measures the assistant."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from helpdesk.assistant import evaluation, knowledge


class Command(BaseCommand):
    """Print the shares of right answers by type and language, of invented ones, and of questions answered well."""

    help = "How well the assistant answers the questions of a list"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=evaluation.SHIPPED, help="question,language,expects,sort,says,polarity"
        )
        parser.add_argument("--show", choices=["wrong"], help="each question that was not answered well")
        parser.add_argument("--half", choices=["odd", "even"], help="only every other question")

    def handle(self, *, file: Path, show: str | None, half: str | None, **_options: Any) -> None:
        try:
            asked = evaluation.read_questions(file)
        except (OSError, KeyError, UnicodeDecodeError) as error:
            raise CommandError(f"This file cannot be read: {error}") from error
        if half:
            asked = asked[half == "even" :: 2]
        knowledge.learn_changes()  # including editors' latest phrases
        results = evaluation.evaluate_questions(asked)
        for sort, language, right, total in evaluation.by_sort_and_language(results):
            self.stdout.write(f"{sort:8} {language}  {right:4} of {total:4}  {right / total:6.1%}")
        for name, share, total in evaluation.summarise_results(results):
            self.stdout.write(f"{name:26} {share:6.1%} of {total}")
        self.stdout.write(f"invented {sum(result.is_invented for result in results)}")
        if show:
            self.show(
                result
                for result in results
                if not (result.is_answered if result.asked.sort == "topic" else result.is_right)
            )

    def show(self, wrong: Any) -> None:
        """Print questions with the expected and the actual topic."""
        for one in wrong:
            got = ", ".join(one.reply.answer.topics) or one.reply.kind
            expects = one.asked.expects or "-"
            asked = f"{one.asked.sort} {one.asked.language} | {one.asked.question}"
            self.stdout.write(f"{asked} | {expects} | {got} | {one.reply.language} | {one.first_sentence}")
