"""A small procedure for tests, as its file says it."""

from typing import Any

import yaml

CODE = "9.000001"


def texts(vi: str) -> dict[str, str]:
    return {"vi": vi, "en": f"{vi} (en)"}


def sample(**changes: Any) -> dict[str, Any]:
    """Return the document of a procedure that no catalogue has, with the changes; a value of None leaves the key out."""
    document: dict[str, Any] = {
        "code": CODE,
        "slug": "nuoi-ong",
        "field": "other",
        "plain_name": texts("Báo nuôi ong mật"),
        "legal_name": "Khai báo nuôi ong mật",
        "summary": texts("Không mất tiền · xong trong ngày"),
        "synonyms": {"vi": ["nuôi ong", "đàn ong", "mật ong"], "en": ["beekeeping"]},
        "life_events": ["business"],
        "decision": {"number": "1/QĐ-THU"},
        "decided_by": texts("Ủy ban nhân dân xã"),
        "issued_by": "commune",
        "filing": {"counter": {"place": "here", "source": "Thử"}, "online": {"place": "national_portal", "source": "Thử"}},
        "term": {"counter": {"amount": 1, "unit": "working_day", "same_day_until": "15:00"}},
        "restarts_after_supplement": False,
        "papers": [{"id": "photo", "name": texts("Ảnh đàn ong"), "kind": "e_copy", "required": True, "when": {"what": "wild"}}],
        "fees": [{"id": "none", "name": texts("Không thu phí"), "kind": "free"}],
        "guidance": {"prepare": texts("Chụp ảnh tổ ong."), "cost": texts("Không mất tiền."), "time": texts("Trong ngày.")},
        "steps": [{"role": "owner", "title": texts("Khai báo")}],
        "form": {
            "schema": {
                "type": "object",
                "required": ["what"],
                "properties": {
                    "what": {
                        "type": "string",
                        "x-label": texts("Giống ong"),
                        "x-options": [{"value": "wild", "label": texts("Ong rừng")}, {"value": "farm", "label": texts("Ong nhà")}],
                    },
                    "copies": {"type": "integer", "x-label": texts("Số đàn")},
                },
            },
            "screens": [{"id": "giong", "title": texts("Anh/chị nuôi ong gì?"), "fields": ["what", "copies"]}],
        },
        "result": {
            "code": "KQ.G10.999999",
            "name": texts("Giấy xác nhận nuôi ong"),
            "series": "nuoi-ong",
            "symbol": "",
            "fields": [{"name": "what", "label": texts("Giống ong"), "answer": "what"}],
        },
        "sign_roles": ["signer"],
        "legal_basis": [{"number": "2/2026/THU", "name": "Văn bản thử"}],
        "valid_from": "2026-01-01",
        "source": "Thử",
        "checked_on": "2026-01-01",
        "checked_by": "Thử",
        "confirm": [{"about": "form", "text": texts("Mẫu chưa đối chiếu.")}],
    }
    return {key: value for key, value in (document | changes).items() if value is not None}


def written(document: dict[str, Any]) -> bytes:
    """Return the document as a file of the catalogue."""
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()
