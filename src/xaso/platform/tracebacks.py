"""Failures as the operator's log tells them: which kind, where in the code, and no value: a message may repeat what somebody typed.

PostgreSQL puts the failing row into its message, and Python the text that is no number. Kept are messages that speak of code alone,
and of a failure in the database the names in its plan.
"""

import sqlite3
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from typing import Any

from xaso.kernel.errors import Refusal

SPEAK_OF_CODE = (AttributeError, ImportError, NameError, NotImplementedError, TypeError, sqlite3.Error)
PLAN_NAMES = ("table_name", "column_name", "constraint_name")


def format_failure(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the failure that a log line carries into its field `exception`: a step of structlog."""
    error = _error_in(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = told(error)
    return event


def _error_in(carried: Any) -> BaseException | None:
    if isinstance(carried, BaseException):
        return carried
    if isinstance(carried, tuple):
        error: BaseException | None = carried[1]
        return error
    return sys.exc_info()[1] if carried else None


def told(error: BaseException) -> str:
    """Return the failure and those that led to it, oldest first."""
    return "\n".join("".join(traceback.format_tb(one.__traceback__)) + _in_a_line(one) for one in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _chain(before)
    yield error


def _in_a_line(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, Refusal):
        return f"{kind}: {error.code}"
    if isinstance(error, SPEAK_OF_CODE):
        return f"{kind}: {error}"
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror}"
    diagnosis = getattr(error, "diag", None)
    names = [str(name) for place in PLAN_NAMES if (name := getattr(diagnosis, place, None))]
    return f"{kind}: {', '.join(names)}" if names else kind
