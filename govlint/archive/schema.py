"""The datasets of a store and their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from govlint.archive.needs import needed

Rows = Mapping[str, list[dict[str, Any]]]
"""By dataset."""

DATASETS: Mapping[str, Mapping[str, str]] = {
    "cells": {
        "path": "text", "agency": "text", "year": "year", "template": "text", "cell": "text",
        "value": "double", "written": "text", "uncertain": "bool", "line": "int", "place": "text",
    },
    "passages": {
        "path": "text", "agency": "text", "year": "year", "section": "text", "number": "int", "text": "text",
        "line": "int", "place": "text",
    },
    "filings": {
        "path": "text", "agency": "text", "year": "year", "template": "text", "published": "date",
        "cells": "texts", "values": "doubles", "shingles": "hashes", "rules": "texts", "severities": "texts",
        "aside": "texts",
    },
    "unchecked": {"path": "text", "code": "text", "why": "text"},
    "findings": {
        "path": "text", "sha256": "text", "agency": "text", "year": "year", "code": "text", "name": "text",
        "severity": "text", "certainty": "text", "message": "text", "section": "text", "cells": "texts",
        "expected": "text", "actual": "text", "line": "int", "place": "text", "evidence": "texts",
        "reference": "text", "fingerprint": "text",
    },
    "documents": {
        "path": "text", "sha256": "text", "status": "text", "verdict": "text", "error": "text",
        "template": "text", "agency": "text", "year": "year", "published": "date", "findings": "int",
        "title": "text", "format": "text", "size": "long", "settings": "text",
        "own_verdict": "text", "own_findings": "int", "own_exit": "int", "fail_on": "text",
    },
}  # fmt: skip
"""Dataset to columns. ``documents`` comes last: what is put in place last is what makes a batch seen.

``filings`` is what documents are held against each other by: the figures read with certainty and a sample of the
prose's shingles, one row a document, with the codes of the rules between documents that are in force for it, the severities that its settings give to some of them
(``H003 info``), and what its comments set aside: ``H001``, or ``H001`` and a cell or the number of a passage. ``settings`` is a digest of all that the result depends on beside the content;
``own_…`` is what the document came to by itself.
"""


@cache
def schema(dataset: str) -> Any:
    """The pyarrow schema of a dataset."""
    pa = needed("pyarrow")
    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "int": pa.int32(),
        "long": pa.int64(),
        "year": pa.int32(),
        "double": pa.float64(),
        "doubles": pa.list_(pa.float64()),
        "hashes": pa.list_(pa.uint32()),
        "bool": pa.bool_(),
        "date": pa.date32(),
    }
    return pa.schema([(name, kinds[kind]) for name, kind in DATASETS[dataset].items()])


def table(dataset: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as a pyarrow Table."""
    pa = needed("pyarrow")
    shape = schema(dataset)
    columns = [pa.array([row[name] for row in rows], shape.field(name).type) for name in shape.names]
    return pa.Table.from_arrays(columns, schema=shape)


def encoded(dataset: str, rows: Any) -> bytes:
    """Rows, or a Table, as the bytes of a Parquet file."""
    made = table(dataset, rows) if isinstance(rows, list) else rows
    out = needed("pyarrow").BufferOutputStream()
    needed("pyarrow.parquet").write_table(made, out, compression="zstd")
    data: bytes = out.getvalue().to_pybytes()
    return data
