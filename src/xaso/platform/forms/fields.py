"""One question as templates need it: label, value as typed, options, words of the error, and the attributes that help on a phone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xaso.kernel.errors import Refusal
from xaso.kernel.forms import Choices, Field, FieldError, Texts, in_language
from xaso.kernel.forms.fields import asked
from xaso.kernel.forms.summary import row_title, shown_number, shown_phone
from xaso.kernel.forms.verdicts import Path
from xaso.kernel.partial_dates import PartialDate
from xaso.platform.forms.words import words_of

RADIOS_AT_MOST = 7

_INPUT_MODES = {"date": "numeric", "partial-date": "numeric", "integer": "numeric", "money": "numeric", "personal-number": "numeric"}
_INPUT_TYPES = {"phone": "tel", "email": "email"}
_SPELLED = {"textarea"}
_AUTOCOMPLETE = {
    "citizen.full_name": "name",
    "citizen.phone": "tel",
    "citizen.email": "email",
    "citizen.address": "street-address",
    "citizen.sex": "sex",
}


@dataclass(frozen=True)
class Layout:
    """How a form lies on its page. `prefix` goes before all names where other questions share the page, and to `parse` too."""

    prefix: str = ""
    dense: bool = False


ALONE = Layout()
DESK = Layout(prefix="q-", dense=True)


@dataclass(frozen=True)
class Page:
    """What all questions of one page share."""

    language: str
    choices: Choices
    errors: Mapping[Path, FieldError]
    layout: Layout

    def text(self, texts: Texts) -> "Said":
        return Said(str(in_language(texts, self.language)), "" if not texts or texts.get(self.language) else "vi")


@dataclass(frozen=True)
class Said:
    """A text with the language it is in, "" where that is the page's."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class BoundOption:
    """One choice on the page."""

    id: str
    value: str
    label: Said
    checked: bool


@dataclass(frozen=True)
class BoundRow:
    """One row of a table: its title ("Người 2"), its questions, and the button that takes it away."""

    title: str
    fields: "tuple[BoundField, ...]"
    drop_name: str
    can_drop: bool
    error: str


