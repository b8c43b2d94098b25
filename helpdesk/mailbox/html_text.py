"""The text of an HTML mail. Nothing of it is ever rendered as HTML, and nothing that it refers to is loaded."""

import re
from collections.abc import Iterator
from html import unescape
from string import ascii_lowercase, ascii_uppercase

LONGEST = 300_000
"""How many characters are read; a longer mail is a newsletter or an attack."""
LONGEST_TAG = 2000
NO_WORDS = frozenset(("script", "style", "head", "title", "template", "noscript", "svg", "iframe", "object", "select"))
NEW_PART = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol"))
NEW_LINE = NEW_PART | frozenset(
    ("address", "article", "br", "dd", "div", "dt", "footer", "form", "header", "hr", "li", "pre", "section", "tr")
)
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
"""ASCII letters only: a lower-case 'İ' is two characters, and would shift every position after it."""
NAME = re.compile(r"/?[a-z][a-z0-9:-]{0,40}", re.IGNORECASE)
HREF = re.compile(r"""\shref\s*=\s*(?:"([^"]{1,300})|'([^']{1,300})|([^\s"'>]{1,300}))""", re.IGNORECASE)


def text_of(markup: str) -> str:
    """The text as its sender meant it to be read, with the URL before a link."""
    return tidy_lines("".join(split_pieces(markup[:LONGEST])))


def split_pieces(markup: str) -> Iterator[str]:
    """Words, and what tags mean for them, in order. An unclosed tag ends the mail: no character is read twice."""
    small, place = markup.translate(SMALL), 0
    while (start := markup.find("<", place)) >= 0:
        yield unescape_words(markup[place:start])
        name = NAME.match(markup, start + 1)
        if name is None and not markup.startswith(("<!", "<?"), start):
            yield "<"
            place = start + 1
            continue
        end = find_element_end(small, start, name[0].lower() if name else "")
        if end < 0:
            return
        if name:
            yield translate_tag(name[0].lower(), markup[start : min(end, start + LONGEST_TAG)])
        place = end
    yield unescape_words(markup[place:])


def find_element_end(small: str, start: int, name: str) -> int:
    """Where a tag, a comment or an element without readable text ends; -1 if it never does."""
    if small.startswith("<!--", start):
        return find_place_behind(small, "-->", start + 2)
    if name in NO_WORDS:
        closing = find_place_behind(small, f"</{name}", start)
        if name == "head":  # often left unclosed
            body = small.find("<body", start, closing if closing >= 0 else len(small))
            closing = body if body >= 0 else closing
        return find_place_behind(small, ">", closing) if closing >= 0 else -1
    return find_place_behind(small, ">", start)


def find_place_behind(small: str, sign: str, start: int) -> int:
    """The position just after a character; -1 if it does not occur any more."""
    found = small.find(sign, start)
    return found + len(sign) if found >= 0 else -1


def unescape_words(text: str) -> str:
    """Unescape words; newlines in the source become spaces."""
    return unescape(" ".join(text.split("\n")))


def translate_tag(name: str, tag: str) -> str:
    """What a reader sees of the tag itself."""
    if name == "li":
        return "\n- "
    if name == "a":
        return describe_link_target(tag)
    if name in ("td", "th"):
        return "  "
    bare = name.removeprefix("/")
    if bare not in NEW_LINE:
        return ""
    return "\n\n" if name in NEW_PART else "\n"


def describe_link_target(tag: str) -> str:
    """The target of a link, for before its text: a link whose text names another URL shows both."""
    found = HREF.search(tag)
    href = unescape(next((value for value in found.groups() if value), "")).strip() if found else ""
    return f"[{href}] " if href.lower().startswith(("http:", "https:")) else ""


def tidy_lines(text: str) -> str:
    """Lines without surrounding spaces, and never more than one blank line."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
