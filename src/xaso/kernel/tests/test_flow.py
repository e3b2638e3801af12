"""A flow allows exactly what its table says."""

import pytest

from xaso.kernel.flow import Flow, Move, MoveRefused, moves

DESK = frozenset({"desk"})
OFFICER = frozenset({"case_officer"})
TABLE = (
    Move("accept", "submitted", "accepted", DESK),
    Move("solve", "accepted", "solved", OFFICER),
    *moves("withdraw", ("submitted", "accepted"), "withdrawn", frozenset({"owner", "desk"})),
)
FLOW = Flow("work", "submitted", TABLE, ends=frozenset({"solved", "withdrawn"}))


def test_a_move_leads_to_its_target() -> None:
    assert FLOW.after("accept", "submitted", {"desk"}) == "accepted"
    assert FLOW.after("withdraw", "accepted", ["owner", "citizen"]) == "withdrawn"


@pytest.mark.parametrize(
    ("verb", "state", "roles"),
    [
        ("accept", "submitted", {"case_officer"}),
        ("accept", "submitted", set()),
        ("accept", "accepted", {"desk"}),
        ("dance", "submitted", {"desk"}),
        ("accept", "nowhere", {"desk"}),
    ],
)
def test_what_the_table_does_not_hold_is_refused(verb: str, state: str, roles: set[str]) -> None:
    with pytest.raises(MoveRefused) as refused:
        FLOW.after(verb, state, roles)
    assert refused.value.code == "flow.not_allowed"
    assert refused.value.params == {"verb": verb, "state": state}


def test_verbs_are_what_after_allows() -> None:
    assert FLOW.verbs("submitted", {"desk"}) == ("accept", "withdraw")
    assert FLOW.verbs("submitted", {"owner"}) == ("withdraw",)
    assert FLOW.verbs("submitted", {"signer"}) == ()
    assert FLOW.verbs("solved", {"desk", "case_officer", "owner"}) == ()


def test_states_stand_in_the_order_of_the_table() -> None:
    assert FLOW.states == ("submitted", "accepted", "solved", "withdrawn")
    assert [state for state in FLOW.states if FLOW.is_end(state)] == ["solved", "withdrawn"]


def test_the_end_of_an_unknown_state_is_a_defect() -> None:
    with pytest.raises(ValueError, match="no state 'nowhere'"):
        FLOW.is_end("nowhere")


def test_the_table_prints_as_plain_rows() -> None:
    assert FLOW.rows() == (
        ("submitted", "accept", "accepted", "desk"),
        ("accepted", "solve", "solved", "case_officer"),
        ("submitted", "withdraw", "withdrawn", "desk, owner"),
        ("accepted", "withdraw", "withdrawn", "desk, owner"),
    )


def test_a_flow_may_begin_in_several_states() -> None:
    flow = Flow("sync", ("not_needed", "held"), (Move("register", "held", "registered", DESK),))
    assert flow.states == ("not_needed", "held", "registered")
    assert flow.is_end("not_needed")


def test_one_verb_may_not_leave_a_state_twice() -> None:
    with pytest.raises(ValueError, match="leaves one state twice"):
        Flow("work", "a", (Move("go", "a", "b", DESK), Move("go", "a", "c", OFFICER)))


def test_a_state_out_of_reach_is_found() -> None:
    with pytest.raises(ValueError, match=r"no way leads to \['lost'\]"):
        Flow("work", "a", (Move("go", "a", "b", DESK), Move("go", "lost", "b", DESK)))


def test_a_ring_of_its_own_is_out_of_reach() -> None:
    with pytest.raises(ValueError, match=r"\['x', 'y'\]"):
        Flow("work", "a", (Move("go", "a", "b", DESK), Move("go", "x", "y", DESK), Move("go", "y", "x", DESK)))


def test_a_misspelt_target_shows_as_an_unknown_end() -> None:
    with pytest.raises(ValueError, match=r"unknown targets or wrong ends: \['sloved', 'solved'\]"):
        Flow("work", "a", (Move("go", "a", "sloved", DESK),), ends=frozenset({"solved"}))


@pytest.mark.parametrize("move", [("", "a", "b", DESK), ("go", "", "b", DESK), ("go", "a", "", DESK), ("go", "a", "b", frozenset())])
def test_a_move_with_a_gap_is_no_move(move: tuple[str, str, str, frozenset[str]]) -> None:
    with pytest.raises(ValueError, match=r"needs a verb|nobody may"):
        Move(*move)
