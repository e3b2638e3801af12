"""Reading the cells of the national database: what is proven is read, nothing is guessed, nothing is lost."""

import random
from typing import Any

import pytest

from xaso.apps.procedures.national.channels import ChannelCell, read_channels
from xaso.apps.procedures.national.decides import COMMUNE, OTHER, UNKNOWN, who_decides
from xaso.apps.procedures.national.document import LONGEST_NAME, document_of
from xaso.apps.procedures.national.fees import Charge
from xaso.apps.procedures.national.laws import read_laws
from xaso.apps.procedures.national.papers import ListedPaper, read_papers
from xaso.apps.procedures.national.records import COLUMNS, UnreadableRecord, content_hash, read_record
from xaso.apps.procedures.national.results import ListedResult, read_results
from xaso.apps.procedures.tests.national_data import FURNITURE, HEAD, PAPERS_HEAD, line, whole_edition
from xaso.kernel.worktime import Term, Unit


def _only(cell: str) -> ChannelCell:
    (channel,) = read_channels(f"{HEAD}{cell}")
    return channel


@pytest.mark.parametrize(
    ("cell", "term", "doubt"),
    [
        ("Trực tiếp7 Ngày làm việcMiễn phí", Term(7, Unit.WORKING_DAY), ""),
        ("Trực tiếp7 NgàyMiễn phí", Term(7, Unit.DAY), ""),
        ("Trực tiếp8 GiờMiễn phí", Term(8, Unit.HOUR), ""),
        ("Trực tiếpKhông có thông tinMiễn phí05 ngày làm việc kể từ ngày nhận đủ hồ sơ", Term(5, Unit.WORKING_DAY), ""),
        ("Trực tiếp1Miễn phí", None, "time_bare"),
        ("Trực tiếpKhông quy địnhMiễn phí", None, "time_words"),
        ("Trực tiếpKhông phải trả kết quả cho người nộp thuếMiễn phí", None, "time_words"),
        ("Trực tiếp2 ThángMiễn phí", None, "time_unit"),
        ("Trực tiếp0 NgàyMiễn phí", None, "time_unit"),
        ("Trực tiếp7 NgàyMiễn phí07 ngày làm việc, kể từ ngày nhận đủ hồ sơ", None, "time_contradicts"),
        ("Trực tiếp60 NgàyMiễn phívụ việc phức tạp thì 90 ngày", None, "time_contradicts"),
        ("Trực tiếp2 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việcMiễn phí", None, "time_cases"),
    ],
)
def test_a_time_is_read_only_where_it_is_proven(cell: str, term: Term | None, doubt: str) -> None:
    channel = _only(cell)

    assert channel.term == term
    assert (doubt in channel.doubts) is bool(doubt)


@pytest.mark.parametrize(
    ("cell", "charge", "doubt"),
    [
        ("Trực tiếp1 NgàyMiễn phí", Charge(0), ""),
        ("Trực tiếp1 NgàyMiễn phí(Không có.)", Charge(0), ""),
        ("Trực tiếp1 Ngày8,000 VNĐ", Charge(8000), ""),
        ("Trực tiếpKhông có thông tin2,000 Việt Nam Đồng(/trang)", Charge(2000, "trang"), ""),
        ("Trực tiếp2 Ngày70,000 VNĐ(70.000 đồng/Giấy chứng nhận)", Charge(70_000, "Giấy chứng nhận"), ""),
        ("Trực tiếp1 NgàyMiễn phí(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)", None, "fee_note"),
        ("Trực tiếp1 NgàyMiễn phíPhí cấp bản sao 8.000 đồng/bản", None, "fee_note"),
        ("Trực tiếp1 NgàyKhông có thông tin", None, "fee_absent"),
        ("Trực tiếpKhông có thông tin10 USD(/bản)", None, "fee_foreign"),
        ("Trực tiếp120 VNĐ(20.000 vnđ /tờ khai)", None, "fee_glued"),
        ("Trực tiếp3 Ngày20 VNĐ(20.000 vnđ /tờ khai)", None, "fee_small"),
        ("Trực tiếp3 Ngày5,000 VNĐ(thu 7.000 đồng/lần)", None, "fee_contradicts"),
        ("Trực tiếp3 Ngày10,000 VNĐ(Theo danh sách: 10.000 đồng/người)", None, "fee_cases"),
    ],
)
def test_a_fee_is_read_only_where_it_is_proven(cell: str, charge: Charge | None, doubt: str) -> None:
    channel = _only(cell)

    assert channel.charge == charge
    assert (doubt in channel.doubts) is bool(doubt)


