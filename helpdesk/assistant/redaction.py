"""Removes from a question what could identify a person, before it is stored or sent anywhere."""

import re

from helpdesk.assistant import plates

PLATE, MAIL, PHONE, NUMBER, NAME, ADDRESS = "[kenteken]", "[e-mail]", "[telefoon]", "[nummer]", "[naam]", "[adres]"

_SMALL = "in|en|of|op|na|is|te|om|de|er|ik|mn|or|to|on|at|im|ab|et|au|do|i|w"
YEAR_BESIDE_WORD = re.compile(rf"^(?:[a-zA-Z]{{2}}\s(?:19|20)\d\d|(?:19|20)\d\d\s?(?:{_SMALL}))\b")
PERHAPS_PLATES = (
    plates.WITH_SPACES_SMALL,
    plates.FOREIGN,
    plates.LIKE_ONE,
    re.compile(r"(?<![A-Za-z0-9])(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{6,8}(?![A-Za-z0-9])"),
)
EMAIL = re.compile(r"[^\s@<>()\[\],;:]{1,254}@[^\s@<>()\[\],;:]+")
DOSSIER = re.compile(r"(?i)(?<![A-Za-z0-9])[A-Z]{2,5}[\s\-–/]?\d{4}[\s\-–/]\d{3,9}(?!\d)")
UUID = re.compile(r"(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
IBAN = re.compile(r"(?i)\b[A-Z]{2}\d{2}\s?(?:[A-Z0-9]{4}\s?){2,7}[A-Z0-9]{0,4}\b")
TELEPHONE = re.compile(r"(?<![\w+])(?:\+\d|0)(?:[\s().\-–/]{0,2}\d){8,13}(?!\w)")
LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ .\-–]?\d){6,}(?!\d)")
DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}[\-./]\d{1,2}[\-./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
    r"|(?:19|20)\d\d ?[\-–] ?(?:19|20)\d\d)(?!\d)"
)
HELD = re.compile("\ue000(\\d+)\ue001")
OUR_SIGNS = str.maketrans("", "", "\ue000\ue001")
"""Removed from what was typed: they mark where a day was."""
POSTCODE = re.compile(r"(?<![A-Za-z0-9])[1-9]\d{3}\s?[A-Za-z]{2}(?:\s+\d{1,4}\s?[a-zA-Z]?)?(?![A-Za-z0-9])")
STREET = re.compile(
    r"(?i)(?<![\wà-ž'\-])[a-zà-ž'\-]{0,60}(?:straat|laan|gracht|plein|singel|kade|dijk|steeg|weg)\s+\d{1,4}\s?[a-z]?\b"
)
_WORD = r"(?!(?:en|and|und|et|i|maar|want|mag|ik|met|uit|van\s+het\s+bedrijf|kan|heb|wil)\b)[^\W\d_][\w'’\-]*"
_INTRODUCED = (
    r"ik heet|mijn naam is|m(?:'|ij)?n naam is|de naam is|naam\s*:|met vriendelijke groeten?|groet(?:en|jes)?"
    r"|my name is|i am called|i'm called|ich hei(?:ß|ss)e|mein name ist|je m['’]appelle|mon nom est"
    r"|nazywam si[eę]|mam na imi[eę]|t\.?\s?n\.?\s?v\.?|dhr\.?|mevr\.?|meneer|mevrouw|de heer|herr|frau|mr\.?|mrs\.?"
)
NAMED = re.compile(rf"(?i)\b({_INTRODUCED})[,:\s]+{_WORD}(?:\s+{_WORD}){{0,3}}")


def redact_text(text: str) -> str:
    """The text without plates, email addresses, numbers of people and cases, and names given as one's own."""
    days: list[str] = []
    text = DAY.sub(lambda found: _replace_day(days, found[0]), text.translate(OUR_SIGNS))
    for pattern, word in ((UUID, NUMBER), (EMAIL, MAIL), (IBAN, NUMBER), (DOSSIER, NUMBER), (STREET, ADDRESS)):
        text = pattern.sub(word, text)
    for pattern in (plates.DUTCH, plates.FOREIGN_SMALL):
        text = pattern.sub(lambda found: found[0] if is_none(found[0]) else PLATE, text)
    text = POSTCODE.sub(lambda found: found[0] if YEAR_BESIDE_WORD.match(found[0]) else ADDRESS, text)
    for pattern, word in ((TELEPHONE, PHONE), (LONG_NUMBER, NUMBER)):
        text = pattern.sub(word, text)
    for pattern in PERHAPS_PLATES:
        text = pattern.sub(lambda found: found[0] if is_none(found[0]) else PLATE, text)
    text = NAMED.sub(lambda found: f"{found[1]} {NAME}", text)
    return HELD.sub(lambda found: days[int(found[1])], text)


def _replace_day(days: list[str], day: str) -> str:
    """A placeholder for a day, which identifies nobody."""
    days.append(day)
    return f"\ue000{len(days) - 1}\ue001"


def is_none(found: str) -> bool:
    """Whether it only looks like a plate: 'in 2027', 'BMW 118', 'EURO6' and 'HVO100'."""
    return bool(YEAR_BESIDE_WORD.match(found)) or plates.is_word(found) or plates.is_make(found)