class BoundField:
    """A question with its answer."""

    def __init__(self, field: Field, value: Any, path: Path, page: Page) -> None:
        self.field = field
        self.path = path
        self._value = value
        self._page = page
        self.name = page.layout.prefix + "-".join(str(part) for part in path)
        self.id = f"f-{self.name}"
        self.label = page.text(field.label)
        self.hint = page.text(field.hint)
        fault = page.errors.get(path)
        self.error = words_of(fault, field, page.language) if fault else ""

    @property
    def widget(self) -> str:
        return self.field.widget

    @property
    def template(self) -> str:
        """Return the template that draws this kind of question."""
        kinds = {"textarea": "textarea", "choices": "checkboxes", "group": "group", "table": "table"}
        if self.widget == "boolean":
            kind = "agree" if self.field.must_agree else "radios"
        elif self.widget == "choice":
            kind = "radios" if len(self.field.options) <= RADIOS_AT_MOST else "select"
        elif self.widget in self._page.choices:
            kind = "select"
        else:
            kind = kinds.get(self.widget, "input")
        return f"xaso/form/{kind}.html"

    @property
    def required(self) -> bool:
        return self.field.required

    @property
    def value(self) -> str:
        """Return what stands in the input: a right answer as people write it, a wrong one as it was typed."""
        value = self._value
        if self.widget in {"date", "partial-date"} and isinstance(value, str):
            return _date_as_written(value)
        if self.widget == "money" and isinstance(value, int):
            return shown_number(value)
        if self.widget == "phone" and isinstance(value, str) and len(value) == 10 and value.isdigit():
            return shown_phone(value)
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    @property
    def is_checked(self) -> bool:
        return self._value is True

    @property
    def options(self) -> tuple[BoundOption, ...]:
        """Return the choices; an answer that is no longer among them is not shown as one."""
        return tuple(
            BoundOption(f"{self.id}-{number}", value, label, self._is_chosen(value))
            for number, (value, label) in enumerate(self._choices())
        )

    @property
    def fields(self) -> "tuple[BoundField, ...]":
        """Return the questions of a group."""
        return bound_fields(self.field.fields, self._value, self.path, self._page)

    @property
    def rows(self) -> tuple[BoundRow, ...]:
        """Return a table's rows; at least as many as it must have, blank where nothing is answered."""
        known = self._value if isinstance(self._value, list) else []
        rows = [*known, *([{}] * (self.field.min_items - len(known)))]
        return tuple(self._row(number, row, can_drop=len(rows) > self.field.min_items) for number, row in enumerate(rows))

    @property
    def can_add(self) -> bool:
        return len(self.rows) < self.field.max_items

    @property
    def add_name(self) -> str:
        return f"{self._page.layout.prefix}add-{self.field.name}"

    @property
    def item(self) -> str:
        """Return what a row is, for "Thêm …" and "Bớt …"."""
        return in_language(self.field.item, self._page.language) or _("dòng")

    @property
    def described_by(self) -> str:
        """Return the ids of hint and error, for aria-describedby."""
        return " ".join(f"{kind}-{self.name}" for kind, text in (("goi", self.hint), ("loi", self.error)) if text)

    @property
    def input_type(self) -> str:
        return _INPUT_TYPES.get(self.widget, "text")

    @property
    def inputmode(self) -> str:
        return _INPUT_MODES.get(self.widget, "")

    @property
    def autocomplete(self) -> str:
        """Return what a browser may fill in; at the desk nothing, because the browser knows the official and not the applicant."""
        if self._page.layout.dense or self.field.sensitive:
            return "off"
        return self.field.autocomplete or _AUTOCOMPLETE.get(self.field.prefill, "off" if self.inputmode else "")

    @property
    def spellcheck(self) -> str:
        return "" if self.widget in _SPELLED else "false"

    @property
    def rows_high(self) -> int:
        """Return the height of a text area in lines."""
        return 3 if self._page.layout.dense else 4

    @property
    def anchor(self) -> str:
        """Return the id that a link from the error summary leads to: an input, never a mere box, where there is one."""
        return f"{self.id}-0" if self.template.endswith(("radios.html", "checkboxes.html")) else self.id

    @property
    def marks(self) -> Iterator[str]:
        """Yield the names of the questions that the page shows here, without prefix."""
        yield "-".join(str(part) for part in self.path)
        for one in self.within:
            yield from one.marks

    @property
    def within(self) -> "tuple[BoundField, ...]":
        """Return the questions inside a group or in all rows of a table."""
        return tuple(one for row in self.rows for one in row.fields) if self.widget == "table" else self.fields

    def _choices(self) -> Iterator[tuple[str, Said]]:
        if self.widget == "boolean":
            yield from (("true", Said(_("Có"))), ("false", Said(_("Không"))))
        elif self.widget in self._page.choices:
            yield from ((value, Said(label)) for value, label in self._page.choices[self.widget].items())
        else:
            yield from ((option.value, self._page.text(option.label)) for option in self.field.options)

    def _is_chosen(self, value: str) -> bool:
        if isinstance(self._value, bool):
            return value == str(self._value).lower()
        return value in self._value if isinstance(self._value, list) else value == self._value

    def _row(self, number: int, row: Any, *, can_drop: bool) -> BoundRow:
        path = (*self.path, number)
        fault = self._page.errors.get(path)
        return BoundRow(
            title=f"{row_title(self.field, self._page.language)} {number + 1}",
            fields=bound_fields(self.field.fields, row, path, self._page),
            drop_name=f"{self._page.layout.prefix}drop-{self.field.name}-{number}",
            can_drop=can_drop,
            error=words_of(fault, self.field, self._page.language) if fault else "",
        )


def bound_fields(fields: tuple[Field, ...], answers: Any, above: Path, page: Page) -> tuple[BoundField, ...]:
    """Return the questions that exist for these answers."""
    known = answers if isinstance(answers, Mapping) else {}
    return tuple(BoundField(one, known.get(one.name), (*above, one.name), page) for one in asked(fields, known))


def _date_as_written(value: str) -> str:
    try:
        return str(PartialDate.from_iso(value))
    except Refusal:
        return value