def test_several_rows_of_one_channel_and_channel_words_in_notes_do_not_confuse_the_table() -> None:
    cell = (
        f"{HEAD}Trực tuyến3 Ngày làm việcMiễn phíTrực tuyến: nộp qua Cổng. Trực tiếp tại xã thì hơn."
        "Dịch vụ bưu chính3 Ngày làm việcMiễn phíTrực tiếp4 NgàyMiễn phí(Không)"
    )

    channels = read_channels(cell)

    assert [(one.channel, one.term) for one in channels] == [
        ("online", Term(3, Unit.WORKING_DAY)),
        ("post", Term(3, Unit.WORKING_DAY)),
        ("counter", Term(4, Unit.DAY)),
    ]


def test_what_is_no_such_table_gives_no_channel() -> None:
    assert read_channels("") == ()
    assert read_channels("Trực tiếp5 NgàyMiễn phí") == ()
    assert read_channels(f"{HEAD}Nộp ở đâu cũng được, 5 Ngày, Miễn phí") == ()


def test_papers_are_cut_out_of_the_glued_tables_with_their_titles() -> None:
    cell = (
        f"--{PAPERS_HEAD}Tờ khai theo mẫu; nộp 02 bản chính nếu ở xa;1 bản chínhẢnh thẻ2 bản chính"
        f"Trường hợp ủy quyền:{PAPERS_HEAD}Văn bản ủy quyền0 bản chính,1 bản sao"
    )

    assert read_papers(cell) == (
        ListedPaper("Tờ khai theo mẫu; nộp 02 bản chính nếu ở xa;", "", 1, 0),
        ListedPaper("Ảnh thẻ", "", 2, 0),
        ListedPaper("Văn bản ủy quyền", "Trường hợp ủy quyền:", 0, 1),
    )


def test_the_dash_before_a_paper_is_no_part_of_its_name() -> None:
    cell = f"--{PAPERS_HEAD}- Biên bản bầu hòa giải viên1 bản chính+ Danh sách đề nghị1 bản chính"

    assert read_papers(cell) == (ListedPaper("Biên bản bầu hòa giải viên", "", 1, 0), ListedPaper("Danh sách đề nghị", "", 1, 0))


def test_a_title_that_begins_with_a_small_letter_is_a_title() -> None:
    cell = f"a) Nếu thuê:{PAPERS_HEAD}Đơn1 bản chính,1 bản saob) Nếu mua:{PAPERS_HEAD}Đơn khác1 bản sao"

    assert read_papers(cell) == (ListedPaper("Đơn", "a) Nếu thuê:", 1, 1), ListedPaper("Đơn khác", "b) Nếu mua:", 0, 1))


def test_a_count_that_ran_into_a_number_is_unknown_and_no_digit_is_lost() -> None:
    assert read_papers(f"--{PAPERS_HEAD}Bản khai theo mẫu BM.NCC.20.031 bản chính") == (
        ListedPaper("Bản khai theo mẫu BM.NCC.20.031", "", None, None),
    )


def test_papers_told_in_prose_or_cut_off_are_not_read_at_all() -> None:
    assert read_papers("') và nộp cho cơ quan BHXH. Bước 2: chờ.") is None
    assert read_papers(f"--{PAPERS_HEAD}Tờ khai1 bản chínhVà một giấy tờ bị cắt") is None


def test_results_are_read_without_the_furniture_of_the_page() -> None:
    cell = f"Giấy khai sinhMã: KQ.G15.000031Trích lụcMã: KQ.G15.000033{FURNITURE}"

    assert read_results(cell) == (ListedResult("Giấy khai sinh", "KQ.G15.000031"), ListedResult("Trích lục", "KQ.G15.000033"))
    assert read_results(f"Quyết địnhMã: 000.00.00.G11-KQ3554{FURNITURE}") == (ListedResult("Quyết định", ""),)
    assert read_results(f"Bản saoMã: dsfasGiấy khácMã: KQ.G15.000033{FURNITURE}") is None
    assert read_results("") == ()


def test_only_the_number_that_closes_a_row_is_a_legal_ground() -> None:
    cell = (
        "Tên văn bản pháp lýMã văn bảnThông tư sửa đổi Thông tư số 85/2019/TT-BTC, có hiệu lực106/2021/TT-BTC"
        "Luật 54/2014/QH1354/2014/QH13Nghị định 08/2015/NĐ-CP08/2015/NĐ-CPNghị quyết của Chính phủ66.7/2025/NQ-CP"
    )

    assert read_laws(cell) == ("106/2021/TT-BTC", "54/2014/QH13", "08/2015/NĐ-CP", "66.7/2025/NQ-CP")


