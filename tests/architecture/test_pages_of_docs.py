"""What the documentation points at exists: files that its links name, commands of make, addresses of pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.architecture.reading import ROOT

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"")
MAKE = re.compile(r"`make ([a-z-]+)")
ADDRESS = re.compile(r"`(/[a-z0-9-]+(?:/[a-z0-9-]+)*/)`")
ELSEWHERE = ("/opt/", "/etc/", "/var/", "/backup/")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


def documents() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("README.md")])


def named(pattern: re.Pattern[str]) -> Iterator[tuple[Path, str]]:
    """Yield what the pattern finds in the documents, with the document."""
    for page in documents():
        for found in pattern.finditer(page.read_text(encoding="utf-8")):
            yield page, next(group for group in found.groups() if group)


def test_links_lead_to_files() -> None:
    local = [(page, link) for page, link in named(LINK) if "://" not in link]

    assert [f"{page.relative_to(ROOT)}: {link}" for page, link in local if not (page.parent / link).exists()] == []


def test_every_page_is_reached_from_the_table_of_pages() -> None:
    table = ROOT / "docs" / "README.md"
    linked = {(page.parent / link).resolve() for page, link in named(LINK) if page == table}

    assert {page for page in (ROOT / "docs").glob("*.md") if page != table} - linked == set()


def test_commands_of_make_exist() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))

    assert {command for _page, command in named(MAKE)} - targets == set()


def test_addresses_exist() -> None:
    addresses = {address for _page, address in named(ADDRESS) if not address.startswith(ELSEWHERE)}

    assert [address for address in sorted(addresses) if not _exists(address)] == []


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize(("text", "address"), [("`/xac-minh/`", "/xac-minh/"), ("`/quan-tri/xa/`", "/quan-tri/xa/")])
def test_addresses_are_found_in_text(text: str, address: str) -> None:
    assert ADDRESS.findall(text) == [address]
