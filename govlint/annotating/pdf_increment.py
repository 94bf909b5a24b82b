"""A change to a PDF written behind it, as PDF provides for (ISO 32000-1, 7.5.6): all bytes that it had stay.

pypdf reads the objects and writes single ones; its own way of adding to a file numbers objects so that a second
addition is misread, which is why the table of them is written here.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from itertools import groupby

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

FAILURES = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What pypdf raises on files that are not as they should be."""
_TRAILER = ("/Root", "/Info", "/ID")
"""What the trailer says again."""

logging.getLogger("pypdf").setLevel(
    logging.CRITICAL
)  # the file is read again afterwards, whatever it warns of


class Increment:
    """A file, the objects that are to be changed or added, and at last the file with them behind it.

    Raises one of ``FAILURES`` for what is no regular PDF.
    """

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data))
        self._data = data
        self._changed: dict[int, PdfObject] = {}
        tail = data.rindex(b"startxref")
        self._former = int(data[tail + len(b"startxref") :].split()[0])
        self._is_table = data.startswith(b"xref", self._former)
        if not self._is_table and not data[self._former : self._former + 10].split()[0].isdigit():
            raise ValueError("startxref")
        stated = int(str(self.reader.trailer["/Size"]))
        known = (number for table in self.reader.xref.values() for number in table)
        self._next = max(stated - 1, *known, *self.reader.xref_objStm) + 1

    def page(self, number: int) -> DictionaryObject:
        """A page, from 1, as it is written: without what it inherits."""
        reference = self.reader.pages[number - 1].indirect_reference
        page = self.reader.get_object(reference) if reference is not None else None
        if not isinstance(page, DictionaryObject):
            raise TypeError("page")
        return page

    def notes(self, number: int) -> ArrayObject:
        """The list of a page's annotations, empty where it has none; changes to it need :meth:`relist`."""
        listed = self.page(number).get("/Annots")
        listed = listed.get_object() if listed is not None else None
        return listed if isinstance(listed, ArrayObject) else ArrayObject()

    def relist(self, number: int, listed: ArrayObject) -> None:
        """Have a page list these annotations."""
        page = self.page(number)
        former = page.raw_get("/Annots") if "/Annots" in page else None
        if isinstance(former, IndirectObject) and isinstance(former.get_object(), ArrayObject):
            self._changed[former.idnum] = listed
            return
        page[NameObject("/Annots")] = listed
        self._changed[self.reference(number).idnum] = page

    def reference(self, number: int) -> IndirectObject:
        """To a page, from 1."""
        reference = self.reader.pages[number - 1].indirect_reference
        if reference is None or reference.generation:
            raise ValueError("page")
        return reference

    def add(self, content: DictionaryObject) -> IndirectObject:
        number = self._next
        self._next += 1
        self._changed[number] = content
        return IndirectObject(number, 0, self.reader)

    def written(self) -> bytes:
        """The file with what was changed behind it."""
        out = io.BytesIO()
        out.write(self._data if self._data.endswith(b"\n") else self._data + b"\n")
        offsets = {
            number: self._write(out, number, self._changed[number]) for number in sorted(self._changed)
        }
        start = out.tell()
        trailer = DictionaryObject(
            {
                NameObject(key): self.reader.trailer.raw_get(key)
                for key in _TRAILER
                if key in self.reader.trailer
            }
        )
        trailer[NameObject("/Prev")] = NumberObject(self._former)
        if self._is_table:
            trailer[NameObject("/Size")] = NumberObject(self._next)
            out.write(b"xref\n" + b"".join(_table(offsets)) + b"trailer\n")
            trailer.write_to_stream(out)
        else:
            offsets[self._next] = start
            trailer[NameObject("/Size")] = NumberObject(self._next + 1)
            self._write(out, self._next, _stream(offsets, trailer))
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()

    def _write(self, out: io.BytesIO, number: int, content: PdfObject) -> int:
        """An object; the offset at which it begins."""
        at = out.tell()
        out.write(b"%d 0 obj\n" % number)
        content.write_to_stream(out)
        out.write(b"\nendobj\n")
        return at


def _sections(offsets: dict[int, int]) -> Iterator[list[int]]:
    """The numbers in runs without a gap."""
    for _, run in groupby(enumerate(sorted(offsets)), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _table(offsets: dict[int, int]) -> Iterator[bytes]:
    for numbers in _sections(offsets):
        yield b"%d %d\n" % (numbers[0], len(numbers))
        for number in numbers:
            yield b"%010d 00000 n \n" % offsets[number]


def _stream(offsets: dict[int, int], trailer: DictionaryObject) -> StreamObject:
    """The table as the stream that newer files have in its place."""
    made = StreamObject()
    made.update(trailer)
    index = [each for numbers in _sections(offsets) for each in (numbers[0], len(numbers))]
    made[NameObject("/Type")] = NameObject("/XRef")
    made[NameObject("/W")] = _numbers((1, 8, 2))
    made[NameObject("/Index")] = _numbers(index)
    rows = (b"\1" + offsets[number].to_bytes(8, "big") + b"\0\0" for number in sorted(offsets))
    made.set_data(b"".join(rows))
    return made


def _numbers(numbers: Sequence[int]) -> ArrayObject:
    return ArrayObject([NumberObject(number) for number in numbers])