def test_a_number_into_which_a_date_has_run_is_left_out() -> None:
    assert read_laws("Tên văn bản pháp lýMã văn bảnThông tư ngày 29/11/2019106/2021/TT-BTCLuật khác08/2017/QH14") == ("08/2017/QH14",)
    assert read_laws("Tên văn bản pháp lýMã văn bản") == ()


@pytest.mark.parametrize(
    ("field", "agency", "decides"),
    [
        ("Thủy lợi", "Uỷ ban Nhân dân cấp xã, phường, thị trấn", COMMUNE),
        ("Hộ tịch", "Ủy ban Nhân dân\xa0xã,\xa0phường", COMMUNE),
        ("Hải quan", "Chi cục Hải quan khu vực", OTHER),
        ("Thuế", "Không có thông tin", OTHER),
        ("Đăng ký, quản lý cư trú", "Công an cấp Xã", OTHER),
        ("Đường bộ", "Sở Xây dựng", OTHER),
        ("Giảm nghèo", "Không có thông tin", UNKNOWN),
        ("Hộ tịch", "Phòng Tư Pháp", UNKNOWN),
    ],
)
def test_who_decides_is_said_only_where_the_record_says_it(field: str, agency: str, decides: str) -> None:
    assert who_decides(field, agency) == decides


def test_a_field_of_150_kilobytes_is_kept_whole_and_shown_short() -> None:
    long = "Giấy chứng minh " * 10_000
    record = read_record(line(thanh_phan_ho_so=f"--{PAPERS_HEAD}{long}1 bản chính", trinh_tu_thuc_hien=long))

    document = document_of(record)

    assert len(long.encode()) > 150_000
    assert document["national"]["cells"]["trinh_tu_thuc_hien"] == long
    assert len(document["papers"][0]["name"]["vi"]) <= LONGEST_NAME


@pytest.mark.parametrize("value", [None, 5, 1.5, True, ["a"], {"a": 1}, "\x00", "\ud800", "a\x00b", "(" * 5000, "Trực tiếp1 " * 5000])
def test_no_value_of_a_cell_stops_the_reading(value: Any) -> None:
    for column in COLUMNS[2:]:
        record = read_record(line(**{column: value}))
        assert document_of(record)["code"] == "1.900001"
        assert "\x00" not in record.cells[column]


def test_cells_cut_and_glued_at_random_are_read_or_left_but_never_fatal() -> None:
    pieces = [
        HEAD,
        PAPERS_HEAD,
        "Trực tiếp",
        "Trực tuyến",
        "5 Ngày",
        "1",
        "Miễn phí",
        "(",
        ")",
        "120 VNĐ",
        "1 bản chính",
        "Mã: ",
        "a/2020/",
    ]
    dice = random.Random(7)
    for _ in range(500):
        glued = "".join(dice.choices(pieces, k=dice.randrange(1, 25)))
        record = read_record(line(**dict.fromkeys(COLUMNS[2:], glued)))
        assert document_of(record)["national"]["cells"]["ket_qua_xu_ly"] == glued


@pytest.mark.parametrize(
    ("changes", "why"), [({"ma_thu_tuc": "abc"}, "code"), ({"ma_thu_tuc": None}, "code"), ({"ten_thu_tuc": " "}, "name")]
)
def test_a_record_without_code_or_name_says_why_it_is_none(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(UnreadableRecord, match=why):
        read_record(line() | changes)


def test_the_content_hash_ignores_the_order_of_the_columns_and_the_way_accents_are_written() -> None:
    one = line()
    decomposed = {key: "Thu\u0309y lo\u031b\u0323i" if key == "linh_vuc" else value for key, value in reversed(one.items())}

    assert content_hash(read_record(one).cells) == content_hash(read_record(decomposed).cells)
    assert content_hash(read_record(one).cells) != content_hash(read_record(line(so_quyet_dinh="13/QĐ-BXD")).cells)


def test_every_published_record_is_read_and_every_cell_is_kept() -> None:
    published = whole_edition()

    records = [read_record(one) for one in published]

    assert len({record.code for record in records}) == len(published) == 479
    assert all(record.channels for record in records)
    for record, one in zip(records, published, strict=True):
        assert set(record.cells) == set(one)
        assert document_of(record)["national"]["cells"] == dict(record.cells)
