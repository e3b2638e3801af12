"""Refusals: what the house says no to. A refusal carries a stable code and plain values; words are made of them at the edges."""

from typing import Any


class Refusal(Exception):
    """Something a person asked for that can't be done, as opposed to a defect of ours.

    `code` is dotted and never changes once published ("flow.not_allowed"); `params` are the values that its words may show.
    """

    def __init__(self, code: str, **params: Any) -> None:
        self.code = code
        self.params: dict[str, Any] = params

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({shown})" if shown else self.code
