"""The charts as pictures: SVG with its own colours for the PDF, and PNG for a word processor."""

import json
from pathlib import Path

import typst
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reporting.charts import Bar, Chart

FILLS = {1: ("#3d5a80", "#3d5a80"), 2: ("#dfe7f0", "#3d5a80")}
"""Fill and edge by series: dark, and light with a dark edge, so that they differ without colour too."""
INK, LINE = "#3a3a3a", "#c8c8c8"
SIZE = 13
LEGEND = 26  # the height of the legend
PIXELS_PER_INCH = 220
PICTURE = Path(__file__).parent / "typst" / "picture.typ"


def draw_svg(chart: Chart) -> str:
    """The chart as SVG that needs no stylesheet."""
    above = LEGEND if chart.legend else 0
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
        'font-family="Libertinus Serif" font-size="{}">{}<g transform="translate(0 {})">{}{}{}</g></svg>',
        chart.width,
        chart.height + above,
        chart.width,
        chart.height + above,
        SIZE,
        _draw_legend(chart),
        above,
        _draw_grid(chart),
        format_html_join("", "{}", ((_draw_bar(bar),) for bar in chart.bars)),
        _draw_ticks(chart),
    )


def draw_png(chart: Chart) -> bytes:
    """The chart as PNG."""
    made = typst.Compiler(PICTURE, root=PICTURE.parent, font_paths=typst.Fonts(include_system_fonts=False)).compile(
        format="png", ppi=PIXELS_PER_INCH, sys_inputs={"data": json.dumps({"svg": draw_svg(chart)})}
    )
    if not isinstance(made, bytes):
        raise TypeError(f"one picture was expected, not {type(made).__name__}")
    return made


def _draw_bar(bar: Bar) -> SafeString:
    fill, edge = FILLS[bar.series]
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.8"/>',
        bar.x,
        bar.y,
        bar.width,
        bar.height,
        fill,
        edge,
    )


def _draw_grid(chart: Chart) -> SafeString:
    return format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="0.7"/>'
        '<text x="{}" y="{}" dy="4" text-anchor="end" fill="{}">{}</text>',
        (
            (chart.left, chart.right, line.at, line.at, LINE, chart.left - 8, line.at, INK, line.label)
            for line in chart.lines
        ),
    )


def _draw_ticks(chart: Chart) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>',
        ((tick.at, chart.floor + 22, INK, tick.label) for tick in chart.ticks),
    )


def _draw_legend(chart: Chart) -> SafeString:
    width = 130
    return format_html_join(
        "",
        '<rect x="{}" y="4" width="13" height="13" fill="{}" stroke="{}"/><text x="{}" y="15" fill="{}">{}</text>',
        (
            (chart.left + number * width, *FILLS[number + 1], chart.left + number * width + 20, INK, name)
            for number, name in enumerate(chart.legend)
        ),
    )
