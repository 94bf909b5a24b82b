"""Which of the places that name a section are its heading: not a preamble, a contents list or a sub-heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise

from msgspec import Struct

from govlint.document import Span
from govlint.parsing.vocabulary import Vocabulary, bare
from govlint.text.folding import Compact, compact
from govlint.text.ordinals import HEAD_ORDINAL, LONE_ORDINAL, NUMERALS, ORDINAL_STARTS, ordinal_value, style

HAN = re.compile(r"[㐀-鿿]")
_BLANKS = " \r|\x1f"
_SENTENCE = re.compile(r"[。;!?]")
_GLUED = re.compile(r"[一二三四五六七八九十](?<=[。;!?\"\d)|\x1f].)[一二三四五六七八九十]?、(?=[㐀-鿿])")
"""As in ``。二、主``."""
_HAN_WORDS = re.compile(r"[㐀-鿿][㐀-鿿、]*")
"""As in ``一、总体情况``."""
_LINE = re.compile(rf"\n[ \r|\x1f]*(?=[{ORDINAL_STARTS}])(?!\d+[ \r]*(?:\||$))", re.MULTILINE)
"""As in ``\n三、收到``; a figure alone in its line or cell is no number of a heading."""
_LISTED = re.compile(r" *[、,;] *\(?[二三四五六七八九十\d]{1,2}\)")
"""Behind the first of a sentence's numbered enumeration: ``、(二)``."""
_AND = re.compile(r" *[,;、] *(?:[^\n。|,;]{1,40}[,;] *)?")
"""Between two of a sentence's enumeration, a section in other words among them: ``、``."""
_WORDS_BETWEEN = re.compile(r"(?:[㐀-鿿][^㐀-鿿]*){3}")
"""As in ``第 3 页 共``."""
_LONGEST = 45
"""Compact characters in a line that may still be a heading."""
_FAR = 2000
"""Characters beyond which two mentions are not of one list."""
_BEFORE = 80
"""Characters before a heading's words among which its number is looked for."""
_SHORT = 8
"""Characters of a line that numbered as a missing section, and in its place, is its heading whatever it says."""
_NAME = re.compile(
    r"[㐀-鿿、]{0,18}?(?:情况|概述|概况|综述|简述|事项|(?:改进|整改|解决)(?:情况|措施|方向|意见|打算)?|措施|对策|打算|安排)"
)
"""What a section in other words is called, where its text is run into that: ``基本情况`` of 基本情况根据要求."""
_ALIKE, _VAGUE = 62.0, 30.0


class Heading(Struct):
    """``key`` is None for a section that the template does not know; ``span`` is in the source."""

    span: Span
    key: str | None
    ordinal: str
    words: str
    exact: bool = True
    certain: bool = True


def at_line_start(folded: str, offset: int) -> bool:
    while offset and folded[offset - 1] in _BLANKS:
        offset -= 1
    return offset == 0 or folded[offset - 1] == "\n"


def _line_end(folded: str, offset: int) -> int:
    end = folded.find("\n", offset)
    return len(folded) if end < 0 else end


def _is_heading(folded: str, heading: Heading) -> bool:
    """Whether an exact mention stands like a heading: at the start of its line, or numbered in running text."""
    start, end = heading.span
    if at_line_start(folded, start):
        rest = folded[end : _line_end(folded, end)].strip(_BLANKS)
        return bool(heading.ordinal) or not rest.strip(":。;.")
    if not heading.ordinal:
        return False
    before = (
        folded[:start].rstrip(_BLANKS + "\n")[-1:]
        if start < 4
        else folded[max(0, start - 4) : start].strip()[-1:]
    )
    if style(heading.ordinal) in ("han", "part"):
        return True
    return not HAN.match(before) and not (before in (":", ",", "、") and _LISTED.match(folded, end))


