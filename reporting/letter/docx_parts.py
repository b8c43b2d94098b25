"""What DOCX supports and python-docx lacks: footnotes, language, header rows, alternative text of pictures."""

from collections.abc import Iterator
from typing import Any, cast

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
EMPTY = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
MARK, TEXT = "FootnoteReference", "FootnoteText"
STYLES = (
    f'<w:style {nsdecls("w")} w:type="character" w:styleId="{MARK}"><w:name w:val="footnote reference"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{TEXT}"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:spacing w:after="0"/></w:pPr>'
    '<w:rPr><w:sz w:val="18"/></w:rPr></w:style>',
)
NUMBERED = "List Number"


def make_element(name: str, **attributes: str) -> Any:
    """An element with attributes, both in the `w` namespace."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


# --- The document ---------------------------------------------------------------------------------------


def set_language(made: Docx, language: str) -> None:
    """Set the default language of the text."""
    defaults = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(make_element("lang", val=language, eastAsia=language, bidi="ar-SA"))


def set_font(style: Any, name: str) -> None:
    """Set the font of a style, replacing any theme font."""
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for attribute in list(fonts.attrib):
        if "Theme" in attribute:
            del fonts.attrib[attribute]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), name)


def without_border(style: Any) -> None:
    """Remove the line that python-docx's template draws below a title."""
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that the word processor computes, such as PAGE or NUMPAGES."""
    field = make_element("fldSimple", instr=code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


# --- Footnotes ------------------------------------------------------------------------------------------


def prepare_notes(made: Docx) -> None:
    """Add the part for footnotes, and their two styles."""
    part = XmlPart(PackURI("/word/footnotes.xml"), FOOTNOTES, parse_xml(EMPTY), made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for style in STYLES:
        made.styles.element.append(parse_xml(style))


def add_note(paragraph: Paragraph, words: str) -> None:
    """Add a footnote: its mark here, its words at the foot of the page."""
    notes = find_footnotes_root(paragraph)
    number = str(len(notes) - 1)  # the first two are the separator lines above the notes
    run = paragraph.add_run()
    run._r.get_or_add_rPr().insert(0, make_element("rStyle", val=MARK))
    run._r.append(make_element("footnoteReference", id=number))
    note = make_element("footnote", id=number)
    note.append(note_line(words))
    notes.append(note)


def find_footnotes_root(paragraph: Paragraph) -> Any:
    """The root element of the part with footnotes."""
    part: Any = paragraph.part
    return cast(XmlPart, part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)).element


def note_line(words: str) -> Any:
    """The paragraph of a footnote: its mark, a space, its words."""
    line = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(make_element("pStyle", val=TEXT))
    line.append(properties)
    mark, text = OxmlElement("w:r"), OxmlElement("w:r")
    marked = OxmlElement("w:rPr")
    marked.append(make_element("rStyle", val=MARK))
    mark.extend([marked, OxmlElement("w:footnoteRef")])
    written = OxmlElement("w:t")
    written.text = f" {words}"
    written.set(qn("xml:space"), "preserve")
    text.append(written)
    line.extend([mark, text])
    return line


# --- Lists ----------------------------------------------------------------------------------------------


def new_numbering(made: Docx) -> str:
    """The id of a new numbering in the style of numbered lists, which starts at 1 again."""
    numbering: Any = made.part.numbering_part.element
    style: Any = made.styles[NUMBERED].element
    shaped_as = style.pPr.numPr.numId.val
    shape = next(one for one in numbering.num_lst if one.numId == shaped_as).abstractNumId.val
    number = numbering.add_num(shape)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return str(number.numId)


def number_by(paragraph: Paragraph, number: str) -> None:
    """Number a paragraph with a numbering."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = int(number)


# --- Tables and pictures --------------------------------------------------------------------------------


def mark_header(table: Any, *, caption: str) -> None:
    """Make the first row a header that repeats on each page, and give the table its caption as its name."""
    properties = table._tbl.tblPr
    looks = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1"), ("val", "06A0")):
        looks.set(qn(f"w:{name}"), value)
    properties.append(make_element("tblCaption", val=caption))
    row = table.rows[0]._tr.get_or_add_trPr()
    row.extend([make_element("cantSplit"), make_element("tblHeader")])
    for cell in table.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(make_element("shd", val="clear", color="auto", fill="EEF1F5"))


def keep_whole(row: Any) -> None:
    """Keep a row from breaking across pages."""
    row._tr.get_or_add_trPr().append(make_element("cantSplit"))


def keep_together(table: Any) -> None:
    """Keep a table on one page, by tying each row to the next."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def describe_picture(picture: Any, *, title: str, words: str) -> None:
    """Set the alternative text of a picture."""
    for properties in find_name_elements(picture):
        properties.set("descr", words)
        properties.set("title", title)


def find_name_elements(picture: Any) -> Iterator[Any]:
    """The elements that hold a picture's name and alternative text."""
    yield picture._inline.docPr
