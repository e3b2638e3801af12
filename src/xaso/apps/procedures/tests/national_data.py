"""Where the national database lies on a developer's machine, the labelled records, and short names for what tests write."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from xaso.apps.procedures.testing import CHANNELS_HEAD as HEAD
from xaso.apps.procedures.testing import FURNITURE, PAPERS_HEAD
from xaso.apps.procedures.testing import national_file as written
from xaso.apps.procedures.testing import national_record as line

__all__ = ["FURNITURE", "HEAD", "LABELS", "PAPERS_HEAD", "PUBLISHED", "line", "whole_edition", "written"]

LABELS = Path(__file__).with_name("national") / "labels.json"
PUBLISHED = Path(__file__).resolve().parents[6] / "shared" / "data" / "national-procedures.jsonl.gz"
"""Beside the checkout, never in it."""


def whole_edition() -> list[dict[str, Any]]:
    """Return the published records; the test is skipped where they are absent."""
    if not PUBLISHED.exists():
        pytest.skip("the national database does not lie beside this checkout")
    with gzip.open(PUBLISHED, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
