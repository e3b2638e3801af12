"""What can be wrong: with an answer (a FieldError with code and values, never words) or with the form itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
Choices = Mapping[str, Mapping[str, str]]
"""The lists a form does not carry itself: by widget ("village", "ethnicity"), each value with its label."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of one answer. `code` is stable; `params` fill the words, which others write."""

    path: Path
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the field's name in HTML: `members-0-name`."""
        return "-".join(str(part) for part in self.path)

    @property
    def pointer(self) -> str:
        """Return the JSON Pointer into the answers: `/members/0/name`. Source: RFC 6901."""
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.path)


class FormDefinitionError(ValueError):
    """A form file is wrong; the message names the property, so that its author can find it."""

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place
        self.fault = fault
