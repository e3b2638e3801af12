"""The page of a citizen's phone: what she texted, what the commune answered, and a field to text again."""

from html import escape

ADDRESS = "/dien-thoai/"
USUAL_PHONE = "84912345678"
_PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Điện thoại thử {phone}</title>
<style>body{{font:18px/1.5 system-ui;max-width:30rem;margin:1rem auto;padding:0 1rem}}
li{{margin:.5rem 0}}input,button{{font:inherit;padding:.5rem;max-width:100%}}</style>
<h1>Điện thoại thử</h1>
<form method="get"><label>Số máy <input name="so" value="{phone}"></label> <button>Đổi máy</button></form>
<h2>Đã gửi</h2><ul>{written}</ul><h2>Xã trả lời</h2><ul>{sent}</ul>
<form method="post"><input type="hidden" name="so" value="{phone}">
<label>Tin nhắn <input name="tin" size="30" autofocus></label> <button>Gửi</button></form>
<p><a href="{address}?so={phone}">Xem tin mới</a></p></html>"""


def page(phone: str, written: list[str], sent: list[str]) -> str:
    """Return the page as HTML."""
    listed = ["".join(f"<li>{escape(text)}</li>" for text in texts) or "<li>Chưa có tin.</li>" for texts in (written, sent)]
    return _PAGE.format(phone=escape(phone), written=listed[0], sent=listed[1], address=ADDRESS)
