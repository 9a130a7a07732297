from __future__ import annotations

from paotui.planning.linear import Programme


def test_a_linear_programme_prints_nothing(capfd):
    programme = Programme()
    programme.addVar(1.0, 2.0)
    programme.changeColCost(0, 1.0)
    programme.run()
    assert programme.getInfo().objective_function_value == 1.0
    assert capfd.readouterr() == ("", "")
