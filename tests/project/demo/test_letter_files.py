"""Every number of the letter of 29 September 2025, read back from each file of the demo's published letter."""

import csv
import hashlib
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from reporting.letter.wording import format_number
from tests.project.demo import published
from tests.project.demo.published import Counts
from tests.reporting.letter.read_back import docx_tables, docx_words, pdf_words, workbook_rows

pytestmark = pytest.mark.django_db
WHOLE = ("--from", "2024-07-01", "--to", "2025-07-31", "--as-of", "2025-07-31")
SENTENCES = (
    "landelijke ontheffingen: 4.102;",
    "lokale (gemeentelijke) ontheffingen: 849;",
    "dagontheffingen: 8.351.",
    "Van 1 juli 2024 tot en met 31 juli 2025 zijn in totaal 4.102 landelijke ontheffingen aangevraagd. "
    "Daarvan was 87% (3.577) op 31 juli 2025 toegekend",
    "7% (277) buiten behandeling gesteld",
    "2% (84) afgewezen",
    "waren nog 164 aanvragen in behandeling (4%)",
    "voordat deze in behandeling is genomen (47%, 130)",
    "om de aanvraag compleet te maken (25%, 69)",
    "op basis van bedrijfseconomische omstandigheden (25%, 70)",
    "foutieve gegevens ingevoerd (3%, 8)",
    "voldoet niet aan de voorwaarden voor de ontheffing (89%, 75)",
    "daarna ingetrokken door de aanvrager zelf (5%, 4)",
    "Overige redenen (6%, 5)",
    "3.006 voor bestelauto’s en 5.345 voor vrachtauto’s",
    "Bedrijfseconomische omstandigheden: 441",
    "Hardheidsclausule: 408",
    "in totaal 24 bezwaren ontvangen",
    "Particulier gebruik bestelauto: 15",
    "Aangepast voertuig wegens een handicap: 1",
    "Niet uitstootvrij te koop: 8",
    "geheel of gedeeltelijk aan het bezwaar tegemoetgekomen: 5;",
    "nog in behandeling, of een andere beslissing verzonden: 11;",
    "door de indiener ingetrokken: 6;",
    "de indiener is in beroep gegaan: 2.",
    "zijn bij de rechtbank 2 beroepen ingesteld",
    "Particulier gebruik bestelauto: 2",
    "Niet-ontvankelijk: 1",
    "Ingetrokken: 1",
)
"""R01 to R04, R07 and R09 to R12, in words."""
OF_THE_MONTHS = (
    "Op 1 juli 2025 heeft Enschede een ZE-zone ingevoerd",
    "Op 31 juli 2025 waren er daarmee 18 gemeenten met een ZE-zone",
    "Alle ZE-zones waarvan bekend is dat zij in 2025 worden ingevoerd, zijn van kracht",
    "Op 31 juli 2025 was de waarschuwingsperiode in 14 van de 18 gemeenten met een ZE-zone voorbij",
    "In juni 2025 waren er 27.000 actieve gebruikers; er werden 170.000 pagina’s bezocht",
    "In juli 2025 waren er 38.000 actieve gebruikers; er werden 194.000 pagina’s bezocht",
    "In juni 2025 zijn 4.552 gesprekken",
    "In juli 2025 zijn 4.148 gesprekken",
    "In juni 2025 zijn 208 e-mails binnengekomen: allemaal vragen om informatie",
    "In juli 2025 zijn 246 e-mails binnengekomen",
)
"""R17 to R20, in words."""
OF_JUNE_AND_JULY = (
    "In 14 gemeenten liep in juni en juli 2025 de waarschuwingsperiode af",
    "In 7 gemeenten zijn in juni en juli 2025 boetes opgelegd, voor 6.724 beboetbare overtredingen",
    "In juni en juli 2025 is 5 keer geheel of gedeeltelijk aan een bezwaar tegemoetgekomen. Naar aanleiding van deze "
    "bezwaren zijn de drempelwaarden aangepast, met ingang van 17 juli 2025",
    "Van januari 2025 tot en met juli 2025 daalde het aantal gesprekken elke maand: van 6.120 naar 4.148",
    "Buitenlandse voertuigen: 27% (122), 54% meer dan in april en mei 2025 (toen 79)",
    "Deze vierde monitoringsbrief gaat over juni en juli 2025",
    "geen significante problemen voorgedaan",
    "Op 26 augustus 2025 is de Kamer over deze voortgang geïnformeerd",
    "het zakelijke MRB-tarief wordt gebruikt",
)
"""What the real letter told of its own two months, and what only the ministry could tell."""


# --- As numbers -------------------------------------------------------------------------------------------

Rows = dict[str, dict[str, tuple[Any, ...]]]
"""By figure and key: count, of how many, percent."""


def json_rows(content: bytes) -> Rows:
    figures = json.loads(content)["figures"]
    return {
        name: {row["key"]: (row["count"], row["of"], row["percent"]) for row in figure["rows"]}
        for name, figure in figures.items()
    }


def csv_rows(content: bytes) -> Rows:
    found: Rows = {}
    text = content.decode()
    lines = text[text.index("from,to,as_of") :]  # above it a draft says that it is one
    for row in csv.DictReader(io.StringIO(lines)):
        numbers = (int(row[name]) if row[name] else None for name in ("count", "of", "percent"))
        found.setdefault(row["figure"], {})[row["key"]] = tuple(numbers)
    return found


