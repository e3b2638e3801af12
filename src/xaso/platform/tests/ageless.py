"""Memories that don't age, for tests that count queries: how many a page asks must not hang on the machine's pace."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

AGES_SECONDS = 3600.0


@contextmanager
def ageless(memory: ModuleType) -> Iterator[None]:
    """Let what the module remembers stay good within, from a fresh start; before and after it ages as MEMORY_SECONDS of the module says."""
    usual: float = memory.MEMORY_SECONDS
    memory.MEMORY_SECONDS = AGES_SECONDS  # type: ignore[attr-defined]
    memory.forget()
    try:
        yield
    finally:
        memory.MEMORY_SECONDS = usual  # type: ignore[attr-defined]
        memory.forget()
