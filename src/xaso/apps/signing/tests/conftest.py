"""A folder of keys of each test's own, a commune, and an official who signs."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from xaso.apps.people import testing as people
from xaso.kernel.worktime import VN
from xaso.platform import pdf

NOW = datetime(2026, 11, 23, 15, 20, tzinfo=VN)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def commune(db: None) -> Any:
    return people.commune(name="Xã Bảo Nhai", short_name="Bảo Nhai", province="Lào Cai")


@pytest.fixture
def signer(commune: Any) -> Any:
    return people.staff(commune, "signer", full_name="Vàng Seo Dín")


@pytest.fixture
def paper() -> bytes:
    """A paper with a place for the signature, made by the layout that all papers share."""
    template = pdf.PACKAGE / "apps" / "signing" / "tests" / "paper.typ"
    data = {"agency": {"name": "Xã Bảo Nhai", "place": "Bảo Nhai"}, "issued_at": NOW, "signer": {"name": "Vàng Seo Dín"}}
    return pdf.render(template, data)
