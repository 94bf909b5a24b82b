"""Kinds of mistakes, each one entry of a list: its name, what it does to a report, and what should be found."""

from __future__ import annotations

from benchmarks.quality.defects import content, numbers, prose, structure, tables, wording
from benchmarks.quality.defects.kind import Defect, Expected

DEFECTS: list[Defect] = [
    *structure.DEFECTS,
    *tables.DEFECTS,
    *numbers.DEFECTS,
    *prose.DEFECTS,
    *content.DEFECTS,
    *wording.DEFECTS,
]

__all__ = ["DEFECTS", "Defect", "Expected"]
