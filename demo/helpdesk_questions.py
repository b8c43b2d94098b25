"""Questions to the editors: a dozen from the last weeks, by mail, form and assistant, in every status."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F

from accounts.models import User
from casework import clock
from casework.models import Message
from exemptions.terms import AMSTERDAM
from helpdesk.mailbox import attachments, intake
from helpdesk.mailbox.parts import File
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Conversation, Mail, Question, Turn

EDITOR = "redacteur@example.org"
KEY = "demo-question-{}"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
)
ANSWER = (
    "Dat hangt af van de emissieklasse van uw voertuig. Met uw kenteken ziet u op de site tot wanneer u de zone in "
    "mag.\n\nIs dat korter dan u nodig hebt? Kijk dan bij de ontheffingen of er een bij uw situatie past."
)


@dataclass(frozen=True)
class Asked:
    """A question, asked a number of days and hours ago; `then`: what an editor did."""

    days: int
    name: str
    text: str
    channel: Question.Channel = Question.Channel.MAIL
    language: str = "nl"
    subject: str = ""
    then: str = ""
    file: str = ""

    @property
    def email(self) -> str:
        """An address that can belong to nobody (RFC 2606)."""
        return f"{self.name.split()[0].lower()}@ondernemer.example"


QUESTIONS = (
    Asked(
        26,
        "Karin Smit",
        "Goedendag,\n\nWij bezorgen bloemen in de binnenstad van Utrecht met een bestelauto van 2017, klasse 5. Tot "
        "wanneer mogen wij daar nog mee rijden?\n\nKarin Smit",
        subject="Bestelauto klasse 5",
        then="answer",
    ),
    Asked(
        24,
        "Mehmet Kaya",
        "Hoe vraag ik een dagontheffing aan voor een verhuizing? Ik zie het formulier niet.",
        subject="Dagontheffing aanvragen",
        channel=Question.Channel.FORM,
        then="answer",
    ),
    Asked(
        21,
        "Tomasz Nowak",
        "Dzień dobry, czy mogę wjechać do Amsterdamu polską ciężarówką? Mamy Euro 6 i nie ma jej w rejestrze.",
        subject="Wjazd do Amsterdamu",
        language="pl",
        then="answer",
    ),
    Asked(
        19,
        "Bram de Groot",
        "Dit is belachelijk. Ik wacht al weken en krijg geen reactie op mijn mail. Ik dien een klacht in.",
        subject="KLACHT",
        then="answer",
    ),
    Asked(15, "Winst", "U hebt een prijs gewonnen! Klik op https://prijs.example om te innen.", then="spam"),
    Asked(
        12,
        "Lotte Peters",
        "Bedankt, het is al gelukt. U hoeft niet meer te antwoorden.",
        subject="Inloggen lukt niet",
        then="close",
    ),
    Asked(
        9,
        "Anna Visser",
        "Wij wachten op een elektrische bestelauto. De leverancier zegt: pas over acht maanden. De bevestiging zit "
        "hierbij. Kunnen we daarvoor een ontheffing krijgen?",
        subject="Lange levertijd",
        channel=Question.Channel.FORM,
        file="orderbevestiging.pdf",
    ),
    Asked(
        7,
        "Peter Jansen",
        "Geldt de zone ook in het weekend en 's nachts? Ik kan dat nergens vinden.",
        subject="Tijden van de zone",
    ),
    Asked(
        5,
        "Sarah Miller",
        "Hello, may I drive into Rotterdam with a British van? Is it true that there is a fine?",
        subject="British van in Rotterdam",
        language="en",
    ),
    Asked(
        4,
        "Ahmed El Amrani",
        "Mijn aanvraag staat al twee weken op 'in behandeling'. Wanneer hoor ik iets? Het nummer is ZES-2024-000001.",
        subject="Mijn aanvraag ZES-2024-000001",
    ),
    Asked(
        2,
        "Joost Bakker",
        "Wat kost een ontheffing voor een marktwagen? De assistent wist het niet.",
        subject="Wat kost een ontheffing voor een marktwagen?",
        channel=Question.Channel.ASSISTANT,
    ),
    Asked(1, "Ingrid Mulder", "Is er een kaart van de zone in Haarlem die ik kan uitprinten?", subject="Kaart Haarlem"),
)


def load_questions(*, today: date) -> None:
    """Ask all questions, and handle some; idempotent. Their mails count as sent: nothing leaves a demo."""
    editor = User.objects.filter(email=EDITOR).first()
    if editor is None or Mail.objects.filter(message_id=f"<{KEY.format(0)}.form@loket>").exists():
        return
    for number, asked in enumerate(QUESTIONS):
        moment = datetime.combine(today - timedelta(days=asked.days), time(9, 10 + number), AMSTERDAM)
        with clock.at(moment):
            question = ask_question(asked, number)
        with clock.at(moment + timedelta(hours=26)):
            handle_question(question, asked.then, by=editor)
    write_again(today=today)
    Message.objects.filter(kind__startswith="mail_question_", sent_at=None).update(sent_at=F("created_at"))


def ask_question(asked: Asked, number: int) -> Question:
    """Ask it through its channel."""
    return open_question(
        channel=asked.channel,
        email=asked.email,
        name=asked.name,
        subject=asked.subject or asked.text[:60],
        text=asked.text,
        language=asked.language,
        conversation=make_conversation(asked) if asked.channel == Question.Channel.ASSISTANT else None,
        key=KEY.format(number),
        files=attachments.check_files([File(asked.file, PDF)] if asked.file else []),
    )


def make_conversation(asked: Asked) -> Conversation:
    """The preceding conversation with the assistant."""
    kept = Conversation.objects.create(language=asked.language)
    Turn.objects.create(
        conversation=kept,
        number=1,
        question=asked.subject,
        kind=Turn.Kind.UNKNOWN,
        answer="Dat weet ik niet zeker. Zal ik uw vraag aan de redactie geven?",
        handed_over=True,
    )
    return kept


def handle_question(question: Question, verb: str, *, by: User) -> None:
    """Handle it as the editor did."""
    tone = question.suggested_tone or "informing"
    if verb == "answer":
        question.answer(by=by, answer=ANSWER, topic=question.suggested_topic, tone=tone)
    elif verb == "spam":
        question.mark_as_spam(by=by)
    elif verb == "close":
        question.close(by=by)


def write_again(*, today: date) -> None:
    """The first sender writes again, with a file that is refused."""
    question = Question.objects.get(mails__message_id=f"<{KEY.format(0)}.form@loket>")
    answer = question.mails.filter(direction=Mail.Direction.OUT).last()
    moment = datetime.combine(today - timedelta(days=3), time(16, 20), AMSTERDAM)
    raw = (
        f"From: Karin Smit <{question.email}>\r\nSubject: Re: {question.number}\r\n"
        "Message-ID: <karin.2@demo.example>\r\n"
        f"In-Reply-To: {answer.message_id if answer else ''}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="grens"\r\n\r\n--grens\r\n'
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        "Dank u wel. En geldt dat ook voor onze aanhanger? De foto's zitten in het zip-bestand.\r\n"
        "--grens\r\nContent-Type: application/zip; name=fotos.zip\r\n\r\nPK geen foto's\r\n--grens--\r\n"
    )
    with clock.at(moment):
        intake.take_in(raw.encode(), at=moment)
