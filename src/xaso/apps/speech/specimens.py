"""Sample data for the page of specimens."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from xaso.apps.speech.models import Recording, Sentence

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def voices() -> dict[str, Any]:
    """Return three sentences: one that is heard, one that waits, one that nobody spoke."""
    texts = ("Anh/chị cần làm gì?", "Hồ sơ của tôi đến đâu?", "Lấy số, đặt lịch")
    sentences = [Sentence(key=f"mau-{number}", language="vi", text=text) for number, text in enumerate(texts)]
    heard = _spoken(sentences[0], 1)
    waiting = _spoken(sentences[1], 2)
    return {"voices": {"lines": [(sentences[0], heard, None), (sentences[1], None, waiting), (sentences[2], None, None)]}}


def _spoken(sentence: Sentence, number: int) -> Recording:
    return Recording(id=UUID(int=number), sentence=sentence, language="hmn", recorded_by_name="Sùng Thị Mỷ", recorded_at=AT)
