"""``govlint extract --format jsonl``: one document a line, as each is done."""

from functools import partial

from govlint.outputs.parts.json_text import write_lines
from govlint.outputs.parts.records import extract

write = partial(write_lines, record=extract)
