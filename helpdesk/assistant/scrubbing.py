"""Takes out of a question what could point to a person, before it is kept or sent anywhere.

Rather too much than too little: a question reads as well without a number that was no plate.
"""

import re

from zones.plates import SIDECODES, sidecode

PLATE, MAIL, PHONE, NUMBER, NAME, ADDRESS = "[kenteken]", "[e-mail]", "[telefoon]", "[nummer]", "[naam]", "[adres]"

GAP = r"[\s.\-–—_·]?"
_SIGN = {"X": "[A-Za-z]", "9": r"\d"}
_DUTCH = "|".join(GAP.join("".join(_SIGN[sign] for sign in group) for group in form.split("-")) for form in SIDECODES)
DUTCH_PLATE = re.compile(rf"(?<![A-Za-z0-9])(?:{_DUTCH})(?![A-Za-z0-9])")
_SMALL = "in|en|of|op|na|is|te|om|de|er|ik|mn|or|to|on|at|im|ab|et|au|do|i|w"
YEAR_BESIDE_WORD = re.compile(rf"^(?:[a-zA-Z]{{2}}\s(?:19|20)\d\d|(?:19|20)\d\d\s?(?:{_SMALL}))\b")
LIKE_A_PLATE = re.compile(
    r"(?i)(?<![a-z0-9\-])(?=[a-z0-9\-]*\d)(?=[a-z0-9\-]*[a-z])[a-z0-9]{1,3}(?:-[a-z0-9]{1,4}){1,2}(?![a-z0-9\-])"
)
FOREIGN_PLATE = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"[A-Z]{1,3}[\s\-–—][A-Z]{1,2}[\s\-–—]?\d{1,4}[EH]?"  # Germany: B-MW 4711
    r"|[1-9][\s\-–—][A-Z]{3}[\s\-–—]\d{3}"  # Belgium: 1-ABC-234
    r"|[A-Z]{2}[\s\-–—]\d{3}[\s\-–—][A-Z]{2}"  # France, Italy: AB-123-CD
    r"|(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{5,10}"  # Poland and the rest: letters and digits in one word
    r"|[A-Z]{1,3}[\s\-–—](?=[A-Z0-9]*\d)[A-Z0-9]{3,6}"  # Poland with a space: WX 12345
    r"|[A-Z]{1,3}[\s\-–—]?\d{2,4}[\s\-–—]?[A-Z]{2,3}"  # United Kingdom, Romania, Lithuania: AB12 CDE, B-123-ABC
    r")(?![A-Za-z0-9])"
)
MIXED = re.compile(r"(?<![A-Za-z0-9])(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{6,8}(?![A-Za-z0-9])")
_COUNTED = "bus|bak|van|vans|auto|euro|ton|tons|tonner|wiel|deur|assig|jaar|uur|dag|plus|year|day|hour|axle"
NO_PLATE = re.compile(
    r"(?i)^(?:euro[0-6]|klasse[0-6]|hvo\d*|n[1-3]|m1|co2|adblue\d*|[a-z]+\d{1,3}|\d+[a-z]+"
    rf"|\d{{1,2}}-(?:{_COUNTED}))$"  # 'een Euro 4-bus'
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
"""Taken out of what somebody typed: they mark where a day stood."""
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
PLATES = tuple((pattern, PLATE) for pattern in (FOREIGN_PLATE, DUTCH_PLATE, LIKE_A_PLATE, MIXED))


def scrub(text: str) -> str:
    """The text without plates, addresses of mail, numbers of people and cases, and names that introduce themselves."""
    days: list[str] = []
    text = DAY.sub(lambda found: _held(days, found[0]), text.translate(OUR_SIGNS))
    for pattern, word in ((UUID, NUMBER), (EMAIL, MAIL), (IBAN, NUMBER), (DOSSIER, NUMBER), (STREET, ADDRESS)):
        text = pattern.sub(word, text)
    for pattern, word in ((POSTCODE, ADDRESS), (TELEPHONE, PHONE), (LONG_NUMBER, NUMBER), *PLATES):
        text = pattern.sub(lambda found, word=word: found[0] if is_none(found[0]) else word, text)  # type: ignore[misc]
    text = NAMED.sub(lambda found: f"{found[1]} {NAME}", text)
    return HELD.sub(lambda found: days[int(found[1])], text)


def _held(days: list[str], day: str) -> str:
    """A mark in the place of a day, which is no number of a person."""
    days.append(day)
    return f"\ue000{len(days) - 1}\ue001"


def is_none(found: str) -> bool:
    """'in 2027', 'EURO6' and 'HVO100' look like plates and are none."""
    return bool(YEAR_BESIDE_WORD.match(found) or (sidecode(found) is None and NO_PLATE.match(found)))
