"""Whatever is written into the record about a person's own things has words that she can read."""

import ast
from collections.abc import Iterator

from tests.architecture.reading import modules
from xaso.platform import errors
from xaso.platform.acts import SOMETHING, act_in_words

OWN = ("dossiers.", "people.citizen_", "people.enrol", "people.revoke", "rights.", "audit.", "signing.evidence_", "signing.time_stamped")


def verbs_recorded() -> Iterator[tuple[str, str]]:
    """Yield place and verb of each act that actions record under a constant: as an argument, or as a name of the module."""
    for module in modules():
        if module.is_test or module.room is None or ".actions" not in module.name:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_verb(node.value):
                yield f"{module.place}:{node.lineno}", node.value


def _is_verb(text: str) -> bool:
    """Tell whether the constant is an act, not the beginning of one and not the code of a refusal."""
    is_code = text.startswith(OWN) and text.replace(".", "").replace("_", "").isalpha() and text[-1] not in "._"
    return is_code and text not in errors.declared_codes()


def test_every_act_on_what_is_a_persons_own_has_words() -> None:
    recorded = list(verbs_recorded())

    assert len(recorded) > 15
    assert [f"{place} {verb}" for place, verb in recorded if act_in_words(verb) == str(SOMETHING)] == []
