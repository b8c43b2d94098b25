"""Writes the empty form as an XLSX file, in Dutch or English."""

from functools import lru_cache
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exemptions.blank_forms.questions import SECTION, VERSION, YEARS, Question, load_questions

MARK = "ZES-FIN"
"""Together with the version, on the second line: identifies a file as ours, whatever program saved it."""
NUMBER, LABEL, FIRST, HELP = 1, 2, 3, 3 + YEARS
TITLES = {"nl": "Financieel formulier", "en": "Financial form"}
INTRO = {
    "nl": "Vul de gele cellen in en stuur dit bestand (Excel) mee met uw aanvraag. Een * betekent: verplicht. "
    "Verander de nummers in kolom A niet en voeg geen bladen toe.",
    "en": "Fill in the yellow cells and send this file (Excel) with your application. A * means: required. "
    "Do not change the numbers in column A and do not add sheets.",
}
MARKED = {"nl": "Formulier", "en": "Form"}
CHOICES = {"nl": '"ja,nee"', "en": '"yes,no"'}
BOLD, HEADING = Font(bold=True), Font(bold=True, size=13)
TO_FILL = PatternFill("solid", fgColor="FFF7CC")
LINE = Side(style="thin", color="808080")
WRAPPED = Alignment(wrap_text=True, vertical="top")
FORMATS = {"amount": "#,##0", "number": "#,##0.##", "date": "dd-mm-yyyy"}


@lru_cache(maxsize=8)
def write_blank_form(language: str, *, year: int) -> bytes:
    """The file to hand out in a year; it asks for figures of the three years before."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = TITLES[language]
    book.properties.title, book.properties.language = TITLES[language], language
    book.properties.creator = ""
    write_head(sheet, language)
    choices = DataValidation(type="list", formula1=CHOICES[language], allow_blank=True)
    sheet.add_data_validation(choices)
    for row, question in enumerate(load_questions(), start=5):
        write_question(sheet, row, question, language, year=year, choices=choices)
    lay_out(sheet)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def write_head(sheet: Worksheet, language: str) -> None:
    """Write the title, the mark and the instructions."""
    sheet.cell(1, 1, TITLES[language]).font = Font(bold=True, size=16)
    sheet.cell(2, 1, f"{MARKED[language]} {MARK} {VERSION}")
    sheet.cell(3, 1, INTRO[language])


def write_question(
    sheet: Worksheet, row: int, question: Question, language: str, *, year: int, choices: DataValidation
) -> None:
    """Write a heading, or a question with its cells."""
    sheet.cell(row, NUMBER, question.code).number_format = "@"
    label = sheet.cell(row, LABEL, question.label(language) + (" *" if question.required else ""))
    help_ = sheet.cell(row, HELP, question.help(language))
    label.alignment = help_.alignment = WRAPPED
    if question.answer == SECTION:
        sheet.cell(row, NUMBER).font = label.font = HEADING
        if any(other.by_year and other.code.startswith(f"{question.code}.") for other in load_questions()):
            for column in range(YEARS):
                sheet.cell(row, FIRST + column, year - YEARS + column).font = BOLD
        return
    for column in range(question.cells):
        cell = sheet.cell(row, FIRST + column)
        cell.fill, cell.border, cell.alignment = TO_FILL, Border(LINE, LINE, LINE, LINE), WRAPPED
        cell.number_format = FORMATS.get(question.answer, "@")
        if question.answer in ("yes_no", "confirm"):
            choices.add(cell)


def lay_out(sheet: Worksheet) -> None:
    """Fit column widths to their contents, and fit a printed page to one page width."""
    for column, width in {"A": 8, "B": 52, "C": 22, "D": 16, "E": 16, "F": 48}.items():
        sheet.column_dimensions[column].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = "C5"
