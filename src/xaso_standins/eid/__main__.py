"""Starts the stand-in provider: `python -m xaso_standins.eid --port 8002 --data var --client-origin http://127.0.0.1:8000`."""

import argparse
import os
import signal
import sys
from multiprocessing import Process
from pathlib import Path
from socketserver import ThreadingMixIn
from types import FrameType
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

RETURN_PATH = "/dang-nhap/dinh-danh/tra-ve/"


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection: one process is small, and a stand-in has few visitors."""

    daemon_threads = True
    request_queue_size = 64


class Handler(WSGIRequestHandler):
    """Serves without a line on the screen for each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""


def main() -> None:
    """Prepare the database and the client, then serve on the loopback until told to stop."""
    options = _options()
    os.environ["XASO_EID_STANDIN_DATA"] = str(options.data.resolve())
    os.environ["XASO_EID_STANDIN_PORT"] = str(options.port)
    os.environ["XASO_EID_STANDIN_CLIENTS"] = " ".join(_both_names(options.client_origin))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xaso_standins.eid.settings"
    signal.signal(signal.SIGTERM, _stop)

    _prepare_apart()
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", options.port, get_wsgi_application(), server_class=Server, handler_class=Handler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.exit(0)


def _prepare_apart() -> None:
    """Prepare in a process that then ends, so that what only migrations need takes no memory while serving."""
    child = Process(target=_prepare)
    child.start()
    child.join()
    if child.exitcode:
        sys.exit(child.exitcode)


def _prepare() -> None:
    """Bring the tables up to date, register the client, and drop what has expired."""
    import django

    django.setup()
    from django.core.management import call_command
    from oauth2_provider.models import Application, clear_expired

    from xaso_standins.eid import settings

    call_command("migrate", verbosity=0, interactive=False)
    Application.objects.update_or_create(
        client_id=settings.CLIENT_ID,
        defaults={
            "name": "Xã Số",
            "client_secret": settings.CLIENT_SECRET,
            "hash_client_secret": False,
            "client_type": Application.CLIENT_CONFIDENTIAL,
            "authorization_grant_type": Application.GRANT_AUTHORIZATION_CODE,
            "algorithm": Application.RS256_ALGORITHM,
            "skip_authorization": True,
            "redirect_uris": " ".join(origin + RETURN_PATH for origin in settings.CLIENT_ORIGINS),
            "post_logout_redirect_uris": " ".join(origin + "/" for origin in settings.CLIENT_ORIGINS),
        },
    )
    clear_expired()


def _both_names(origins: list[str]) -> list[str]:
    """Return the origins; a loopback one under both of its names."""
    named = [origin.rstrip("/") for origin in origins]
    twins = [origin.replace("//127.0.0.1", "//localhost") for origin in named]
    return sorted({*named, *twins})


def _options() -> argparse.Namespace:
    """Read the command line; without it, follow PORT and XASO_DATA as the web server does."""
    web_port = int(os.environ.get("PORT", "8000"))
    data = Path(os.environ.get("XASO_DATA", "var"))
    parser = argparse.ArgumentParser(prog="python -m xaso_standins.eid", description=__doc__)
    parser.add_argument("--port", type=int, default=web_port + 1)
    parser.add_argument("--data", type=Path, default=data, help="keys and database go to its folder `standins`")
    parser.add_argument("--client-origin", action="append", help="address of the web server; may be given again")
    options = parser.parse_args()
    options.client_origin = options.client_origin or [f"http://127.0.0.1:{web_port}"]
    return options


def _stop(_signum: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
