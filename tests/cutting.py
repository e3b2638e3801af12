"""A link that can be cut: a small TCP proxy before a running commune, over real sockets, which fails in the ways that thin signals do."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

LOOPBACK = "127.0.0.1"
CHUNK_BYTES = 4096
CAPTIVE = "<!doctype html><title>Wi-Fi</title><p>Đăng nhập để dùng mạng"


class CuttingProxy:
    """Passes connections on to `port` until told otherwise; every method may be called from any thread.

    `down` cuts what is open and refuses what comes; `cut_after` does so once so many bytes more have passed either way; `say` answers in
    the commune's place, as a hotspot or a failing server does. Each way of a connection carries `bytes_per_second`, 0 for no limit.
    """

    def __init__(self, port: int, bytes_per_second: int = 0) -> None:
        self.target_port = port
        self.bytes_per_second = bytes_per_second
        self.accepted = 0
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.StreamWriter] = set()
        self._is_up = True
        self._bytes_left: int | None = None
        self._said: bytes | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._in_loop(self._serve)
        self.port = int(self._server.sockets[0].getsockname()[1])

    @property
    def is_up(self) -> bool:
        """Tell whether there is a signal."""
        return self._is_up

    @property
    def url(self) -> str:
        """Return the address of the commune through this link."""
        return f"http://{LOOPBACK}:{self.port}"

    def down(self) -> None:
        """Take the signal away, in the middle of whatever goes on."""
        self._is_up = False
        self._in_loop(self._cut_all)

    def up(self) -> None:
        """Give the signal back, with nothing wrong with it."""
        self._is_up, self._bytes_left, self._said = True, None, None

    def cut_after(self, count: int) -> None:
        """Cut all connections once `count` more bytes have passed, and stay down until `up`."""
        self._bytes_left = count

    def say(self, status: str, body: str = CAPTIVE, *, headers: str = "") -> None:
        """Answer every request in the commune's place."""
        content = body.encode()
        kind = f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(content)}\r\n"
        head = f"HTTP/1.1 {status}\r\n{kind}{headers}Connection: close\r\n\r\n"
        self._said, self._is_up = head.encode() + content, True

    def stop(self) -> None:
        """End the proxy and its thread."""
        self._is_up = False
        self._in_loop(self._end)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        self._loop.close()

    def _in_loop(self, act: Callable[[], Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act(), self._loop).result(timeout=10)

    async def _serve(self) -> asyncio.Server:
        return await asyncio.start_server(self._accept, LOOPBACK, 0)

    async def _cut_all(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _end(self) -> None:
        await self._cut_all()
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._is_up:
            writer.transport.abort()
            return
        self.accepted += 1
        self._open.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError):
            first = await reader.read(CHUNK_BYTES)
            if self._said:
                writer.write(self._said)
                await writer.drain()
            elif first:
                await self._pass_on(first, reader, writer)
        self._open.discard(writer)
        writer.close()

    async def _pass_on(self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward_reader, onward_writer = await asyncio.open_connection(LOOPBACK, self.target_port)
        self._open.add(onward_writer)
        try:
            await self._count(first)
            onward_writer.write(first)
            ways = [asyncio.create_task(self._copy(*way)) for way in ((reader, onward_writer), (onward_reader, writer))]
            _done, waiting = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in waiting:
                way.cancel()
        finally:
            self._open.discard(onward_writer)
            onward_writer.close()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK_BYTES):
                await self._count(chunk)
                writer.write(chunk)
                await writer.drain()

    async def _count(self, chunk: bytes) -> None:
        if self.bytes_per_second:
            await asyncio.sleep(len(chunk) / self.bytes_per_second)
        if self._bytes_left is None:
            return
        self._bytes_left -= len(chunk)
        if self._bytes_left < 0:
            self._bytes_left, self._is_up = None, False
            await self._cut_all()


@contextmanager
def cutting(port: int, bytes_per_second: int = 0) -> Iterator[CuttingProxy]:
    """Yield a link to a commune on this machine, as fast as the machine or so slow."""
    proxy = CuttingProxy(port, bytes_per_second)
    try:
        yield proxy
    finally:
        proxy.stop()


def wait_for(holds: Callable[[], Any], seconds: float = 30.0) -> Any:
    """Return what the function gives once it gives something. Raises AssertionError when it doesn't in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"nothing came within {seconds} s")
