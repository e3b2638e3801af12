"""`/kieu-mau/` shows every component: each class that a template uses and a stylesheet styles; so does components.md."""

import re

import pytest
from django.test import Client

from tests.architecture.reading import ROOT, SRC

ADDRESSES = ("/kieu-mau/", "/kieu-mau/can-bo/")
ATTRIBUTE = re.compile(r'\bclass="([^"]*)"')
TAG = re.compile(r"{[{%].*?[}%]}")
NAME = re.compile(r"[a-z][a-z0-9-]*")
STYLED = re.compile(r"\.([a-z][a-z0-9-]*)")
ROW = re.compile(r"^\| (`.+?) \|", re.MULTILINE)

pytestmark = pytest.mark.django_db


def classes_in(html: str) -> set[str]:
    """Return the classes that a template or a page names; what a template puts in by a variable is not among them."""
    return {name for value in ATTRIBUTE.findall(html) for name in TAG.sub(" ", value).split() if NAME.fullmatch(name)}


def used() -> set[str]:
    """Return the classes in all templates but those of the specimens."""
    templates = [path for path in (SRC / "xaso").rglob("templates/**/*.html") if "specimen" not in path.name]
    return set().union(*(classes_in(path.read_text(encoding="utf-8")) for path in templates))


def styled() -> set[str]:
    """Return the classes that a stylesheet speaks of."""
    return set().union(*(STYLED.findall(path.read_text(encoding="utf-8")) for path in (SRC / "xaso").rglob("static/**/*.css")))


def shown(client: Client) -> set[str]:
    """Return the classes on the two pages of specimens."""
    return set().union(*(classes_in(client.get(address).content.decode()) for address in ADDRESSES))


def documented() -> set[str]:
    """Return the classes in the tables of docs/components.md."""
    text = (ROOT / "docs" / "components.md").read_text(encoding="utf-8").split("\n## Classes\n")[1].split("\n## ")[0]
    words = [word for cell in ROW.findall(text) for code in re.findall(r"`([^`]+)`", cell) for word in re.split(r"[^a-z0-9-]+", code)]
    return {word for word in words if word in styled()}


def test_every_class_that_a_page_uses_is_on_a_page_of_specimens(client: Client) -> None:
    wanted = used() & styled()

    assert len(wanted) > 80
    assert sorted(wanted - shown(client)) == []


def test_every_class_in_the_table_of_components_is_on_a_page_of_specimens(client: Client) -> None:
    wanted = documented()

    assert len(wanted) > 50
    assert sorted(wanted - shown(client)) == []


def test_every_styled_class_of_a_page_is_in_the_table_of_components() -> None:
    assert sorted((used() & styled()) - documented()) == []
