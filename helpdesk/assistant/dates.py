"""The day that a question means: 'volgend jaar', 'in 2027', 'vanaf 1 maart', 'morgen'; today if it names none."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from helpdesk.assistant.text import NUMBERS, simplify_text

MONTHS = (
    "januari|january|januar|janvier|stycznia|styczen|styczniu|jan",
    "februari|february|februar|fevrier|lutego|luty|lutym|feb",
    "maart|march|marz|maerz|mars|marca|marzec|marcu|mrt",
    "april|avril|kwietnia|kwiecien|kwietniu|apr",
    "mei|may|mai|maja|maj|maju",
    "juni|june|juin|czerwca|czerwiec|czerwcu|jun",
    "juli|july|juillet|lipca|lipiec|lipcu|jul",
    "augustus|august|aout|sierpnia|sierpien|sierpniu|aug",
    "september|septembre|wrzesnia|wrzesien|wrzesniu|sept|sep",
    "oktober|october|octobre|pazdziernika|pazdziernik|pazdzierniku|okt|oct",
    "november|novembre|listopada|listopad|listopadzie|nov",
    "december|dezember|decembre|grudnia|grudzien|grudniu|dec|dez",
)
MONTH_NUMBER = {name: number for number, names in enumerate(MONTHS, start=1) for name in names.split("|")}
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
AFTER_IT = r"(?:in|vanaf|per|sinds|op|from|since|on|ab|im|seit|en|a partir de|des|od|w|tot|until|bis|jusqu'en|do)"
SEASONS = {"lente": 4, "voorjaar": 4, "spring": 4, "zomer": 7, "summer": 7, "sommer": 7, "ete": 7, "najaar": 10}
SEASONS |= {"herfst": 10, "autumn": 10, "herbst": 10, "winter": 12, "begin": 1, "half": 7, "halverwege": 7, "eind": 12}
SEASONS |= {"einde": 12, "end of": 12, "ende": 12, "fin": 12, "medio": 7}
_SEASON = "|".join(sorted(SEASONS, key=len, reverse=True))
UNITS = {"dag": 1, "dagen": 1, "day": 1, "days": 1, "tag": 1, "tagen": 1, "jours": 1, "dni": 1}
UNITS |= {"week": 7, "weken": 7, "weeks": 7, "woche": 7, "wochen": 7, "semaines": 7, "tygodnie": 7}
UNITS |= {"maand": 30, "maanden": 30, "month": 30, "months": 30, "monat": 30, "monaten": 30, "mois": 30}
UNITS |= {"jaar": 365, "jaren": 365, "year": 365, "years": 365, "jahr": 365, "jahren": 365, "ans": 365, "lata": 365}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_COUNT = r"\d{1,2}|" + "|".join(word for word in NUMBERS if len(word) > 2) + "|a|an|un|ein|einem"
SOON = {"overmorgen": 2, "day after tomorrow": 2, "ubermorgen": 2, "apres-demain": 2, "pojutrze": 2}
SOON |= {"vandaag": 0, "today": 0, "heute": 0, "aujourd'hui": 0, "dzisiaj": 0, "dzis": 0, "vanavond": 0, "nu": 0}
SOON |= {"morgen": 1, "tomorrow": 1, "demain": 1, "jutro": 1}
NEXT_WEEK = r"volgende week|next week|nachste woche|semaine prochaine|przyszlym tygodniu"
NEXT_MONTH = r"volgende maand|next month|nachsten monat|mois prochain|przyszlym miesiacu"
NEXT_YEAR = r"volgend jaar|komend jaar|next year|nachstes jahr|annee prochaine|przyszlym roku"
FARTHEST = 30
"""Years ahead: a later one is a typing error."""

Reading = Callable[[str, date], date | None]


def day_meant(question: str, *, today: date) -> date:
    """The day that a question is about; never in the past."""
    said = simplify_text(question)
    return next((day for day in _try_readings(said, today) if today <= day), today)


def _try_readings(said: str, today: date) -> Iterator[date]:
    for reading in (_in_digits, _in_words, _read_season, _read_month, _read_year, _from_now, _read_named_day):
        try:
            found = reading(said, today)
        except (ValueError, OverflowError):  # 31 February
            continue
        if found and found.year <= today.year + FARTHEST:
            yield found


def _in_digits(said: str, _today: date) -> date | None:
    if found := re.search(r"\b(20\d\d)-(\d{1,2})-(\d{1,2})\b", said):
        return date(*map(int, found.groups()))
    if found := re.search(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)\b", said):
        return date(*map(int, reversed(found.groups())))
    return None


def _in_words(said: str, today: date) -> date | None:
    found = re.search(rf"\b(\d{{1,2}})(?:e|st|nd|rd|th|er|\.)? (?:of )?({_MONTH})\b(?:,? (20\d\d))?", said)
    if found is None:
        found = re.search(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (20\d\d))?", said)
        return _resolve_date(int(found[2]), found[1], found[3], today) if found else None
    return _resolve_date(int(found[1]), found[2], found[3], today)


def _resolve_date(day: int, month: str, year: str | None, today: date) -> date:
    """A date; without a year, its next occurrence."""
    wanted = date(int(year or today.year), MONTH_NUMBER[month], day)
    return wanted.replace(year=today.year + 1) if not year and wanted < today else wanted


def _read_season(said: str, today: date) -> date | None:
    found = re.search(rf"\b({_SEASON})(?: (?:van|of|in|de|von))? (20\d\d)\b", said)
    if found is None:
        return None
    month = SEASONS[found[1]]
    is_end = month == 12 and found[1] != "winter"
    return max(date(int(found[2]), month, 31 if is_end else 1), today if int(found[2]) == today.year else date.min)


def _read_month(said: str, today: date) -> date | None:
    if found := re.search(rf"\b({_MONTH}) (20\d\d)\b", said):
        return max(date(int(found[2]), MONTH_NUMBER[found[1]], 1), _if_this_month(found, today))
    found = re.search(rf"\b{AFTER_IT} ({_MONTH})\b", said)
    if found is None or MONTH_NUMBER[found[1]] == today.month:
        return None
    return _resolve_date(1, found[1], None, today)


def _if_this_month(found: re.Match[str], today: date) -> date:
    is_now = (int(found[2]), MONTH_NUMBER[found[1]]) == (today.year, today.month)
    return today if is_now else date.min


def _read_year(said: str, today: date) -> date | None:
    """A year to come; a past one is the vehicle's."""
    years = [int(year) for year in re.findall(r"\b(20\d\d)\b", said) if int(year) > today.year]
    return date(years[0], 1, 1) if years else None


def _from_now(said: str, today: date) -> date | None:
    found = re.search(rf"\b(?:over|in|within|binnen|dans|za) ({_COUNT}) ({_UNIT})\b", said)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1], 1)
    if UNITS[found[2]] == 365:
        return date(today.year + count, today.month, min(today.day, 28))
    return today + timedelta(days=count * UNITS[found[2]])


def _read_named_day(said: str, today: date) -> date | None:
    if re.search(NEXT_YEAR, said):
        return date(today.year + 1, 1, 1)
    if re.search(NEXT_MONTH, said):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if re.search(NEXT_WEEK, said):
        return today + timedelta(days=7)
    found = next((days for word, days in SOON.items() if re.search(rf"\b{re.escape(word)}\b", said)), None)
    return None if found is None else today + timedelta(days=found)
