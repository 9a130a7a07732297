"""Who gains and who loses between two versions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from paotui.policy import assess_table, columns, find
from paotui.policy.comparing import Comparison

BASE = {
    "complies": True,
    "paid_months": 12,
    "arrears": Decimal(0),
    "insured": 200,
    "layoffs": 0,
    "premiums": Decimal("1000.01"),
    "size": "large",
    "dishonest": False,
    "zombie": False,
    "insured_now": 200,
    "fund_reserve": 13,
}


def test_gains_and_losses_are_counted_by_move_and_to_the_fen():
    loaded = find("refund-national")
    rows = [BASE, {**BASE, "zombie": True}, {**BASE, "size": "small"}, {**BASE, "premiums": None}]
    given = columns.of_rows(loaded.policy, rows)
    before, after = (assess_table(loaded, given, dt.date(year, 12, 1)) for year in (2022, 2023))
    found = Comparison()
    difference = found.add(before, after)
    assert list(difference) == [-20001, -50001, -30000, 0]
    assert (found.gain, found.lose, found.lost) == (0, 3, Decimal("1000.02"))
    assert found.moves == {("qualifies", "qualifies"): 2, ("qualifies", "does_not"): 1, ("unknown", "unknown"): 1}
    assert found.after - found.before == -found.lost
