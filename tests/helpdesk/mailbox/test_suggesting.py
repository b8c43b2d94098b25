"""What a mail is probably about, in which tone and language; a mail that asks nothing stays without a topic."""

import pytest

from helpdesk.assistant.languages import language_of
from helpdesk.mailbox.suggestions import suggest_topic_and_tone, tone_of

pytestmark = pytest.mark.django_db

ABOUT = [
    (
        "Boete",
        "Beste mensen, vorige week ben ik met onze bestelbus door de zone in Gouda gereden. Nu kreeg ik een brief van "
        "het CJIB. Kunt u mij zeggen hoe hoog zo'n boete is? Met vriendelijke groet, P. Jansen",
        "hoogte-boete",
    ),
    (
        "Levering elektrische bus",
        "Goedemorgen, wij hebben in februari drie elektrische bestelauto's besteld, maar de leverancier levert pas in "
        "november. Is er een ontheffing voor de tussenliggende maanden?",
        "lange-levertijd",
    ),
    (
        "Aansluiting",
        "De netbeheerder kan ons bedrijf pas in 2029 een zwaardere aansluiting geven, dus laden op eigen terrein kan "
        "niet. Wat kunnen wij aanvragen?",
        "netcongestie",
    ),
    ("Objection", "Dear sir, you rejected our application. We disagree. How can we object?", "bezwaar-maken"),
    ("Prijs", "Hallo, wat kost een dagontheffing en wat kost een ontheffing voor langer?", "kosten"),
    ("Inloggen", "Ik kan niet inloggen: ik krijg geen code op mijn e-mail. Kunt u helpen?", "inloggen"),
]
NOTHING = [
    "Bedankt voor de snelle hulp gisteren, uw collega was heel vriendelijk!",
    "We help websites like yours reach the first page of Google. Reply for a free SEO audit of your site.",
    "Met een beroep op de Wet open overheid verzoek ik u om alle correspondentie met de leverancier.",
    "Ik wacht nu al zes weken op een antwoord op mijn aanvraag. Niemand belt terug.",
]
TONES = [
    ("Kan ik voor morgen nog een dagontheffing kopen?", "informing"),
    ("Moeten wij voor onze bakwagen een ontheffing aanvragen?", "informing"),
    ("Hoeveel kost een aanvraag en hoe vraag ik die aan?", "informing"),
    (
        "Ik betaalde 95 euro op een site die niet van u is. Ik ben opgelicht! Wat moet ik doen?",
        "complaint",
    ),
    ("Ik ben het hier totaal niet mee eens en maak bezwaar. Dit is belachelijk.", "complaint"),
    ("Ik wacht al zes weken op een besluit. Wanneer hoor ik iets?", "complaint"),
    ("Het uploaden van de bijlage lukt niet, ik krijg een foutmelding.", "practical"),
    ("Ik ben mijn wachtwoord kwijt, kan ik een nieuw krijgen?", "practical"),
    ("Can we still enter with our Euro 5 van next year?", "informing"),
    ("Groeten uit Gouda.", "other"),
]
LANGUAGES = [
    ("Können wir mit unserem Transporter noch nach Rotterdam fahren?", "de"),
    ("Is a wheelchair accessible van let in automatically?", "en"),
    ("Notre camionnette est de 2012. Pouvons-nous entrer ?", "fr"),
    ("Dzień dobry, ile kosztuje zezwolenie na jeden dzień?", "pl"),
    ("euro vijf bestelwage na 1 janurari 2027", "nl"),
    ("12345", "nl"),
    ("", "nl"),
]


@pytest.mark.parametrize(("subject", "text", "topic"), ABOUT)
def test_a_mail_with_a_question_gets_its_topic(subject, text, topic):
    assert suggest_topic_and_tone(f"{subject}\n{text}").topics[:1] == [topic]


@pytest.mark.parametrize("text", NOTHING)
def test_a_mail_that_asks_nothing_of_ours_gets_none(text):
    assert suggest_topic_and_tone(text).topics == []


@pytest.mark.parametrize(("text", "tone"), TONES)
def test_the_tone_of_a_mail(text, tone):
    assert tone_of(text) == tone


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_the_language_of_a_mail(text, language):
    assert language_of(text) == language
