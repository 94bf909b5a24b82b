"""E001: the file cannot be read. The reader says why; nothing else is checked."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import Reference, Rule

rule = Rule(
    code="E001",
    name="unreadable-document",
    title=Words("文件无法读取", "the file cannot be read"),
    severity="error",
    message=Words("{reason_zh}", "{reason_en}"),
    why=Words(
        "损坏、加密、过大、类型不符或只有图片的文件，公众和检查者同样读不出来。",
        "A file that is damaged, encrypted, too large, of another type or only an image cannot be read by the public either.",
    ),
    reference=Reference("govlint", "E001"),
    needs="document",
)
# The pipeline makes this finding when there is no document to give to rules.
