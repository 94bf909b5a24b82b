"""By when a report is to be published: the statutory dates, and those that the settings put in their place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from govlint.agencies.names import Body

Day = tuple[int, int]
"""Month and day of the year after the one reported on."""


class Deadlines(NamedTuple):
    """The last day by kind of body (Regulation on Open Government Information, article 49)."""

    department: Day = (1, 31)
    government: Day = (3, 31)
    township: Day = (3, 31)
    """Townships and sub-district offices follow the schedule of their county."""
    other: Day = (3, 31)
    """Bodies whose kind is not known: nobody may publish later."""

    def of(self, body: Body, year: int) -> date:
        """The last day for a report on ``year``."""
        if body.kind == "street" or body.level == "township":
            day = self.township
        elif body.governs:
            day = self.government
        elif body.is_department:
            day = self.department
        else:
            day = self.other
        return date(year + 1, *day)


STATUTORY = Deadlines()
