"""Where the national database lies on a developer's machine, and lines like its own for tests that do without."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

LABELS = Path(__file__).with_name("national") / "labels.json"
PUBLISHED = Path(__file__).resolve().parents[6] / "shared" / "data" / "national-procedures.jsonl.gz"
"""Beside the checkout, never in it."""

HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
FURNITURE = "Từ khóaKhông có thông tinMô tảKhông có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngànhNộp hồ sơ"


def whole_edition() -> list[dict[str, Any]]:
    """Return the published records; the test is skipped where they are absent."""
    if not PUBLISHED.exists():
        pytest.skip("the national database does not lie beside this checkout")
    with gzip.open(PUBLISHED, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def line(code: str = "1.900001", **changes: Any) -> dict[str, Any]:
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
        "cach_thuc_thuc_hien": f"{HEAD}Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việcMiễn phí",
        "thanh_phan_ho_so": f"--{PAPERS_HEAD}Đơn đề nghị xác nhận bến bãi1 bản chínhBản vẽ vị trí0 bản chính,2 bản sao",
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Thủy lợi08/2017/QH14",
        "co_quan_thuc_hien": "Không có thông tin",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": f"Văn bản xác nhậnMã: KQ.G17.000001{FURNITURE}",
    }
    return record | changes


def written(path: Path, *lines: dict[str, Any]) -> Path:
    """Write records as an edition and return its path."""
    path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in lines), encoding="utf-8")
    return path
