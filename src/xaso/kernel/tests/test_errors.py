"""A refusal carries a code and values."""

import pickle

from xaso.kernel.errors import Refusal
from xaso.kernel.flow import MoveRefused


def test_a_refusal_carries_its_code_and_its_values() -> None:
    refusal = Refusal("dossiers.too_heavy", limit=40)
    assert refusal.code == "dossiers.too_heavy"
    assert refusal.params == {"limit": 40}
    assert str(refusal) == "dossiers.too_heavy(limit=40)"
    assert str(Refusal("dossiers.not_found")) == "dossiers.not_found"


def test_a_refusal_crosses_processes_whole() -> None:
    back = pickle.loads(pickle.dumps(MoveRefused("sign", "withdrawn")))
    assert type(back) is MoveRefused
    assert (back.code, back.params) == ("flow.not_allowed", {"verb": "sign", "state": "withdrawn"})
