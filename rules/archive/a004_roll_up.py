"""A004: figures of a government that are not the sum of its bodies'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govlint.document import Number, Words
from govlint.filing import Filing
from govlint.rule import OGI, REGULATION, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="A004",
    name="roll-up",
    subject="roll-up",
    title=Words("政府汇总数不等于所属机关之和", "a government's figures are not the sum of its bodies'"),
    severity="error",
    message=Words(
        "{agency}{year}年的报告有{count}个数字不等于所属{bodies}个机关之和：{worked_zh}。",
        "{count} figures of {agency} for {year} are not the sum of its {bodies} bodies: {worked_en}.",
    ),
    why=Words(
        "一级政府的报告汇总本级各机关的情况；总数与各机关报告之和不符，说明有机关漏报、重报，或汇总有误。",
        "A government's report sums up those of its bodies; where it does not, one was left out or counted twice, or the sum is wrong.",
    ),
    reference=Reference(REGULATION, "第五十条"),
    templates=OGI,
)

_SHOWN = 3


@rule.check
def check(bodies: Mapping[str, Filing | None], filing: Filing) -> Iterator[Finding | Unchecked]:
    """``bodies`` are all that the register says belong to it; None where a body's report was not read."""
    absent = [name for name, body in bodies.items() if body is None]
    if absent:
        yield rule.unchecked(
            Words(
                f"所属机关中有{len(absent)}个没有读到当年的报告（{absent[0]}等），不能核对汇总数",
                f"{len(absent)} of its bodies have no report that was read ({absent[0]}): the sums cannot be held to them",
            )
        )
        return
    read = {name: body for name, body in bodies.items() if body is not None}
    wrong = {
        address: (value, total)
        for address, value in filing.figures.items()
        if (total := _sum(address, read)) is not None and total != value
    }
    if not wrong:
        return
    worked = [_worked(filing, address, *pair, read) for address, pair in wrong.items()]
    address, (value, total) = next(iter(wrong.items()))
    more = len(worked) > _SHOWN
    yield rule.finding(
        None,
        cells=wrong,
        section=filing.template.tables[address.split(".")[0]].section or None,
        expected=str(total),
        actual=str(value),
        evidence=worked[:50],
        agency=filing.agency,
        year=filing.year,
        count=len(wrong),
        bodies=len(read),
        worked_zh="；".join(_short(filing, each, *wrong[each]).zh for each in list(wrong)[:_SHOWN])
        + ("等" if more else ""),
        worked_en="; ".join(_short(filing, each, *wrong[each]).en for each in list(wrong)[:_SHOWN])
        + (" and others" if more else ""),
    )


def _sum(address: str, bodies: Mapping[str, Filing]) -> Number | None:
    """None where one of the bodies' figures was not read with certainty."""
    values = [body.value(address) for body in bodies.values()]
    if any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), 0)


def _short(filing: Filing, address: str, value: Number, total: Number) -> Words:
    place = filing.template.describe(address)
    return Words(f"{place.zh}填{value}，各机关合计{total}", f"{place.en}: {value}, and {total} in all")


def _worked(
    filing: Filing, address: str, value: Number, total: Number, bodies: Mapping[str, Filing]
) -> Words:
    parts = [(name, body.figures[address]) for name, body in bodies.items() if body.figures[address]]
    parts.sort(key=lambda part: -part[1])
    short = _short(filing, address, value, total)
    shares = " + ".join(f"{name} {part}" for name, part in parts[:20]) + (" + …" if len(parts) > 20 else "")
    return Words(f"{short.zh}（{shares}）", f"{short.en} ({shares})") if parts else short


_REGISTER = "name,parent\n云溪县水务局,云溪县人民政府\n云溪县教育局,云溪县人民政府\n"
_GOVERNMENT = "云溪县人民政府2022年"


def _body(name: str, licences: int) -> Beside:
    return Beside(
        f"{name}.txt",
        ((name, "云溪县农业农村局"), (f"行政许可 | {licences}\n", "行政许可 | 156\n"), *_NOTHING),
    )


_NOTHING = (
    ("行政规范性文件 | 1 | 0 | 4\n", "行政规范性文件 | 2 | 1 | 9\n"),
    ("行政处罚 | 12\n", "行政处罚 | 24\n"),
)
_GOVERNED = Example(
    text="云溪县人民政府2022年",
    instead_of="云溪县农业农村局2022年",
    cells=("proactive.normative_documents.repealed",),
    register=_REGISTER,
    beside=(_body("云溪县水务局", 100), _body("云溪县教育局", 56)),
)
rule.bad.append(_GOVERNED)
rule.good.append(_GOVERNED._replace(cells=(), beside=(_body("云溪县水务局", 100),)))