def _trim(heading: Heading, folded: str) -> Heading:
    """Digits of a figure run into an ordinal belong to the figure: ``…84、`` is ``…8`` and ``4、``."""
    digits = re.match(r"\d+", heading.ordinal)
    if digits and len(digits.group()) > 1:
        start = heading.span.start
        glued = start > 0 and folded[start - 1].isdigit()
        parted = not folded[start + 1].isdigit()
        if glued or parted or heading.ordinal[0] == "0" or int(digits.group()) > 12:
            cut = len(digits.group()) - 1
            heading.ordinal = heading.ordinal[cut:]
            heading.span = Span(folded.index(heading.ordinal[0], start + 1), heading.span.end)
    return heading


_BEFORE_HEADING = re.compile(rf"\n[ \r|\x1f]*({LONE_ORDINAL.pattern})$")
"""As in ``\n三 ``."""
_WITHIN_TEXT = re.compile(rf"(?<=[\d。;!?)\"|\x1f])[{NUMERALS}] ?$")
"""As in ``5六``."""


def _lone_ordinal(heading: Heading, folded: str, mandated: int | None) -> Heading:
    """With what stands before it on its line as its ordinal, where that has no mark of the usual ones: ``三 ``, ``Part 3``."""
    start, end = heading.span
    if heading.ordinal:
        return heading
    near = max(0, start - _BEFORE)
    line = folded[max(near, folded.rfind("\n", near, start)) : start]
    line = line if near else "\n" + line
    match = _BEFORE_HEADING.search(line)
    ordinal = match[1] if match else ""
    if not match and (within := _WITHIN_TEXT.search(line)):
        ordinal = within.group()
    alone = match and not folded[end : _line_end(folded, end)].strip(_BLANKS).strip(":。;.")
    if ordinal and (alone or ordinal_value(ordinal) == mandated):
        heading.ordinal, heading.span = ordinal, Span(start - len(ordinal), end)
    return heading


def _numbered_line(folded: str, start: int) -> str | None:
    """The compact line that begins at an offset, if it is short, numbered and no sentence."""
    end = _line_end(folded, start)
    line = "".join(folded[start : min(end, start + 4 * _LONGEST)].replace("\x1f", " ").split())
    short = len(line) <= _LONGEST and not _SENTENCE.search(line[:-1])
    return line if short and HEAD_ORDINAL.match(line) else None


def _adjoin(folded: str, start: int, end: int) -> bool:
    """Whether nothing stands between two entries of a list but page numbers and further entries."""
    if end - start > _FAR:
        return False
    between = folded[start:end]
    if _AND.fullmatch(between):
        return True
    if not _WORDS_BETWEEN.search(between):
        return True
    lines = [line for line in between.split("\n")[1:-1] if line.strip(_BLANKS)]
    return bool(lines) and all(_numbered_line(line.lstrip(_BLANKS), 0) for line in lines)


def _lists(found: Sequence[Heading], folded: str) -> Iterator[list[Heading]]:
    """Lists of contents: runs of mentions with nothing between them, as far as their sections come again.

    The whole run is one where most do: a section may be missing from the report, or headed there in other words.
    """
    runs: list[list[int]] = [[0]] if found else []
    for index, (one, two) in enumerate(pairwise(found), 1):
        keys = {found[at].key for at in runs[-1]}
        if two.key not in keys and _adjoin(folded, one.span.end, two.span.start):
            runs[-1].append(index)
        else:
            runs.append([index])
    last = {heading.key: at for at, heading in enumerate(found)}
    for run in runs:
        again = [at for at in run if last[found[at].key] > run[-1]]
        if len(run) >= 3 and (2 * len(again) >= len(run) or _enumerated([found[at] for at in run], folded)):
            yield [found[at] for at in run]
        elif len(run) >= 2 and (len(again) == len(run) or len(run) >= 3):
            yield [found[at] for at in again]


def _enumerated(run: Sequence[Heading], folded: str) -> bool:
    """Whether a sentence lists the sections, with nothing but commas between them."""
    return all(_AND.fullmatch(folded, one.span.end, two.span.start) for one, two in pairwise(run))


def _without_subheadings(
    found: Sequence[Heading], main: str, is_inner: Callable[[Heading], bool]
) -> list[Heading]:
    """Where a section is named in the sections' own style and in another, the other is a heading within a section."""
    proper = {heading.key for heading in found if style(heading.ordinal) == main}
    return [
        heading
        for heading in found
        if style(heading.ordinal) == main or not (heading.key in proper or is_inner(heading))
    ]


