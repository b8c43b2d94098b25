"""Texts of the letter as templates: Django's engine with nearly everything taken out.

A template knows `{% if %}`, `{% for %}` and the filters of `reporting.letter.words`, and the names of
`reporting.letter.vocabulary`. It cannot load or include anything, call a method, or loop within a loop. What breaks a
rule is refused when it is kept, with a sentence that says where.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.template import Context, Engine, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.defaulttags import ForNode, IfNode
from django.utils.translation import gettext as _
from django.utils.translation import override

from reporting.letter.vocabulary import FORLOOP, NAMES
from reporting.letter.wording import DUTCH

MOST_CHARACTERS = 20_000
MOST_LOOPS = 10
TAGS = frozenset({"if", "elif", "else", "endif", "for", "empty", "endfor"})
TAG = re.compile(r"\{%-?\s*(\S*)")
INVALID_FILTER = re.compile(r"Invalid filter: '([^']*)'")
NOT_THERE = "geen cijfer"
COUNTED_BY = {"zones": "R17", "signals": "R21"}
"""Facts that are a figure too."""

Names = Mapping[str, Any]


class BadText(ValueError):
    """A text that cannot be used; the message is for the editor."""


class SmallEngine(Engine):
    """Nothing but our own few words."""

    default_builtins = ["reporting.letter.words"]


@cache
def engine() -> Engine:
    """The one engine."""
    return SmallEngine(string_if_invalid=NOT_THERE)


def filled(text: str, values: Names) -> str:
    """The text with its values; raises BadText."""
    template = read(text)
    with override(DUTCH):
        try:
            return template.render(Context(dict(values), autoescape=False))
        except Exception as error:  # a template of an editor must never break a page
            raise BadText(_("This text cannot be filled in: %(reason)s") % {"reason": str(error)[:200]}) from error


def check(text: str) -> None:
    """Raises BadText for what a text may not hold."""
    read(text)


def figures(text: str) -> set[str]:
    """The ids of the figures that a text names."""
    bits = {bit for path in paths(read(text).nodelist) for bit in path[:2]}
    return {COUNTED_BY.get(bit, bit) for bit in bits if bit in COUNTED_BY or re.fullmatch(r"R\d\d", bit)}


def read(text: str) -> Template:
    """The text as a template that is safe to fill in; raises BadText."""
    if len(text) > MOST_CHARACTERS:
        raise BadText(_("This text is too long: keep to %(most)s characters.") % {"most": MOST_CHARACTERS})
    if "\0" in text:
        raise BadText(_("This text contains a character that cannot be saved."))
    refuse_tags(text)
    try:
        template = Template(text, engine=engine())
        check_nodes(template.nodelist, NAMES, looping=False)
    except TemplateSyntaxError as error:
        raise BadText(in_words(str(error))) from error
    except RecursionError as error:
        raise BadText(_("This text has too many conditions within each other.")) from error
    return template


def refuse_tags(text: str) -> None:
    """Only `if` and `for` may stand between {% and %}, and not too many lists in one text."""
    if sum(tag == "for" for tag in TAG.findall(text)) > MOST_LOOPS:
        raise BadText(_("This text has too many lists: keep to %(most)s.") % {"most": MOST_LOOPS})
    for number, line in enumerate(text.splitlines(), start=1):
        for match in TAG.finditer(line):
            if match[1] not in TAGS:
                raise BadText(
                    _("Line %(line)s: “%(tag)s” cannot stand between {%% and %%}; only if and for can.")
                    % {"line": number, "tag": match[1][:40]}
                )


def in_words(reason: str) -> str:
    """What Django says of a template, for an editor."""
    if match := INVALID_FILTER.search(reason):
        return _("“%(name)s” is no word that can stand after |.") % {"name": match[1][:40]}
    if "underscores" in reason:
        return _("A name cannot begin with _.")
    if "Unclosed tag" in reason:
        return _("An if or for is not closed: end it with endif or endfor.")
    return _("What stands between {{ and }}, or {%% and %%}, cannot be read: %(reason)s") % {"reason": reason[:200]}


# --- What the template names ----------------------------------------------------------------------------


def walk(nodes: Any) -> Iterator[Node]:
    """Every node, also those within."""
    for node in nodes:
        yield node
        for inner in inside(node):
            yield from walk(inner)


def inside(node: Node) -> list[Any]:
    """What stands within an if or a for."""
    if isinstance(node, IfNode):
        return [nodes for _condition, nodes in node.conditions_nodelists]
    if isinstance(node, ForNode):
        return [node.nodelist_loop, node.nodelist_empty]
    return []


def check_nodes(nodes: Any, names: Names, *, looping: bool) -> None:
    """Raises BadText for a name that does not exist, or a loop within a loop."""
    for node in nodes:
        for expression in expressions(node):
            found = check_expression(expression, names)
            if isinstance(node, VariableNode) and isinstance(found, Mapping | list):
                raise BadText(_("“%(name)s” is no single number or word.") % {"name": expression.token[:60]})
        if isinstance(node, ForNode):
            check_loop(node, names, looping=looping)
        elif isinstance(node, IfNode):
            for inner in inside(node):
                check_nodes(inner, names, looping=looping)
        elif not isinstance(node, TextNode | VariableNode):
            raise BadText(_("Only names, if and for can be used in a text."))


def check_loop(node: ForNode, names: Names, *, looping: bool) -> None:
    """A loop goes through one of our lists, and gives each item one name."""
    if looping:
        raise BadText(_("A for cannot stand within a for."))
    found = lookup(variable(node.sequence), names)
    if not isinstance(found, list) or len(node.loopvars) != 1:
        raise BadText(_("“%(name)s” is no list to go through.") % {"name": str(node.sequence)[:60]})
    item = {node.loopvars[0]: found[0], "forloop": FORLOOP}
    check_nodes(node.nodelist_loop, {**names, **item}, looping=True)
    check_nodes(node.nodelist_empty, names, looping=True)


def expressions(node: Node) -> Iterator[Any]:
    """What a node itself works out."""
    if isinstance(node, VariableNode):
        yield node.filter_expression
    elif isinstance(node, ForNode):
        yield node.sequence
    elif isinstance(node, IfNode):
        for condition, _nodes in node.conditions_nodelists:
            yield from within(condition)


def within(condition: Any) -> Iterator[FilterExpression]:
    """The leaves of a condition with and, or, not and comparisons."""
    if condition is None:
        return
    if isinstance(value := getattr(condition, "value", None), FilterExpression):
        yield value
        return
    for part in (getattr(condition, "first", None), getattr(condition, "second", None)):
        yield from within(part)


def check_expression(expression: Any, names: Names) -> Any:
    """Its name exists, and so does every name given to a filter; tells what a bare name stands for."""
    found = lookup(expression.var, names) if isinstance(expression.var, Variable) else None
    for _filter, arguments in expression.filters:
        for is_variable, argument in arguments:
            if is_variable:
                lookup(argument, names)
    return None if expression.filters else found


def variable(expression: Any) -> Variable:
    """The bare name that a loop goes through."""
    if not isinstance(expression.var, Variable) or expression.filters:
        raise BadText(_("“%(name)s” is no list to go through.") % {"name": str(expression)[:60]})
    return expression.var


def lookup(name: Variable, names: Names) -> Any:
    """What the vocabulary says about a name; raises BadText for one that does not exist."""
    if name.lookups is None:  # a number or a word in quotes
        return None
    found: Any = names
    for bit in name.lookups:
        if not isinstance(found, Mapping) or bit not in found:
            raise BadText(_("“%(name)s” does not exist.") % {"name": str(name.var)[:60]})
        found = found[bit]
    return found


def paths(nodes: NodeList) -> Iterator[tuple[str, ...]]:
    """Every name that a text uses."""
    for node in walk(nodes):
        for expression in expressions(node):
            if isinstance(expression.var, Variable) and expression.var.lookups:
                yield expression.var.lookups
