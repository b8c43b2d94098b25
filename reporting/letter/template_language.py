"""Texts of the letter as templates: Jinja's sandbox with nearly everything removed.

A template has `{% if %}`, `{% for %}`, and the filters and names of `reporting.letter.vocabulary`. It cannot load or
include anything, call or compute, or nest loops. A text that breaks a rule is refused on saving, with a sentence that
says where.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from jinja2 import Template, TemplateSyntaxError, Undefined, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reporting.figures import FIGURES
from reporting.letter.vocabulary import FILTERS, LOOP, NAMES, WITH_WORDS
from reporting.letter.wording import DUTCH

MOST_CHARACTERS = 20_000
MOST_LOOPS = 10
TAGS = frozenset({"if", "elif", "else", "endif", "for", "endfor"})
TAG = re.compile(r"\{%-?\s*(\S*)")
NOT_THERE = "geen cijfer"
COUNTED_BY = {figure.letter.fact: name for name, figure in FIGURES.items() if figure.letter.fact}
"""The ids of figures by the fact that covers the same subject."""
NAMED = (nodes.Name, nodes.Getattr, nodes.Getitem)
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
)
"""What a text may contain besides names, filters and loops."""

Names = Mapping[str, Any]
Path = tuple[str, ...]


class BadText(ValueError):
    """A text that cannot be used; the message is for the editor."""


class NotThere(Undefined):
    """A name that the letter of this period lacks: false in a condition, and 'geen cijfer' in a sentence."""

    def __str__(self) -> str:
        return NOT_THERE

    def __lt__(self, _other: object) -> bool:  # type: ignore[override]  # Jinja says that it never returns
        return False

    __gt__ = __le__ = __ge__ = __lt__  # type: ignore[assignment]


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which a dot looks up keys in our own mappings and nowhere else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The value under a name; a number is a name too (`R08.12`)."""
        try:
            return obj[str(argument)] if isinstance(obj, Mapping) else NotThere(name=str(argument))
        except KeyError:
            return NotThere(name=str(argument))


@cache
def build_environment() -> Environment:
    """The environment of all texts."""
    made = Environment(undefined=NotThere, autoescape=False, keep_trailing_newline=True)
    made.filters, made.tests, made.globals = dict(FILTERS), {}, {}
    return made


def fill_template(text: str, values: Names) -> str:
    """The text with its values; raises BadText."""
    template = read_template(text)
    with override(DUTCH):
        try:
            return template.render(values)
        except Exception as error:  # an editor's template must never break a page
            raise BadText(_("This text cannot be filled in: %(reason)s") % {"reason": str(error)[:200]}) from error


def check_text(text: str) -> None:
    """Raise BadText if the text breaks a rule."""
    read_template(text)


def find_figures(text: str) -> set[str]:
    """The ids of the figures that a text names."""
    bits = {bit for path in find_names(parse_text(text)) for bit in path[:2]}
    return {COUNTED_BY.get(bit, bit) for bit in bits if bit in COUNTED_BY or bit in FIGURES}


def read_template(text: str) -> Template:
    """The text as a template that is safe to fill in; raises BadText."""
    try:
        return build_environment().from_string(parse_text(text))
    except (RecursionError, SyntaxError) as error:  # from Python, into which Jinja compiles the template
        raise BadText(_("This text has too many conditions within each other.")) from error


def parse_text(text: str) -> nodes.Template:
    """The syntax tree of a text that obeys the rules; raises BadText otherwise."""
    if len(text) > MOST_CHARACTERS:
        raise BadText(_("This text is too long: keep to %(most)s characters.") % {"most": MOST_CHARACTERS})
    if "\0" in text:
        raise BadText(_("This text contains a character that cannot be saved."))
    refuse_tags(text)
    try:
        tree = build_environment().parse(text)
        check_node(tree, NAMES)
    except TemplateSyntaxError as error:
        raise BadText(in_words(error)) from error
    except RecursionError as error:
        raise BadText(_("This text has too many conditions within each other.")) from error
    return tree


