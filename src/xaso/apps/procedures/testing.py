"""Builders for tests of this room and of rooms above."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from xaso.apps.people import testing as people
from xaso.apps.procedures import memory
from xaso.apps.procedures.actions.decide_edition import approve_edition
from xaso.apps.procedures.actions.import_edition import import_edition
from xaso.apps.procedures.actions.load import load_catalogue
from xaso.apps.procedures.actions.overrides import Ground, set_filing_place, set_issuer
from xaso.apps.procedures.actions.stamp import mark_change
from xaso.apps.procedures.catalogue import read_catalogue
from xaso.apps.procedures.models import CommuneOverride, Procedure
from xaso.apps.procedures.models import ProcedureVersion as Version
from xaso.apps.procedures.national import channels, papers
from xaso.apps.procedures.shapes import ProcedureVersion
from xaso.platform.actor import Actor
from xaso.platform.tests.ageless import ageless
from xaso.platform.tests.kept_rows import PutBack, keep_rows

CHANNELS_HEAD, PAPERS_HEAD = channels.HEAD, papers.HEAD
FURNITURE = "Từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngànhNộp hồ sơ"
"""What the national database's pages leave behind the results."""

LOADED_AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
ON = date(2026, 11, 23)


def codes_filed_here() -> list[str]:
    """Return the codes of the shipped procedures that the commune's own desk takes in; needs no database."""
    home = Path(settings.CATALOGUE_DIR)
    return sorted(
        file.document["code"] for file in read_catalogue(home, home) if file.document["filing"].get("counter", {}).get("place") == "here"
    )


def codes_filed_here_and_online() -> list[str]:
    """Return those of them that the law lets people file online too."""
    home = Path(settings.CATALOGUE_DIR)
    online = {file.document["code"] for file in read_catalogue(home, home) if "online" in file.document["filing"]}
    return [code for code in codes_filed_here() if code in online]


@dataclass
class _Shipped:
    """The rows of the procedures that ship, once this process has loaded them: the same rows again cost no reading."""

    put_back: PutBack | None = None

    def load(self) -> None:
        if self.put_back is None or Procedure.objects.exists():
            whole = not Procedure.objects.exists()
            load_catalogue(Path(settings.CATALOGUE_DIR), now=LOADED_AT)
            if whole:
                self.put_back = keep_rows([Procedure, Version])
        else:
            self.put_back(None)
            mark_change()


_shipped = _Shipped()


def catalogue() -> None:
    """Load the procedures that ship."""
    _shipped.load()


def catalogue_changed() -> None:
    """Tell every process that the rows of the catalogue are others now."""
    mark_change()


@contextmanager
def remembering() -> Iterator[None]:
    """Let what the process remembers of the communes and the catalogue stay good within, so that queries may be counted."""
    with people.remembering(), ageless(memory):
        yield


def procedure(code: str, on: date = ON) -> ProcedureVersion:
    """Return the version of a shipped procedure for the day; loads the catalogue if need be."""
    memory.forget()
    if memory.snapshot().current(code, on) is None:
        catalogue()
    found = memory.snapshot().current(code, on)
    assert found is not None, code
    return found


def filed_and_issued_here(commune_id: UUID, *codes: str) -> None:
    """Let a commune file and issue these procedures itself, on every channel that they have."""
    actor = Actor.system(commune_id, "test")
    ground = Ground(date(2026, 1, 1), source="thử")
    for code in codes:
        for channel in procedure(code).filing:
            set_filing_place(actor, code, channel, "here", ground, now=LOADED_AT)
        set_issuer(actor, code, "commune", ground, now=LOADED_AT)


def everything_filed_and_issued_here(commune_id: UUID) -> None:
    """Let a commune file at its desk and online, and issue, all that it takes in at all; the same as by the actions, but at once."""
    versions = [version for version in memory.snapshot().valid_on(ON) if version.has_form()]
    held = Procedure.objects.in_bulk([version.code for version in versions], field_name="code")
    set_so = {"commune_id": commune_id, "valid_from": date(2025, 7, 1), "source": "thử", "set_at": LOADED_AT}
    places = [(version, channel) for version in versions for channel in ("counter", "online") if channel in version.filing]
    rows = [
        *(
            CommuneOverride(procedure=held[one.code], kind="filing_place", channel=channel, value="here", **set_so)
            for one, channel in places
        ),
        *(CommuneOverride(procedure=held[one.code], kind="issuer", value="commune", **set_so) for one in versions),
    ]
    CommuneOverride.objects.bulk_create(rows)
    mark_change()


def imported(administrator: Actor, path: Path, *lines: dict[str, Any], now: datetime = LOADED_AT) -> None:
    """Import records of the national database and approve them, withdrawing what is no more among them."""
    done = import_edition(national_file(path, *lines), as_of=None, now=now)
    assert done.edition_id is not None
    approve_edition(administrator, done.edition_id, withdraw=True, now=now)


def national_record(code: str = "1.900001", **changes: Any) -> dict[str, Any]:
    """Return a record as the national database prints one, with the changes."""
    record = {
        "ma_thu_tuc": code,
        "ten_thu_tuc": f"Xác nhận bến bãi số {code}",
        "so_quyet_dinh": "12/QĐ-BXD",
        "cap_thuc_hien": "Cấp tỉnh, Cấp xã",
        "loai_thu_tuc": "TTHC được giao luật quy định chi tiết",
        "linh_vuc": "Thủy lợi",
        "doi_tuong_thuc_hien": "Công dân Việt Nam",
        "co_quan_co_tham_quyen": "Ủy ban nhân dân cấp xã",
        "dia_chi_tiep_nhan": "",
        "co_quan_duoc_uy_quyen": "",
        "co_quan_phoi_hop": "",
        "thu_tuc_lien_quan": "Không có thông tin",
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "cach_thuc_thuc_hien": f"{CHANNELS_HEAD}Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": f"--{PAPERS_HEAD}Đơn đề nghị xác nhận bến bãi1 bản chínhBản vẽ vị trí0 bản chính,2 bản sao",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Thủy lợi08/2017/QH14",
        "co_quan_thuc_hien": "Không có thông tin",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": f"Văn bản xác nhậnMã: KQ.G17.000001{FURNITURE}",
    }
    return record | changes


def national_file(path: Path, *lines: dict[str, Any]) -> Path:
    """Write records as an edition and return its path."""
    path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines), encoding="utf-8")
    return path
