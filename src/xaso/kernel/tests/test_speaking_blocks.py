"""Of a page that is read aloud, what people see is said in order, and nothing that is hidden or typed."""

from xaso.kernel.speaking import Piece, read_page, said_by_scripts

PAGE = """<!doctype html><html lang="vi"><head><title>Tên</title></head><body><header>Đầu trang</header>
<main class="than" id="noi-dung"><h1>Làm giấy <b>khai sinh</b></h1>
<p>Anh/chị nộp tại xã. Phí là <b>15.000 đ</b>.</p><script>let a = "không đọc";</script>
<div class="truong"><label>Họ và tên <span class="khongbatbuoc">(không bắt buộc)</span></label><span class="an">ẩn</span>
<input value="Giàng A Pao"><textarea>đang gõ</textarea><select><option>một</option></select></div>
<section class="tomloi"><ul><li><a href="#x"><b>Họ và tên:</b> Anh/chị chưa điền ô này.</a></li></ul></section>
<p lang="en">Birth <i>certificate</i></p>
<p hidden>giấu</p><span aria-hidden="true">·</span>
<b>Khai tử</b><small>xong trong ngày</small><span class="the la">Đã nhận</span>dòng một<br>dòng hai</main>
<footer>Chân trang</footer></body></html>"""


def test_the_middle_of_a_page_is_read_in_order() -> None:
    page = read_page(PAGE, "vi")

    assert page.title == "Làm giấy khai sinh"
    assert [piece.text for piece in page.pieces] == [
        "Làm giấy khai sinh",
        "Anh/chị nộp tại xã.",
        "Phí là 15.000 đ.",
        "Họ và tên",
        "(không bắt buộc)",
        "Họ và tên",
        "Anh/chị chưa điền ô này.",
        "Birth certificate",
        "Khai tử",
        "xong trong ngày",
        "Đã nhận",
        "dòng một",
        "dòng hai",
    ]
    assert {piece.language for piece in page.pieces if piece.text == "Birth certificate"} == {"en"}


def test_a_fragment_is_read_whole_and_open_elements_do_no_harm() -> None:
    assert read_page("<p>Một.<li>Hai</b></div>", "en").pieces == (Piece("Một.", "en"), Piece("Hai", "en"))
    assert read_page("", "vi").pieces == ()


SCRIPTED = """<main id="noi-dung"><h1>Sao y</h1><form hidden><label>Họ tên</label></form><form><label>Họ tên</label></form>
<script id="don" type="application/json">{"said": {"step": "bước %(place)s trong %(count)s", "gone": "Không còn trên máy."},
"schema": {"a": {"title": "Không đọc", "x-error": "Ghi bốn chữ số."}},
"words": {"few": "Chọn ít nhất %(min)s ô."}}</script>
<script id="loi-noi" type="application/json">{"wait": "Chờ sóng.", "left": "Còn %(count)s chỗ"}</script></main>"""


def test_of_a_page_that_a_phone_keeps_hidden_parts_are_read_too() -> None:
    texts = [piece.text for piece in read_page(SCRIPTED, "vi", with_hidden=True).pieces]

    assert texts == ["Sao y", "Họ tên", "Họ tên"]


def test_what_scripts_may_say_is_known_as_far_as_it_can_be() -> None:
    texts = [piece.text for piece in said_by_scripts(SCRIPTED, "vi")]

    assert texts == [
        "Không còn trên máy.",
        "Ghi bốn chữ số.",
        "Chọn ít nhất",
        "Chờ sóng.",
        *(f"Còn {count} chỗ" for count in range(1, 10)),
    ]
