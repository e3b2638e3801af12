"""A thin link as Chromium emulates it, and what went over it.

DevTools delays each request by the latency and shares the rates; it models no handshake, no loss and no slow start. It does not reach a
service worker, so whoever measures times blocks those.
"""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass(frozen=True)
class Link:
    """A link: rates in bits a second, latency in milliseconds."""

    down_bits: int
    up_bits: int
    latency_ms: int

    @property
    def name(self) -> str:
        """Return it as the targets call it."""
        return f"{self.down_bits // 1000} kbit/s · {self.latency_ms} ms"

    def seconds(self, down_bytes: float, up_bytes: float, trips: float) -> float:
        """Return how long so many bytes and round trips take one after the other."""
        return down_bytes * 8 / self.down_bits + up_bytes * 8 / self.up_bits + trips * self.latency_ms / 1000


SLOW_3G = Link(400_000, 400_000, 2000)
EDGE = Link(240_000, 200_000, 840)
FIFTY = Link(50_000, 50_000, 800)
LINKS = (SLOW_3G, EDGE, FIFTY)


@dataclass
class Wire:
    """What a page asked for: requests, bytes down (head and packed body), bytes up (head and body), and the bodies of those alone."""

    requests: int = 0
    down_bytes: float = 0
    up_bytes: float = 0
    body_bytes: float = 0
    _cached: set[str] = field(default_factory=set)

    def watch(self, page: Page, link: Link | None = None, *, slower_cpu: float = 1) -> "Wire":
        """Count from now on, over the link and on a processor so many times slower."""
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable", {"maxPostDataSize": 0})
        devtools.on("Network.requestServedFromCache", lambda event: self._cached.add(event["requestId"]))
        devtools.on("Network.requestWillBeSent", self._redirected)
        devtools.on("Network.requestWillBeSentExtraInfo", self._sent)
        devtools.on("Network.loadingFinished", self._finished)
        if link:
            devtools.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": link.latency_ms,
                    "downloadThroughput": link.down_bits / 8,
                    "uploadThroughput": link.up_bits / 8,
                },
            )
        if slower_cpu > 1:
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower_cpu})
        return self

    def _redirected(self, event: dict[str, Any]) -> None:
        self.down_bytes += event.get("redirectResponse", {}).get("encodedDataLength", 0)

    def _sent(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["headers"].items()}
        body = int(headers.get("content-length", 0))
        self.requests += 1
        self.body_bytes += body
        self.up_bytes += body + sum(len(name) + len(value) + 4 for name, value in headers.items())

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._cached:
            self.down_bytes += event["encodedDataLength"]
