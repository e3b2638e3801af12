"""The catalogue's own files follow their schema and contradict neither themselves nor each other."""

from pathlib import Path

import pytest
import yaml

from xaso.apps.procedures.catalogue import read_catalogue

HOME = Path(__file__).resolve().parents[2] / "catalogue"


def test_every_procedure_follows_the_schema() -> None:
    assert read_catalogue(HOME, HOME)


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.yaml")), ids=lambda path: str(path.relative_to(HOME)))
def test_every_file_can_be_read(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))
