"""The financial form: made, filled in, handed in and read; what is missing is reported with its cell."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from casework.uploads.file_types import XLSX
from casework.uploads.refusals import FileRefused
from exemptions.blank_forms import form_reader, form_writer
from exemptions.blank_forms.questions import by_code, load_questions
from tests import given
from tests.portal import files
from tests.portal.files import upload
from tests.portal.wizard import filled_in

ANSWERS = {"text": "Bakkerij", "amount": 1000, "number": 40, "date": date(2020, 1, 2), "yes_no": "ja", "confirm": "ja"}


def form(*, language="nl", **cells):
    """The form, filled in; `cells` says otherwise for some: C7="drie"."""
    book = load_workbook(BytesIO(form_writer.write_blank_form(language, year=2026)))
    sheet = book.active
    asked = by_code(load_questions())
    for row in sheet.iter_rows(min_row=5):
        question = asked.get(row[0].value)
        for column in range(question.cells if question else 0):
            row[2 + column].value = ANSWERS[question.answer]
    for cell, value in cells.items():
        sheet[cell] = value
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def cell_of(code, column="C"):
    """The address of an answer."""
    sheet = load_workbook(BytesIO(form_writer.write_blank_form("nl", year=2026))).active
    return next(f"{column}{row[0].row}" for row in sheet.iter_rows(min_row=5) if row[0].value == code)


def refusals(content):
    with pytest.raises(FileRefused) as refused:
        form_reader.read_answers(content)
    return refused.value.messages


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_was_filled_in_comes_back(language):
    read = form_reader.read_answers(form(language=language))

    assert read.years == ("2023", "2024", "2025")
    assert read.numbers("3.1") == [Decimal(1000)] * 3
    equity = dict(form_reader.sums_of(read))["Eigen vermogen als deel van het balanstotaal"]
    assert equity == "2023: 100%, 2024: 100%, 2025: 100%"


def test_an_empty_form_is_refused_with_the_cells_to_fill_in():
    told = refusals(form_writer.write_blank_form("nl", year=2026))

    assert "nog niet compleet" in told[0]
    assert told[1] == f"{cell_of('1.1')} (Naam van uw bedrijf): vul dit in"
    assert "cellen" in told[-1]


@pytest.mark.parametrize(
    ("code", "typed", "words"),
    [
        ("3.1", "veel", "vul een getal in"),
        ("3.1", "=1+1", "geen formule"),
        ("6.4", "morgen", "vul een datum in"),
        ("4.7", "misschien", "vul ja of nee in"),
        ("6.5", "nee", "als u hier ja invult"),
    ],
)
def test_nonsense_is_told_at_its_cell(code, typed, words):
    (told,) = refusals(form(**{cell_of(code): typed}))[1:]

    assert told.startswith(cell_of(code))
    assert words in told


@pytest.mark.parametrize(
    ("typed", "number"), [("€ 1.500,50", "1500.50"), ("-2.000", "-2000"), ("12,5", "12.5"), (7, "7")]
)
def test_amounts_are_read_as_people_type_them(typed, number):
    assert form_reader.read_answers(form(**{cell_of("4.1"): typed})).numbers("4.1") == [Decimal(number)]


def test_a_year_in_which_the_business_did_not_exist_yet_needs_no_figures():
    read = form_reader.read_answers(form(**{cell_of("3.1"): "n.v.t."}))

    assert read.numbers("3.1") == [None, Decimal(1000), Decimal(1000)]


def test_another_version_and_another_file_are_refused_kindly():
    assert "versie 0" in refusals(form(A2="Formulier ZES-FIN 0"))[0]
    assert "niet ons formulier" in refusals(form(A2="Mijn eigen lijst"))[0]


def test_lines_that_were_taken_out_are_named():
    assert "3.1" in refusals(form(**{cell_of("3.1", "A"): "weg"}))[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["financieel-formulier", "financial-form"])
def test_anybody_can_download_it(client, name):
    answer = client.get(reverse("blank_form", args=[name]))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
    assert load_workbook(BytesIO(answer.content)).active["A2"].value.endswith("ZES-FIN 1")


@pytest.mark.django_db
def test_another_form_does_not_exist(client):
    assert client.get("/formulieren/iets-anders.xlsx").status_code == 404


@pytest.fixture
def begun(as_applicant, applicant):
    """At the proof of an exemption for which the form is asked."""
    wizard = filled_in(as_applicant, applicant)
    wizard.send("kind", kind="BEO")
    return wizard


@pytest.mark.django_db
def test_it_can_be_downloaded_where_it_is_asked(begun, client):
    address = reverse("blank_form", args=["financieel-formulier"])

    assert address in begun.look("evidence")
    assert address in client.get(reverse("kind", args=["beo"])).content.decode()


@pytest.mark.django_db
def test_an_unfilled_one_is_refused_where_it_is_handed_in(begun):
    page = begun.send(
        "evidence", **{"item-financial_form": upload(form_writer.write_blank_form("nl", year=2026), "leeg.xlsx")}
    )

    assert "vul dit in" in page.content.decode()
    assert not begun.draft.dossier.documents.exists()


@pytest.mark.django_db
def test_a_filled_one_and_a_scan_on_paper_are_taken(begun):
    begun.send("evidence", **{"item-financial_form": [upload(form(), "form.xlsx"), upload(files.PDF, "scan.pdf")]})

    assert begun.draft.dossier.documents.count() == 2


@pytest.mark.django_db
def test_the_desk_sees_what_it_says_beside_the_file(as_caseworker, applicant):
    application = given.draft(by=applicant, code="BEO")
    item = application.evidence_items.get(requirement__code="financial_form")
    document = given.attach(item, name="form.xlsx", content=form())
    document.content_type = XLSX
    document.save()
    application.file(by=applicant)

    page = as_caseworker.get(reverse("admin:exemptions_application_change", args=[application.pk])).content.decode()

    assert "Eigen vermogen als deel van het balanstotaal" in page
    assert "2025: 100%" in page
