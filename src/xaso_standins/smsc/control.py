"""The control, over HTTP: GET shows everything that came; POST changes the conduct (mode=…) or does something at once (do=…)."""

import json
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl

from xaso_standins.smsc import pdus
from xaso_standins.smsc.centre import Centre

ACTS = ("enquire", "unbind", "hang-up", "forget", "incoming")


class Control(BaseHTTPRequestHandler):
    """One request at the control."""

    centre: Centre

    def do_GET(self) -> None:
        """Show everything."""
        self._answer(200)

    def do_POST(self) -> None:
        """Change the conduct, or act."""
        size = int(self.headers.get("Content-Length", "0"))
        wanted = dict(parse_qsl(self.rfile.read(size).decode(), keep_blank_values=True))
        act = wanted.pop("do", "")
        try:
            self.centre.conduct.change(wanted)
        except ValueError:
            self._answer(400)
            return
        self._do(act)
        self._answer(200 if act in {"", *ACTS} else 400)

    def _do(self, act: str) -> None:
        for conversation in list(self.centre.open):
            if act == "enquire":
                conversation.say_of_itself(pdus.ENQUIRE_LINK)
            elif act == "unbind":
                conversation.say_of_itself(pdus.UNBIND)
            elif act == "hang-up":
                conversation.hang_up()
            elif act == "incoming":
                conversation.say_of_itself(pdus.DELIVER_SM, pdus.deliver("84912345678", "1234", 0, "Toi muon hoi", {}))
        if act == "forget":
            with self.centre.lock:
                self.centre.messages.clear()
                self.centre.owed.clear()

    def _answer(self, status: int) -> None:
        body = json.dumps(self.centre.shown(), ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""
