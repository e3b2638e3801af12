"""The web server: granian, with the application loaded before its workers fork so that they share that memory."""

import gc
import multiprocessing

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

BLOCKING_THREADS = 16
"""At most so many a worker, started when needed: twice as many as may wait for SQLite's write lock, so that pages can still be read."""
BACKLOG = 1024
STOP_SECONDS = 5


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve Xã Số until told to stop by SIGTERM or SIGINT."""
    multiprocessing.set_start_method("fork")
    _load_application()
    serve_application("xaso.site.wsgi:application", host, port, workers=workers)


def serve_application(target: str, host: str, port: int, *, workers: int) -> None:
    """Serve the WSGI application that `module:name` names until told to stop; the measurements serve their yardstick with it too."""
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        backlog=BACKLOG,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _load_application() -> None:
    """Import what every request needs and keep the collector from touching, and so copying, those pages later."""
    from django.db import connections
    from django.urls import get_resolver

    from xaso.site import wsgi  # noqa: F401

    _ = get_resolver().url_patterns
    connections.close_all()
    gc.collect()
    gc.freeze()