def refuse_tags(text: str) -> None:
    """Raise BadText for tags other than `if` and `for`, and for too many loops in one text."""
    if sum(tag == "for" for tag in TAG.findall(text)) > MOST_LOOPS:
        raise BadText(_("This text has too many lists: keep to %(most)s.") % {"most": MOST_LOOPS})
    for number, line in enumerate(text.splitlines(), start=1):
        for match in TAG.finditer(line):
            if match[1] not in TAGS:
                raise BadText(
                    _("Line %(line)s: “%(tag)s” cannot stand between {%% and %%}; only if and for can.")
                    % {"line": number, "tag": match[1][:40]}
                )


def in_words(error: TemplateSyntaxError) -> str:
    """Jinja's complaint about a template, in words for an editor."""
    reason = error.message or ""
    if "end of template" in reason and "end" in reason.partition("tags:")[2]:
        return _("An if or for is not closed: end it with endif or endfor.")
    return _("Line %(line)s: what stands between {{ and }}, or {%% and %%}, cannot be read: %(reason)s") % {
        "line": error.lineno,
        "reason": reason[:200],
    }


# --- What the template names ----------------------------------------------------------------------------


def check_node(node: nodes.Node, names: Names, *, looping: bool = False) -> None:
    """Raise BadText for an unknown name or filter, a loop within a loop, or anything that computes."""
    if isinstance(node, NAMED):
        look_up_name(read_path(node), names)
        return
    if isinstance(node, nodes.For):
        check_loop(node, names, looping=looping)
        return
    if isinstance(node, nodes.Filter):
        check_filter(node)
    elif not isinstance(node, ALLOWED):
        raise BadText(_("Only names, if and for can be used in a text."))
    for inner in node.iter_child_nodes():
        if isinstance(node, nodes.Output) and isinstance(inner, NAMED):
            refuse_many(read_path(inner), names)
        check_node(inner, names, looping=looping)


def check_loop(node: nodes.For, names: Names, *, looping: bool) -> None:
    """Raise BadText unless a loop runs over one of our lists, and gives each item a single name."""
    if looping:
        raise BadText(_("A for cannot stand within a for."))
    is_plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, NAMED) and not node.test
    found = look_up_name(read_path(node.iter), names) if is_plain else None
    if not isinstance(found, list) or not isinstance(node.target, nodes.Name) or node.recursive:
        raise BadText(
            _("“%(name)s” is no list to go through.") % {"name": ".".join(next(find_names(node.iter), ()))[:60]}
        )
    for inner in node.body:
        check_node(inner, {**names, node.target.name: found[0], "loop": LOOP}, looping=True)
    for inner in node.else_:
        check_node(inner, names, looping=True)


def check_filter(node: nodes.Filter) -> None:
    """Raise BadText for a filter that is not ours, or that has arguments other than one quoted text."""
    if node.name not in FILTERS:
        raise BadText(_("“%(name)s” is no word that can stand after |.") % {"name": node.name[:40]})
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != (node.name in WITH_WORDS):
        raise BadText(_("Only plural and counted are given words, as in plural(“one,many”)."))


def refuse_many(path: Path, names: Names) -> None:
    """Raise BadText if a whole figure or list stands where one number or word should."""
    if isinstance(look_up_name(path, names), Mapping | list):
        raise BadText(_("“%(name)s” is no single number or word.") % {"name": ".".join(path)[:60]})


def look_up_name(path: Path, names: Names) -> Any:
    """The entry of a name in the vocabulary; raises BadText if there is none."""
    found: Any = names
    for bit in path:
        if bit.startswith("_"):
            raise BadText(_("A name cannot begin with _."))
        if not isinstance(found, Mapping) or bit not in found:
            raise BadText(_("“%(name)s” does not exist.") % {"name": ".".join(path)[:60]})
        found = found[bit]
    return found


def read_path(node: nodes.Node) -> Path:
    """The parts of a dotted name; raises BadText for anything else."""
    match node:
        case nodes.Name():
            return (node.name,)
        case nodes.Getattr():
            return (*read_path(node.node), node.attr)
        case nodes.Getitem(arg=nodes.Const(value=part)):
            return (*read_path(node.node), str(part))
    raise BadText(_("Only names, if and for can be used in a text."))


def find_names(node: nodes.Node) -> Iterator[Path]:
    """Every name that a text uses."""
    if isinstance(node, NAMED):
        yield read_path(node)
    else:
        for inner in node.iter_child_nodes():
            yield from find_names(inner)
