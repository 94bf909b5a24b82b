"""What the requests of one desk share."""

from __future__ import annotations

from msgspec import Struct

from govlint.desk.drawer import Drawer
from govlint.desk.pool import Pool


class Desk(Struct):
    """``lang`` is that of pages and answers where nobody chose one."""

    pool: Pool
    drawer: Drawer
    lang: str = "zh"
