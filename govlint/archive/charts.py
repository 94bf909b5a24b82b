"""Charts as SVG that stands in a page: no script, no request, links into the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from govlint.archive.needs import needed
from govlint.outputs.page.markup import Html

_COLOURS = ("#2f7d4f", "#b3261e", "#8a6d1a")
"""Pass, fail, incomplete."""
_ONE = ("#2f6ea8",)
_FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"

_LEFT_OUT = re.compile(r"<!--.*?-->|<script.*?</script>", re.DOTALL)
"""As in ``<!-- x -->``."""


def bars(name: str, rows: Sequence[tuple[str, float, str]], unit: str) -> Html:
    """Lying bars of (label, value, link), in order from above."""
    chart = _chart(
        "HorizontalBar", name, _ONE, height=90 + 26 * len(rows), show_legend=False, margin_left=_room(rows)
    )
    chart.x_labels = [label for label, _, _ in reversed(rows)]
    chart.add(unit, [_linked(value, link) for _, value, link in reversed(rows)])
    return _svg(chart)


def stacked(
    name: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[tuple[float, str]]]]
) -> Html:
    """Standing bars, one a label, each of the series, of (value, link), on top of the one before."""
    chart = _chart("StackedBar", name, _COLOURS, height=340, legend_at_bottom=True)
    chart.x_labels = labels
    for title, values in series:
        chart.add(title, [_linked(value, link) for value, link in values])
    return _svg(chart)


def line(name: str, labels: Sequence[str], title: str, values: Sequence[float]) -> Html:
    chart = _chart("Line", name, _ONE, height=300, show_legend=False, include_x_axis=True, dots_size=4)
    chart.x_labels = labels
    chart.add(title, list(values))
    return _svg(chart)


def _chart(kind: str, name: str, colours: Sequence[str], **options: Any) -> Any:
    pygal = needed("pygal")
    style = pygal.style.Style(
        background="transparent",
        plot_background="transparent",
        foreground="#6b7280",
        foreground_strong="#6b7280",
        foreground_subtle="#9ca3af",
        colors=tuple(colours),
        font_family=_FONT,
        label_font_size=13,
        major_label_font_size=13,
        value_font_size=13,
        legend_font_size=14,
        opacity=".85",
    )
    chart = getattr(pygal, kind)(
        style=style,
        js=[],
        width=680,
        print_values=True,
        disable_xml_declaration=True,
        truncate_label=40,
        value_formatter=lambda value: f"{value:g}" if value else "",
        **options,
    )
    chart.uuid = name
    return chart


def _room(rows: Sequence[tuple[str, float, str]]) -> int:
    """What the library leaves too little for labels: it takes Chinese characters for as wide as Latin ones."""
    return 10 + max(6 * sum(ord(char) > 0x2E80 for char in label) for label, _, _ in rows)


def _linked(value: float, link: str) -> dict[str, Any]:
    return (
        {"value": value, "xlink": {"href": link, "target": "_self"}} if link and value else {"value": value}
    )


def _svg(chart: Any) -> Html:
    """Without the comments, which name the day and the library's site, and the settings for a script that is not used."""
    text = _LEFT_OUT.sub("", chart.render(is_unicode=True))
    return Html(
        text.replace('style="opacity: 0"', 'opacity="0"')
    )  # styles of elements no strict policy lets pass
