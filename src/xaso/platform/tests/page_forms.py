"""Reads the forms of a page as a browser would send them, and fills in text wherever a person could type it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

HOSTILE = "\"'><img src=x onerror=alert(1)>"
"""Breaks out of an attribute and of a text, where somebody forgot to escape."""
RAW = ("<img src=x", "onerror=alert(1)>")
TYPED = {"text", "search", ""}


@dataclass
class PageForm:
    """A form that is posted: its address, what it would send as it stands, and the names in which text can be typed freely."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)

    def filled(self, text: str, **known: str) -> dict[str, Any]:
        """Return what is sent when somebody types the text in every free field, and what is known in the others."""
        return {**self.values, **dict.fromkeys(self.texts, text), **{name: value for name, value in known.items() if name in self.values}}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = PageForm(given.get("action", "")) if given.get("method") == "post" else None
            self.forms += [self._form] if self._form else []
        elif self._form is not None and (given.get("name") or tag == "option"):
            self._field(tag, given, self._form)

    def _field(self, tag: str, given: dict[str, str], form: PageForm) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "option":
            if self._select and ("selected" in given or not form.values[self._select]):
                form.values[self._select] = [value]
        elif tag == "select":
            self._select = name
            form.values[name] = []
        elif tag == "textarea":
            self._textarea = name
            form.values[name] = [""]
            form.texts.add(name)
        elif tag == "input":
            _input(form, name, value, given)

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._textarea:
            self._form.values[self._textarea] = [self._form.values[self._textarea][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def _input(form: PageForm, name: str, value: str, given: dict[str, str]) -> None:
    kind = given.get("type", "")
    if kind in {"checkbox", "radio"}:
        if "checked" in given:
            form.values.setdefault(name, []).append(value or "on")
    elif kind != "file":
        form.values.setdefault(name, []).append(value)
        if kind in TYPED and not given.get("inputmode"):
            form.texts.add(name)


def forms_of(html: str) -> list[PageForm]:
    """Return the forms of a page that are posted."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
