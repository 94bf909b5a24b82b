"""Consistent figures of the applications table, drawn by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from govlint.template import loader as template

TEMPLATE = template.load("ogi-2021")


@st.composite
def tables(draw: st.DrawFn) -> dict[str, int]:
    """A consistent table 3."""
    table = TEMPLATE.tables["applications"]
    rows, kinds = list(table.rows), list(table.columns)[:-1]
    outcomes = rows[2:-2]
    values = {f"applications.{row}.{kind}": 0 for row in rows for kind in table.columns}
    figures = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 300))
    for kind in kinds:
        for row in draw(st.lists(st.sampled_from(outcomes), max_size=3, unique=True)):
            values[f"applications.{row}.{kind}"] = draw(figures)
        done = sum(values[f"applications.{row}.{kind}"] for row in outcomes)
        carried_out = draw(st.integers(0, 12))
        carried_in = draw(st.integers(0, done + carried_out))
        values |= {
            f"applications.outcome_total.{kind}": done,
            f"applications.carried_out.{kind}": carried_out,
            f"applications.carried_in.{kind}": carried_in,
            f"applications.new_received.{kind}": done + carried_out - carried_in,
        }
    for row in rows:
        values[f"applications.{row}.total"] = sum(values[f"applications.{row}.{kind}"] for kind in kinds)
    return values
