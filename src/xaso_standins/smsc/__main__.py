"""Starts the stand-in: `python -m xaso_standins.smsc --port 2775 --control-port 2776`; port 0 takes any that is free."""

import argparse
import signal
import socketserver
import ssl
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import FrameType

from xaso_standins.smsc.centre import Centre, Conversation
from xaso_standins.smsc.control import Control

LOOPBACK = "127.0.0.1"


class Server(socketserver.ThreadingTCPServer):
    """A thread for each client."""

    allow_reuse_address = True
    daemon_threads = True


def main() -> None:
    """Serve on the loopback until told to stop; the first line printed names both ports."""
    parser = argparse.ArgumentParser(prog="python -m xaso_standins.smsc", description=__doc__)
    parser.add_argument("--port", type=int, default=2775)
    parser.add_argument("--control-port", type=int, default=2776)
    parser.add_argument("--certificate", type=Path, help="file with key and certificate: speak TLS")
    parser.add_argument("--system-id", default="xaso")
    parser.add_argument("--password", default="thu-smpp")
    options = parser.parse_args()
    centre = Centre(options.system_id, options.password)
    signal.signal(signal.SIGTERM, _stop)
    with (
        Server((LOOPBACK, options.port), type("Here", (Conversation,), {"centre": centre})) as centre_server,
        ThreadingHTTPServer((LOOPBACK, options.control_port), type("Here", (Control,), {"centre": centre})) as control_server,
    ):
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate)
            centre_server.socket = context.wrap_socket(centre_server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=control_server.serve_forever, daemon=True).start()
        sys.stdout.write(f"smsc {centre_server.server_address[1]} control {control_server.server_address[1]}\n")
        sys.stdout.flush()
        try:
            centre_server.serve_forever()
        except KeyboardInterrupt:
            sys.exit(0)


def _stop(_signum: int, _frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
