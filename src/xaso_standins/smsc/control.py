"""The control, over HTTP: GET shows everything that came; POST changes the conduct (mode=…) or does something at once (do=…).

`/dien-thoai/` is a page for a person: a citizen's phone, from which one texts the commune and sees what it answers.
"""

import json
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

from xaso_standins.smsc import pdus, phone_page
from xaso_standins.smsc.centre import Centre

ACTS = ("enquire", "unbind", "hang-up", "forget", "incoming")


class Control(BaseHTTPRequestHandler):
    """One request at the control."""

    centre: Centre

    def do_GET(self) -> None:
        """Show everything, or a phone."""
        address = urlsplit(self.path)
        if address.path == phone_page.ADDRESS:
            self._show_phone(parse_qs(address.query).get("so", [phone_page.USUAL_PHONE])[0])
        else:
            self._answer(200)

    def do_POST(self) -> None:
        """Change the conduct, or act."""
        size = int(self.headers.get("Content-Length", "0"))
        wanted = dict(parse_qsl(self.rfile.read(size).decode(), keep_blank_values=True))
        if urlsplit(self.path).path == phone_page.ADDRESS:
            self._text_from_page(wanted)
            return
        act = wanted.pop("do", "")
        try:
            self.centre.conduct.change(wanted)
        except ValueError:
            self._answer(400)
            return
        self._do(act, wanted)
        self._answer(200 if act in {"", *ACTS} else 400)

    def _do(self, act: str, wanted: dict[str, str]) -> None:
        if act == "incoming":
            for _time in range(int(wanted.get("count", "1"))):
                self.centre.text_in(
                    wanted.get("from", phone_page.USUAL_PHONE),
                    wanted.get("to", "1234"),
                    wanted.get("text", "Toi muon hoi"),
                    way=wanted.get("way", "udh"),
                    lacking=int(wanted.get("lacking", "0")),
                )
        for conversation in list(self.centre.open):
            if act == "enquire":
                conversation.say_of_itself(pdus.ENQUIRE_LINK)
            elif act == "unbind":
                conversation.say_of_itself(pdus.UNBIND)
            elif act == "hang-up":
                conversation.hang_up()
        if act == "forget":
            with self.centre.lock:
                self.centre.messages.clear()
                self.centre.owed.clear()

    def _show_phone(self, phone: str) -> None:
        sent = [one["text"] for one in self.centre.joined_texts() if one["to"] == phone]
        self._send(200, "text/html; charset=utf-8", phone_page.page(phone, self.centre.written.get(phone, []), sent).encode())

    def _text_from_page(self, wanted: dict[str, str]) -> None:
        phone, text = wanted.get("so", phone_page.USUAL_PHONE), wanted.get("tin", "").strip()
        if text:
            self.centre.written.setdefault(phone, []).append(text)
            self.centre.text_in(phone, "1234", text)
        self.send_response(303)
        self.send_header("Location", f"{phone_page.ADDRESS}?so={quote(phone)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int) -> None:
        self._send(status, "application/json", json.dumps(self.centre.shown(), ensure_ascii=False).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""
