"""What is known of a person already, as first answers."""

from collections.abc import Mapping
from typing import Any

from xaso.kernel.forms.checks import Circumstances, fault_of
from xaso.kernel.forms.fields import Field
from xaso.kernel.forms.spec import FormSpec


def prefill(spec: FormSpec, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return first answers from values like {"citizen": {"full_name": …}} by each question's `x-prefill`.

    Only what the question accepts: a birth of which only the year is known does not fill a question for a full date.
    """
    answers: dict[str, Any] = {}
    for field in spec.fields:
        if field.widget == "group":
            inner = _filled(field.fields, known)
            answers |= {field.name: inner} if inner else {}
        else:
            answers |= _filled((field,), known)
    return answers


def refill(answers: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with what was filled in from one source replaced by what another fills in; what somebody typed stays."""
    filled = dict(answers)
    for name in before.keys() | now.keys():
        given, old, new = answers.get(name), before.get(name), now.get(name)
        if any(isinstance(value, Mapping) for value in (given, old, new)):
            new = refill(_inner(given), _inner(old), _inner(new))
        elif given not in (None, "", old):
            continue
        if new in (None, "", {}):
            filled.pop(name, None)
        else:
            filled[name] = new
    return filled


def _inner(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _filled(fields: tuple[Field, ...], known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    found = {}
    for field in fields:
        source, _, key = field.prefill.partition(".")
        value = known.get(source, {}).get(key) if key else None
        if value not in (None, "") and field.widget != "table" and fault_of(field, value, Circumstances()) is None:
            found[field.name] = value
    return found
