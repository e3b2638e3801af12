"""A form with answers and faults, as pages show it: one screen, or all of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from xaso.kernel.forms import Choices, FieldError, FormSpec, Screen
from xaso.kernel.forms.reading import SHOWN
from xaso.kernel.forms.verdicts import Path
from xaso.platform.forms.fields import ALONE, BoundField, Layout, Page, Said, bound_fields
from xaso.platform.forms.words import words_of


@dataclass(frozen=True)
class BoundScreen:
    """One screen's questions that exist for the answers. `marks` goes back with the page and says what it showed."""

    id: str
    title: Said
    intro: Said
    fields: tuple[BoundField, ...]
    marks_name: str

    @property
    def marks(self) -> str:
        return " ".join(mark for one in self.fields for mark in one.marks)


@dataclass(frozen=True)
class SummaryLine:
    """One fault in the error summary: where it stands and what is said. `anchor` is "" for what is not on the page."""

    anchor: str
    label: str
    text: str


class BoundForm:
    """A form on a page. Without a language it speaks the active one."""

    def __init__(
        self,
        spec: FormSpec,
        answers: Mapping[str, Any],
        *,
        errors: Iterable[FieldError] = (),
        language: str | None = None,
        choices: Choices | None = None,
        layout: Layout = ALONE,
    ) -> None:
        self.spec = spec
        self._answers = answers
        self._faults: dict[Path, FieldError] = {}
        for error in errors:
            self._faults.setdefault(error.path, error)
        self._page = Page(language or get_language() or "vi", choices or {}, self._faults, layout)

    @cached_property
    def fields(self) -> tuple[BoundField, ...]:
        """Return all questions that exist, in order."""
        return bound_fields(self.spec.fields, self._answers, (), self._page)

    @cached_property
    def screens(self) -> tuple[BoundScreen, ...]:
        """Return the screens that have something to ask."""
        return tuple(self.screen(one) for one in self.spec.screens_for(self._answers))

    @property
    def errors(self) -> tuple[SummaryLine, ...]:
        """Return the faults for the error summary, in the order of the form."""
        shown = {one.path: one for top in self.fields for one in (top, *top.within)}
        return tuple(self._line(error, shown) for error in self._faults.values())

    def screen(self, screen: Screen | str) -> BoundScreen:
        """Return one screen, by itself or by its id. Raises KeyError for an unknown id."""
        found = self.spec.screen(screen) if isinstance(screen, str) else screen
        if found is None:
            raise KeyError(screen)
        return BoundScreen(
            id=found.id,
            title=self._page.text(found.title),
            intro=self._page.text(found.intro),
            fields=tuple(one for one in self.fields if one.field.name in found.fields),
            marks_name=self._page.layout.prefix + SHOWN,
        )

    def _line(self, error: FieldError, shown: Mapping[Path, BoundField]) -> SummaryLine:
        bound = shown.get(error.path)
        if bound is None:
            table = shown.get(error.path[:1])
            return SummaryLine(table.anchor if table else "", str(table.label) if table else "", words_of(error, None, self._page.language))
        label = str(bound.label)
        if len(error.path) == 3:
            number = int(error.path[1])
            label = f"{shown[error.path[:1]].rows[number].title}, {label}"
        return SummaryLine(bound.anchor, label, bound.error)
