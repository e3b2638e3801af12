"""A person at a browser that speaks plain HTTP to a server behind a proxy which ended TLS: keeps cookies, sends forms with their token."""

import http.client
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from xaso.apps.people import totp

NEW_APP = "/bao-ve-tai-khoan/ung-dung-ma/"
SECRET = re.compile(r'<code id="khoa">([A-Z2-7 ]+)</code>')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What the server said, after any redirection; `url` is the page that it came from."""

    status: int
    url: str
    content: bytes

    @property
    def text(self) -> str:
        """Return the page."""
        return self.content.decode()


@dataclass
class Visitor:
    """One browser."""

    port: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, url: str) -> Answer:
        """Open a page."""
        return self._follow("GET", url, b"", {})

    def post(self, url: str, typed: Mapping[str, object], *, page: str = "", file: tuple[str, str, bytes] | None = None) -> Answer:
        """Send a form that stands on `page` (the same address when it is left out); `file` is field, name and content."""
        found = TOKEN.search(self.get(page or url).text)
        assert found is not None, f"no form on {page or url}"
        sent = {"csrfmiddlewaretoken": found[1], **typed}
        if file is None:
            kind, body = "application/x-www-form-urlencoded", urlencode(sent, doseq=True).encode()
        else:
            kind, body = _multipart(sent, file)
        return self._follow("POST", url, body, {"Content-Type": kind})

    def sign_in(self, username: str, password: str) -> None:
        """Sign in; who needs a second factor and has none sets it at once, as the page says."""
        answer = self.post("/dang-nhap/", {"username": username, "password": password})
        assert answer.status == 200, answer.text
        if answer.url == NEW_APP:
            found = SECRET.search(answer.text)
            assert found is not None, answer.text
            secret = found[1].replace(" ", "")
            answer = self.post(NEW_APP, {"one_time_code": totp.code_of(secret, totp.step_of(datetime.now(tz=UTC)))})
            assert answer.text.count('<code class="ma-to">') == 10, answer.text
        assert "/dang-nhap/" not in answer.url, answer.text

    def _follow(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        for _step in range(5):
            status, place, content = self._send(method, url, body, headers)
            if status not in {301, 302, 303}:
                return Answer(status, url, content)
            method, body, headers = "GET", b"", {}
            url = place.removeprefix(f"https://{self.host}")
        raise AssertionError(f"{url} leads in a circle")

    def _send(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        proxy = {"Host": self.host, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.5", "Referer": f"https://{self.host}/"}
        connection.request(method, url.partition("#")[0], body, {**proxy, "Cookie": cookies, "Accept-Language": "vi", **headers})
        answer = connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        content = answer.read()
        connection.close()
        return answer.status, answer.headers.get("Location", ""), content


def _multipart(typed: Mapping[str, object], file: tuple[str, str, bytes]) -> tuple[str, bytes]:
    border = secrets.token_hex(16)
    parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in typed.items()]
    name, file_name, content = file
    head = f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
    parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), content, b"\r\n"]
    return f"multipart/form-data; boundary={border}", b"".join(parts) + f"--{border}--\r\n".encode()