def xlsx_rows(content: bytes) -> Rows:
    return {name: rows for name, rows in workbook_rows(content).items() if name.startswith("R")}


READERS = {"json": json_rows, "csv": csv_rows, "xlsx": xlsx_rows}


def has(rows: Rows, expected: Counts) -> None:
    """The figures with just these rows; of the months more may be there."""
    for figure, counts in expected.items():
        found = {key: values[0] for key, values in rows[figure].items()}
        assert counts.items() <= found.items(), figure
        if figure in published.SINCE_THE_OPENING:
            assert found.keys() == counts.keys(), figure


def has_everything_since_the_opening(rows: Rows) -> None:
    has(rows, published.SINCE_THE_OPENING)
    for figure, percentages in published.PERCENTAGES.items():
        assert [values[2] for values in rows[figure].values()] == percentages
        assert {values[1] for values in rows[figure].values()} == {sum(published.SINCE_THE_OPENING[figure].values())}
    assert len(rows["R05"]) == published.WEEKS
    assert sum(values[0] for values in rows["R05"].values()) == published.WEEKS_SUM
    months: Counter[str] = Counter()
    for key, values in rows["R06"].items():
        months[key.partition(":")[2]] += values[0]
    assert months == published.MONTHS_SUM
    assert sum(int(times) * values[0] for times, values in rows["R08"].items()) == sum(published.MONTHS_SUM.values())


@pytest.mark.parametrize("name", READERS)
def test_the_numbers_since_the_opening(name: str):
    has_everything_since_the_opening(READERS[name](published.file(f"total.{name}")))


@pytest.mark.parametrize("name", READERS)
def test_the_numbers_of_june_and_july(name: str):
    rows = READERS[name](published.file(name))

    has(rows, published.OF_THE_MONTHS)
    offences = [values[0] for key, values in rows["R15"].items() if ":" not in key]
    assert sum(offences) == published.OFFENCES_OF_JULY  # nobody was fined in June


# --- As words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "words_of"), [("pdf", pdf_words), ("docx", docx_words)])
def test_every_number_in_words(name: str, words_of: Any):
    words = words_of(published.file(name))

    for sentence in (*SENTENCES, *OF_THE_MONTHS, *OF_JUNE_AND_JULY):
        assert sentence in words
    assert "CONCEPT" not in words


@pytest.mark.parametrize(("name", "words_of"), [("pdf", pdf_words), ("docx", docx_words)])
def test_every_number_of_the_charts(name: str, words_of: Any):
    words, rows = words_of(published.file(name)), json_rows(published.file("total.json"))

    assert f"week van 1 juli 2024 {rows['R05']['2024-W27'][0]}" in words
    assert f"week van 28 juli 2025 {rows['R05']['2025-W31'][0]}" in words
    for month, key in (("november 2024", "2024-11"), ("juli 2025", "2025-07")):
        van, truck = (format_number(rows["R06"][f"{key}:{vehicle}"][0]) for vehicle in ("van", "truck"))
        assert f"{month} {van} {truck}" in words


def test_the_tables_of_the_docx_add_up():
    tables = {tuple(rows[0]): rows[1:] for rows in docx_tables(published.file("docx"))}
    weeks, months = tables["Week", "Aantal"], tables["Maand", "Bestelauto’s", "Vrachtauto’s"]

    assert (len(weeks), sum(as_number(row[1]) for row in weeks)) == (published.WEEKS, published.WEEKS_SUM)
    assert [sum(as_number(row[column]) for row in months) for column in (1, 2)] == [3006, 5345]


def as_number(cell: str) -> int:
    return int(cell.replace(".", ""))


# --- What was published stays so ----------------------------------------------------------------------------


def test_each_file_has_the_checksum_that_stands_beside_it():
    kept = published.letter().files.all()

    assert {one.format for one in kept} == {"pdf", "docx", *READERS, *(f"total.{name}" for name in READERS)}
    assert all(hashlib.sha256(published.file(one.format)).hexdigest() == one.sha256 for one in kept)


def test_the_letter_was_made_checked_and_published_by_three_people_in_september():
    letter = published.letter()
    people = {letter.made_by, letter.checked_by, letter.published_by}

    assert len(people) == 3
    assert [moment.month for moment in (letter.made_at, letter.checked_at, letter.published_at)] == [9, 9, 9]
    assert letter.made_at < letter.checked_at < letter.published_at


def test_the_demo_once_more_makes_no_second_letter():
    before = list(type(published.letter()).objects.values_list("pk", "status"))

    call_command("load_demo")

    assert list(type(published.letter()).objects.values_list("pk", "status")) == before


# --- The command ------------------------------------------------------------------------------------------


def reported(name: str, folder: Path) -> bytes:
    """The file that the command writes about the whole period."""
    path = folder / f"report.{name}"
    call_command("report", *WHOLE, "--format", name, "--output", str(path))
    return path.read_bytes()


@pytest.mark.parametrize("name", READERS)
def test_the_command_gives_the_numbers(name: str, tmp_path: Path):
    rows = READERS[name](reported(name, tmp_path))

    has_everything_since_the_opening(rows)
    has(rows, published.OF_THE_MONTHS)


@pytest.mark.parametrize(("name", "words_of"), [("pdf", pdf_words), ("docx", docx_words)])
def test_the_command_gives_the_draft_in_words(name: str, words_of: Any, tmp_path: Path):
    words = words_of(reported(name, tmp_path))

    for sentence in (*SENTENCES, *OF_THE_MONTHS):
        assert sentence in words
