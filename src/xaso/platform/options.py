"""Settings of rooms, declared with unit and default, read from the environment, listed by `xaso options`."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from xaso.platform.registries import Registry

T = TypeVar("T")


@dataclass(frozen=True)
class Option(Generic[T]):
    """One setting. `name` is its environment variable; `unit` and `meaning` are for the operator who reads the list."""

    name: str
    default: T
    parse: Callable[[str], T]
    unit: str
    meaning: str

    def value(self) -> T:
        """Return the setting in force. Raises ValueError naming the variable when its text can't be read."""
        text = os.environ.get(self.name)
        if text is None:
            return self.default
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValueError(f"{self.name}={text!r}: {error}") from error


options: Registry[Option[object]] = Registry("options")


def declare(option: Option[T]) -> Option[T]:
    """Register the option so that the operator finds it, and return it."""
    options.add(option)  # type: ignore[arg-type]
    return option
