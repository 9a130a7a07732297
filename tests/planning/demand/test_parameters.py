"""Parameters are dated and cited, and what is missing, unknown or impossible is named with its path."""

from __future__ import annotations

import re

import pytest

from paotui.planning.demand import masks, read_parameters
from paotui.planning.faults import ProblemError
from tests.planning.demand.cast import PARAMETERS, SHIPPED, site


def refused(text: str) -> str:
    with pytest.raises(ProblemError) as caught:
        read_parameters(text)
    return str(caught.value) + caught.value.in_language("zh-hans")


def test_every_shipped_parameter_has_a_source_and_a_date():
    for name, one in PARAMETERS:
        assert one.source, name
        assert one.dated.year == 2020, name


def test_an_answer_names_every_unverified_parameter_it_rests_on():
    said = [caveat.en for caveat in masks.weight(site(), PARAMETERS).caveats()]
    assert any("weight of a used mask" in one for one in said)
    assert any("companions per candidate" in one for one in said)
    assert len(said) == len(set(said)) == 7


def test_an_answer_on_verified_parameters_alone_says_nothing():
    sure = {name: one.model_copy(update={"verified": True}) for name, one in PARAMETERS}
    assert masks.weight(site(), PARAMETERS.model_copy(update=sure)).caveats() == []


def test_a_missing_parameter_is_named():
    assert "mask_grams: this key is missing" in refused(re.sub(r"  mask_grams:\n.*\n.*\n", "", SHIPPED))


def test_an_unknown_parameter_is_named():
    assert "mask_ounces: there is no such key" in refused(SHIPPED.replace("  mask_grams:", "  mask_ounces:"))


@pytest.mark.parametrize("wrong", [".nan", ".inf", "-1", "many"])
def test_a_value_that_is_no_sensible_number_is_refused_with_its_path(wrong):
    assert "bag_litres.value" in refused(SHIPPED.replace("bag, value: 60", f"bag, value: {wrong}"))


def test_a_value_outside_its_own_range_is_refused():
    assert "mask_grams: value lies outside range" in refused(SHIPPED.replace("value: 2.75", "value: 5"))


def test_a_divisor_of_nought_is_refused():
    assert "bag_litres cannot be 0" in refused(SHIPPED.replace("collection bag, value: 60", "collection bag, value: 0"))


def test_a_share_above_one_is_refused():
    assert "fill_limit is a share" in refused(SHIPPED.replace("may become, value: 0.8", "may become, value: 1.8"))


@pytest.mark.parametrize("text", ["[", "", "parameters: 3", "\x00"])
def test_a_file_that_is_none_is_refused_with_a_sentence(text):
    assert refused(text)
