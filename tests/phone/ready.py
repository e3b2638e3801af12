"""Phones that are ready for the hill, their link and what they photograph: for tests that name this as their plugin."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.cutting import CuttingProxy, cutting
from tests.live import Live
from tests.phone import hill
from xaso.platform.tests.file_samples import photo


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def shared_link(live: Live) -> Iterator[CuttingProxy]:
    with cutting(live.port) as made:
        yield made


@pytest.fixture
def link(shared_link: CuttingProxy) -> CuttingProxy:
    """Return the link with nothing wrong with it, whatever the test before left."""
    shared_link.up()
    return shared_link


@pytest.fixture(scope="module")
def ready(playwright: Playwright, live: Live, shared_link: CuttingProxy, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a phone that is tied to a person and keeps the forms, switched off, and her name."""
    profile = tmp_path_factory.mktemp("may") / "phone"
    shared_link.up()
    return profile, hill.prepared(playwright, live, shared_link, profile)


@pytest.fixture
def profile(ready: tuple[Path, str], tmp_path: Path) -> Path:
    """Return such a phone for one test."""
    return shutil.copytree(ready[0], tmp_path / "phone", symlinks=True)


@pytest.fixture
def name(ready: tuple[Path, str]) -> str:
    """Return who owns the phone."""
    return ready[1]


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("anh") / "bang.jpg"
    path.write_bytes(photo(900, 700, quality=85))
    return path


@pytest.fixture
def errors() -> Iterator[list[str]]:
    """Yield where errors of pages are gathered; any of them fails the test."""
    found: list[str] = []
    yield found
    assert found == []