def _is_alone(candidate: Heading, candidates: Iterable[Heading], within: Span) -> bool:
    """Whether nothing else is numbered like it there: it is not one of a count within a section."""
    own = style(candidate.ordinal)
    return not any(
        each.ordinal != candidate.ordinal and style(each.ordinal) == own
        for each in candidates
        if within.start <= each.span.start < within.end
    )


def _is_damaged(line: str, heading: str) -> bool:
    """Whether a compact line is a heading with question marks for some of its characters, or among them."""
    if len(line) > _LONGEST or 3 * line.count("?") >= len(line):
        return False
    parts = (
        re.escape(part) if part[0] != "?" else f".{{0,{len(part) + 1}}}"
        for part in re.findall(r"\?+|[^?]+", line)
    )
    return re.fullmatch("".join(parts), heading) is not None


def _is_entry(each: Heading, run: Sequence[Heading], folded: str) -> bool:
    """Whether a numbered line belongs to a list of contents: in it, just before its first or just after its last."""
    first, last = run[0], run[-1]
    value = ordinal_value(each.ordinal)
    if each.span.start < first.span.start:
        ahead = value == (ordinal_value(first.ordinal) or 0) - 1
        return ahead and _adjoin(folded, each.span.end, first.span.start)
    behind = value == (ordinal_value(last.ordinal) or 0) + 1
    return each.span.start < last.span.end or (behind and _adjoin(folded, last.span.end, each.span.start))


