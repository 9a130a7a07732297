"""Products beyond 64 bits are exact in bulk as well, scalars among them."""

from __future__ import annotations

import numpy as np

from paotui.policy.bulk_values import Values, multiplied


def test_a_constant_times_a_large_column_is_exact():
    column = Values(np.array([19_402_600, 3_500_000_000_000_000]), 2, 4_600_000_000_000_000, None)
    constant = Values(np.int64(337_778), 1, 15_200_001, None)
    found = multiplied([column, constant])
    assert [int(one) for one in found.array] == [19_402_600 * 337_778, 3_500_000_000_000_000 * 337_778]


def test_a_constant_times_a_large_constant_is_exact():
    large, constant = (
        Values(np.int64(3_500_000_000_000_000), 2, 4_600_000_000_000_000, None),
        Values(np.int64(337_778), 1, 15_200_001, None),
    )
    assert int(multiplied([large, constant]).array) == 3_500_000_000_000_000 * 337_778
