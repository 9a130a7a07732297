"""The states of a work order: the diagram in the docs is the one in the code, and every refusal says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from paotui.work.state_diagram import diagram
from paotui.work.states import ENDED, OPEN, STATES, TRANSITIONS, WrongState, can_move, check_can_move

DOCS = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_diagram_in_the_docs_is_drawn_from_the_transitions() -> None:
    assert DOCS.read_text() == diagram(), "run: python -m paotui.work.state_diagram > docs/states.md"


def test_every_state_can_be_reached() -> None:
    reached = {"waiting", "ready"} | {one.target for one in TRANSITIONS.values() if one.target}
    assert reached == set(STATES)


def test_ended_work_is_never_opened_again() -> None:
    for verb, transition in TRANSITIONS.items():
        if transition.sources & ENDED:
            assert transition.target is None, verb


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", TRANSITIONS)
def test_a_verb_that_does_not_apply_is_refused_with_a_remedy(state: str, verb: str) -> None:
    if can_move(state, verb):
        assert check_can_move(state, verb) in (TRANSITIONS[verb].target, state)
    else:
        with pytest.raises(WrongState) as refusal:
            check_can_move(state, verb)
        assert refusal.value.remedy


def test_every_state_is_either_open_or_ended() -> None:
    assert set(STATES) == OPEN | ENDED
    assert not OPEN & ENDED