class Headings:
    """Finds the headings of one folded text, given the exact mentions of the template's sections.

    ``tables`` holds where labels stand that one table alone has, with that table.
    """

    def __init__(
        self, folded: str, compacted: Compact, vocabulary: Vocabulary, tables: Mapping[int, str]
    ) -> None:
        self.folded, self.compacted, self.vocabulary = folded, compacted, vocabulary
        self.lines = "\n" + folded
        """Each line behind its new line, which is looked for."""
        self.tables = sorted(tables.items())
        sections = vocabulary.template.sections
        self.order = {key: index for index, key in enumerate(sections)}
        self.specs = sections
        self.marks = {mark.address: mark for mark in vocabulary.template.landmarks if mark.kind == "section"}

    def find(self, mentions: Iterable[Heading], taken: Set[int]) -> list[Heading]:
        """All headings in the order of the text; ``taken`` is where table labels begin, which are none."""
        exact = [
            _lone_ordinal(_trim(mention, self.folded), self.folded, self._mandated(mention))
            for mention in mentions
        ]
        found = [each for each in exact if _is_heading(self.folded, each) or self._heads(each, taken)]
        lists = [run for run in _lists(found, self.folded) if run]
        listed = {id(heading) for run in lists for heading in run}
        found = [heading for heading in found if id(heading) not in listed]
        styles = Counter(style(heading.ordinal) for heading in found)
        main = max(styles, key=lambda each: (styles[each], each == "han")) if styles else "han"
        outer = sorted(each.span.end for each in found if main == style(each.ordinal) == "han")
        found = _without_subheadings(found, main, lambda each: self._is_inner(each, outer))
        occupied = taken | {heading.span.start for heading in exact}
        candidates = [
            each
            for each in self._candidates(occupied, main)
            if not any(_is_entry(each, run, self.folded) for run in lists)
        ]
        if "?" in self.folded:
            found += self._damaged({heading.key for heading in found})
        if {heading.key for heading in found} != self.specs.keys():
            found += self._reworded(found, [*candidates, *self._glued_lines(occupied, main)], main)
        found.sort(key=lambda heading: heading.span)
        found += self._strangers(found, candidates, main)
        found.sort(key=lambda heading: heading.span)
        return found

    def _heads(self, heading: Heading, tables: Set[int]) -> bool:
        """Whether words without a number stand between a figure or a sentence and the first label of a table."""
        before = self.folded[:1] and self.folded[max(0, heading.span.start - 1) : heading.span.start]
        parted = before.isdecimal() or before in ("。", ";")
        return not heading.ordinal and heading.span.end in tables and parted

    def _mandated(self, heading: Heading) -> int | None:
        return ordinal_value(self.specs[heading.key or ""].ordinal)

    def _is_inner(self, heading: Heading, outer: Sequence[int]) -> bool:
        """Whether a bracketed number counts within a section: it is not the section's own, or goes on with a count.

        ``outer`` are the places where the sections' own headings end.
        """
        before = bisect_left(outer, heading.span.start)
        own = style(heading.ordinal)
        if own not in ("(han)", "digit", "(digit)") or not before:
            return False
        value = ordinal_value(heading.ordinal) or 0
        if value != self._mandated(heading):
            return True
        start = max(outer[before - 1], heading.span.start - _FAR)
        last = 0  # of the count within the section
        for at in self._numbered_lines(start, heading.span.start):
            ordinal = HEAD_ORDINAL.match(self.folded, at)
            if ordinal and style(ordinal.group()) == own:
                last = ordinal_value(ordinal.group()) or 0
        return last == value - 1 > 0

    def _numbered_lines(self, start: int, end: int) -> Iterator[int]:
        """Where the words of lines begin that begin between two offsets, and may begin with a number."""
        return (match.end() - 1 for match in _LINE.finditer(self.lines, start, end + 1))

    def _candidates(self, occupied: Set[int], main: str) -> list[Heading]:
        """Numbered short lines, and numbered words glued to a sentence's end, that are no known words."""
        found: list[Heading] = []
        for start in self._numbered_lines(0, len(self.folded)):
            line = _numbered_line(self.folded, start) if start not in occupied else None
            if line and (ordinal := HEAD_ORDINAL.match(line)):
                end = _line_end(self.folded, start)
                words = line[ordinal.end() :].strip(":|。")
                if words and HAN.match(words):
                    end -= len(self.folded[start:end]) - len(self.folded[start:end].rstrip(_BLANKS))
                    found.append(Heading(Span(start, end), None, ordinal.group(), words, exact=False))
        if main == "han":
            text = self.compacted.text
            lines = {heading.span.start for heading in found}
            for match in _GLUED.finditer(text):
                start = self.compacted.source(match.start())
                if start not in occupied and start not in lines:
                    run = _HAN_WORDS.match(text, match.end(), match.end() + _LONGEST)
                    end = self.compacted.source_end(run.end() if run else match.end())
                    name = run.group() if run else ""
                    found.append(
                        Heading(Span(start, end), None, match.group(), name, exact=False, certain=False)
                    )
        return found

    def _damaged(self, present: Set[str | None]) -> Iterator[Heading]:
        """Lines that are a missing section's heading but for characters that became question marks."""
        wanted = {key: compact(spec.heading) for key, spec in self.specs.items() if key not in present}
        at = self.folded.find("?") if wanted else -1
        while at >= 0:
            start, end = self.folded.rfind("\n", 0, at) + 1, _line_end(self.folded, at)
            written = self.folded[start:end].strip(_BLANKS)
            line = "".join(written.split())
            key = next((key for key, words in wanted.items() if _is_damaged(line, words)), None)
            if key:
                start = self.folded.index(written, start)
                mandated = compact(self.specs[key].ordinal)
                cut = len(line) - len(wanted.pop(key)) + len(mandated)
                ordinal = mandated if line.startswith(mandated) else line[: max(cut, 1)]
                yield Heading(Span(start, start + len(written)), key, ordinal, line[len(ordinal) :])
            at = self.folded.find("?", end)

    def _glued_lines(self, occupied: Set[int], main: str) -> Iterator[Heading]:
        """Numbered words at the start of a line that goes on with a section's text."""
        for start in self._numbered_lines(0, len(self.folded)) if main == "han" else ():
            ordinal = HEAD_ORDINAL.match(self.folded, start)
            if start in occupied or not ordinal or style(ordinal.group()) != main:
                continue
            words = _HAN_WORDS.match(self.folded, ordinal.end(), ordinal.end() + _LONGEST)
            if words and not _numbered_line(self.folded, start):
                span = Span(start, words.end())
                yield Heading(span, None, ordinal.group(), words.group(), exact=False, certain=False)

    def _reworded(self, found: Sequence[Heading], candidates: list[Heading], main: str) -> list[Heading]:
        """Candidates that are a missing section's heading in other words."""
        taken: list[Heading] = []
        present = {heading.key for heading in found}
        for key, spec in self.specs.items():
            if key in present:
                continue
            low = max((h.span.end for h in found if self.order[h.key or ""] < self.order[key]), default=0)
            high = min(
                (h.span.start for h in found if self.order[h.key or ""] > self.order[key]),
                default=len(self.folded),
            )
            best: tuple[float, Heading, str] | None = None
            for candidate in candidates:
                if not (low <= candidate.span.start < high) or candidate in taken:
                    continue
                score, words = self._likeness(candidate, key)
                same_style = style(candidate.ordinal) == main
                mandated = same_style and ordinal_value(candidate.ordinal) == ordinal_value(spec.ordinal)
                least = _VAGUE if mandated else _ALIKE if same_style else 75.0
                if not candidate.certain:
                    least = 35.0 if mandated else max(least, 60.0)
                elif mandated and (
                    len(candidate.words) <= _SHORT or self._heads_table(candidate, spec.table)
                ):
                    least = 0.0
                if style(candidate.ordinal) == "(han)" and not same_style:
                    continue
                name = _NAME.match(candidate.words) if mandated and score < least else None
                if name and _is_alone(candidate, candidates, Span(low, high)):
                    score, words = least, name.group()
                if score >= least and (best is None or score > best[0]):
                    best = score, candidate, words
            if best:
                _, heading, words = best
                if len(words) < len(heading.words):  # glued: the heading ends where it is most alike
                    heading.span = Span(heading.span.start, self._end_of(heading, words))
                    heading.words = words
                heading.key = key
                taken.append(heading)
        return taken

    def _heads_table(self, candidate: Heading, table: str | None) -> bool:
        """Whether the first labels behind a line are those of a section's table."""
        at = bisect_left(self.tables, (candidate.span.end, ""))
        return table is not None and at < len(self.tables) and self.tables[at][1] == table

    def _end_of(self, heading: Heading, words: str) -> int:
        """Where the ordinal and ``words`` end in the source, white space between them passed over."""
        wanted = len(heading.ordinal) + len(words)
        at = heading.span.start
        while wanted and at < heading.span.end:
            wanted -= not self.folded[at].isspace()
            at += 1
        return at

    def _likeness(self, candidate: Heading, key: str) -> tuple[float, str]:
        from rapidfuzz import fuzz

        mandated = bare(self.specs[key].words)
        if candidate.certain:
            return fuzz.ratio(bare(candidate.words), mandated), candidate.words
        longest = min(len(candidate.words), len(mandated) + 9)
        lengths = range(min(max(4, len(mandated) - 6), longest), longest + 1)
        scored = [(fuzz.ratio(bare(candidate.words[:length]), mandated), -length) for length in lengths]
        if not scored:
            return 0.0, candidate.words
        score, length = max(scored)
        return score, candidate.words[:-length]

    def _strangers(self, found: Sequence[Heading], candidates: Sequence[Heading], main: str) -> list[Heading]:
        """Candidates in the style of the sections that the count takes in: ``七、`` after ``六、``."""
        strangers: list[Heading] = []
        spare = [each for each in candidates if each.key is None and style(each.ordinal) == main]
        before: Heading | None = None
        at = 0
        for candidate in sorted(spare, key=lambda each: each.span):
            while at < len(found) and found[at].span.start <= candidate.span.start:
                before = found[at]
                at += 1
            if before is None:
                continue
            value = ordinal_value(candidate.ordinal) or 0
            after = ordinal_value(found[at].ordinal) or 0 if at < len(found) else value + 1
            if (ordinal_value(before.ordinal) or 0) + 1 == value < after:
                if not candidate.certain:
                    candidate.words = candidate.words[:20]
                strangers.append(candidate)
                before = candidate
        return strangers
