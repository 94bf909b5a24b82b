"""``govlint check --format json``: one object with every document."""

from functools import partial

from govlint.outputs.parts.json_text import write_object
from govlint.outputs.parts.records import document

write = partial(write_object, record=document)
