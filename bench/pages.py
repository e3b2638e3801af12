"""Pages as people ask for them, and the memory of the whole installation before anybody does."""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator

from bench import load
from bench.figures import Figure, Target, beside
from bench.machine import memory_mb
from tests.live import Live

SECONDS = 4.0
PROCEDURE = "/thu-tuc/2.000815/"
SEARCHES = ("khai+sinh", "lam+giay+cho+con+moi+de", "sao+y", "ho+ngheo", "chung+thuc+chu+ky", "mo+cua+hang", "doc+than", "bao+tu")
HOME = Target("home page", "/s", 600)
ONE_PROCEDURE = Target("page of a procedure", "/s", 600)
P95 = {
    name: Target(f"{name}, p95 at 8 clients", "ms", 50, at_most=True)
    for name in ("home page", "page of a procedure", "search", "desk list")
}
TARGETS = (HOME, ONE_PROCEDURE, *P95.values())
MEMORY = Target("memory of everything, idle (PSS)", "MB", 350, at_most=True)
MEMORY_TARGETS = (MEMORY,)
IDLE_SECONDS = 5.0
PASSWORD = "xaso-demo"


def memory(live: Live) -> Iterator[Figure]:
    """Yield the memory of everything that runs, each program having been used once and left alone."""
    for path in ("/", PROCEDURE, f"/thu-tuc/?q={SEARCHES[0]}", "/dang-nhap/", "/readyz"):
        urllib.request.urlopen(live.url + path, timeout=30).read()
    time.sleep(IDLE_SECONDS)
    yield MEMORY.figure(memory_mb(live.pids()["supervisor"]))


def measure(live: Live) -> Iterator[Figure]:
    """Yield rates of the public pages and the waiting times of those that are asked for most."""
    home = _get(live, "/")
    yield HOME.figure(home.per_second)
    procedure = _get(live, PROCEDURE)
    yield ONE_PROCEDURE.figure(procedure.per_second)
    search = _get(live, *(f"/thu-tuc/?q={words}" for words in SEARCHES))
    desk = _get(live, "/mot-cua/", cookie=sign_in(live, "tiepnhan"))
    for name, one in (("home page", home), ("page of a procedure", procedure), ("search", search), ("desk list", desk)):
        yield P95[name].figure(one.p95_ms)
    yield beside("search", search.per_second, "/s")
    yield beside("desk list", desk.per_second, "/s")
    for name, path, username in (("today's work", "/can-bo/", "hotich"), ("register", "/so-theo-doi/", "tiepnhan")):
        one = _get(live, path, cookie=sign_in(live, username))
        yield beside(f"{name}, p95 at 8 clients", one.p95_ms, "ms")


def _get(live: Live, *paths: str, cookie: str = "") -> load.Load:
    requests = [load.get(path, port=live.port, cookie=cookie) for path in paths]
    return load.run(live.port, requests, status=200, seconds=SECONDS).checked()


def _pass_second_step(live: Live, opener: urllib.request.OpenerDirector, page: str, code: str) -> None:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], "one_time_code": code}).encode()
    answer = opener.open(urllib.request.Request(f"{live.url}/dang-nhap/buoc-hai/", form, {"Referer": live.url}), timeout=30)
    assert "/dang-nhap/" not in answer.url, "the second step was not passed"


def sign_in(live: Live, username: str) -> str:
    """Sign an official in and return the cookie header of the session."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{live.url}/dang-nhap/", timeout=30).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    form = {"csrfmiddlewaretoken": found[1], "username": username, "password": PASSWORD, "next": ""}
    request = urllib.request.Request(f"{live.url}/dang-nhap/", urllib.parse.urlencode(form).encode(), {"Referer": live.url})
    page = opener.open(request, timeout=30).read().decode()
    if shown := re.search(r'id="ma-dung-thu">([0-9]{6})<', page):
        _pass_second_step(live, opener, page, shown[1])
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    assert "sessionid" in cookies, f"{username} could not sign in"
    return cookies
