"""Columns of cells under what reaches down, held against the grid of the HTML standard filled in slot by slot."""

from hypothesis import given
from hypothesis import strategies as st

from govlint.readers.web.spans import Grid

Cell = dict[str, str]
_SPAN = st.sampled_from(["1", "1", "1", "2", "3"])
_CELL: st.SearchStrategy[Cell] = st.one_of(
    st.just({}), st.fixed_dictionaries({"colspan": _SPAN, "rowspan": _SPAN})
)


def filled(rows: list[list[Cell]]) -> list[list[int]]:
    taken: set[tuple[int, int]] = set()
    found: list[list[int]] = []
    for at, row in enumerate(rows):
        column, columns = 1, []
        for cell in row:
            while (at, column) in taken:
                column += 1
            columns.append(column)
            wide, high = (int(cell.get(name, "1")) for name in ("colspan", "rowspan"))
            taken |= {(at + down, column + right) for down in range(high) for right in range(wide)}
            column += wide
        found.append(columns)
    return found


@given(st.lists(st.lists(_CELL, max_size=5), max_size=6))
def test_cells_stand_in_the_first_free_column(rows: list[list[Cell]]) -> None:
    grid = Grid()
    assert [grid.columns(row) for row in rows] == filled(rows)
