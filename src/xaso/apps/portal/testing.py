"""Articles for tests."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

ARTICLE: dict[str, Any] = {
    "slug": "cho-phien",
    "topic": "commune",
    "order": 1,
    "title": {"vi": "Đi chợ phiên"},
    "summary": {"vi": "Chợ họp sáng Chủ Nhật."},
    "synonyms": {"vi": ["chợ phiên"]},
    "steps": [
        {
            "heading": {"vi": "Đi sớm"},
            "text": {"vi": "Chợ họp từ sáng. Trưa là tan."},
            "links": [{"to": "/lay-so/", "label": {"vi": "Lấy số"}}],
        }
    ],
    "source": "UBND xã",
    "checked_on": "2026-11-30",
    "checked_by": "Văn hóa xã",
}


def document(**changes: Any) -> dict[str, Any]:
    """Return an article of a commune's own as its file holds it."""
    return {**deepcopy(ARTICLE), **changes}


def content(**changes: Any) -> bytes:
    """Return the file of such an article."""
    return yaml.safe_dump(document(**changes), allow_unicode=True).encode()


def put(folder: Path, **changes: Any) -> Path:
    """Put such an article into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{document(**changes)['slug']}.yaml"
    path.write_bytes(content(**changes))
    return path
