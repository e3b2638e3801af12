"""One record of the national database, read whole: every cell as printed, and beside it what could be read."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xaso.apps.procedures.national.channels import ChannelCell, read_channels
from xaso.apps.procedures.national.decides import who_decides
from xaso.apps.procedures.national.laws import read_laws
from xaso.apps.procedures.national.papers import ListedPaper, read_papers
from xaso.apps.procedures.national.results import ListedResult, read_results
from xaso.kernel.text import nfc

CODE, NAME = "ma_thu_tuc", "ten_thu_tuc"
COLUMNS = (
    CODE, NAME, "so_quyet_dinh", "cap_thuc_hien", "loai_thu_tuc", "linh_vuc", "doi_tuong_thuc_hien", "co_quan_co_tham_quyen",
    "dia_chi_tiep_nhan", "co_quan_duoc_uy_quyen", "co_quan_phoi_hop", "thu_tuc_lien_quan", "trinh_tu_thuc_hien", "cach_thuc_thuc_hien",
    "thanh_phan_ho_so", "can_cu_phap_ly", "co_quan_thuc_hien", "yeu_cau_dieu_kien", "ket_qua_xu_ly",
)  # fmt: skip
NEEDED = frozenset({CODE, NAME, "cach_thuc_thuc_hien", "thanh_phan_ho_so"})
"""Without these columns a line is no record of the national database."""

_CODE = re.compile(r"\d\.\d{6}")
_FURNITURE = frozenset({"", "không có thông tin"})


class UnreadableRecord(Exception):
    """A record that can't become a procedure; the argument is why: code, name."""


@dataclass(frozen=True, slots=True)
class Record:
    """A procedure as published. None means that the cell could not be read; the cell itself stands in `cells`."""

    code: str
    name: str
    cells: Mapping[str, str]
    channels: tuple[ChannelCell, ...]
    papers: tuple[ListedPaper, ...] | None
    results: tuple[ListedResult, ...] | None
    laws: tuple[str, ...]
    levels: tuple[str, ...]
    agencies: tuple[str, ...]
    decides: str

    def cell(self, column: str) -> str:
        """Return a cell, empty where the source says that it has no information."""
        text = self.cells.get(column, "").strip()
        return "" if text.lower() in _FURNITURE else text

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what could not be read: `channel:reason`, or the name of a cell."""
        found = [f"{channel.channel}:{doubt}" for channel in self.channels for doubt in channel.doubts]
        unread = {
            "channels": not self.channels,
            "papers": self.papers is None,
            "results": not self.results or any(not result.code for result in self.results),
            "laws": not self.laws,
            "agency": not self.agencies,
        }
        return (*found, *(name for name, is_unread in unread.items() if is_unread))


def read_record(line: Mapping[str, Any]) -> Record:
    """Read one record. Whatever its cells hold, it is read; raises UnreadableRecord only without a code or a name."""
    cells = {str(column): _text(value) for column, value in line.items()}
    code = cells.get(CODE, "").strip()
    if _CODE.fullmatch(code) is None:
        raise UnreadableRecord("code")
    name = " ".join(cells.get(NAME, "").split())
    if not name:
        raise UnreadableRecord("name")
    agencies = tuple(
        text
        for column in ("co_quan_co_tham_quyen", "co_quan_thuc_hien")
        if (text := " ".join(cells.get(column, "").split())).lower() not in _FURNITURE
    )
    return Record(
        code=code,
        name=name,
        cells=cells,
        channels=read_channels(cells.get("cach_thuc_thuc_hien", "")),
        papers=read_papers(cells.get("thanh_phan_ho_so", "")),
        results=read_results(cells.get("ket_qua_xu_ly", "")),
        laws=read_laws(cells.get("can_cu_phap_ly", "")),
        levels=tuple(level.strip() for level in cells.get("cap_thuc_hien", "").split(",") if level.strip()),
        agencies=tuple(dict.fromkeys(agencies)),
        decides=who_decides(cells.get("linh_vuc", ""), *agencies),
    )


def content_hash(cells: Mapping[str, str]) -> str:
    """Return the SHA-256 of what a record prints; the order of its columns doesn't count."""
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _text(value: Any) -> str:
    """Return a cell as composed text; what is no text is written out, and nothing that a database can't keep stays in it."""
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return nfc(text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8"))
