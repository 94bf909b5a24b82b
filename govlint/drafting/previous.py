"""What last year's report tells of this year's: whose it is, of which year, and the applications carried over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from govlint.document import Number
from govlint.filing import Filing
from govlint.template import Template

CARRIED: Mapping[str, str] = {"applications.carried_in": "applications.carried_out"}
"""Row of a report to the row of last year's whose figures it repeats."""


class Carried(NamedTuple):
    """Figures by address of the new report, and the addresses that are left to be filled in by hand."""

    figures: Mapping[str, Number]
    left: Sequence[str]


def carried(filing: Filing, template: Template, doubtful: Collection[str] = ()) -> Carried:
    """The figures of ``filing`` that a report of the next year by ``template`` begins with.

    What was not read with certainty, and what ``doubtful`` names (cells that a finding says are wrong), is left.
    """
    figures: dict[str, Number] = {}
    left: list[str] = []
    for address in template.addresses:
        row, _, column = address.rpartition(".")
        if row not in CARRIED:
            continue
        source = f"{CARRIED[row]}.{column}"
        value = filing.value(source)
        if value is None or source in doubtful:
            left.append(address)
        else:
            figures[address] = value
    return Carried(figures, left)
