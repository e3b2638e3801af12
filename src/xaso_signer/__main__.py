"""`xaso-signer`: runs the program. `xaso-signer allow https://…`, `forget`, `module PATH` and `list` set it up and show what is there."""

import argparse
import logging
import logging.handlers
import os
import sys
import threading
from dataclasses import replace

import pkcs11

from xaso_signer import PORT
from xaso_signer.asking import Desk
from xaso_signer.attributes import holder
from xaso_signer.origins import read_origin
from xaso_signer.server import Door
from xaso_signer.settings import Settings, folder, load, save
from xaso_signer.tokens import Tokens, Trouble
from xaso_signer.words import say

LOG_BYTES, LOGS_KEPT = 200_000, 2


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; the exit status is 1 when it could not be done."""
    given = _parser().parse_args(arguments)
    settings = load()
    match given.act:
        case "allow":
            return _allow(settings, given.value)
        case "forget":
            save(replace(settings, origins=tuple(one for one in settings.origins if one != given.value.rstrip("/"))))
            return _tell("saved")
        case "module":
            return _add_module(settings, given.value)
        case "list":
            return _list(settings)
    return _run(settings, given.port, in_terminal=given.terminal)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xaso-signer", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--terminal", action="store_true", help="ask for the PIN in the terminal, not in a window")
    acts = parser.add_subparsers(dest="act")
    acts.add_parser("run", help="run (the same as without a word)")
    acts.add_parser("list", help="show the tokens that are plugged in and their certificates")
    for act, words in (("allow", "let a page ask"), ("forget", "let it ask no more"), ("module", "add a token's PKCS#11 module")):
        acts.add_parser(act, help=words).add_argument("value")
    return parser


def _run(settings: Settings, port: int, *, in_terminal: bool) -> int:
    _keep_log()
    desk = Desk()
    try:
        door = Door(port, settings.origins, Tokens(settings.modules), desk)
    except OSError:
        return _tell("port_taken", failed=True, port=port)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        _answer(desk, settings, in_terminal=in_terminal or not _has_display())
    except KeyboardInterrupt:
        return 0
    finally:
        door.shutdown()
    return 0


def _answer(desk: Desk, settings: Settings, *, in_terminal: bool) -> None:
    if not in_terminal:
        from xaso_signer.window import Window

        Window(desk, settings.origins).run()
        return
    from xaso_signer import terminal

    for line in (say("running"), say("allowed") if settings.origins else say("none_allowed"), *settings.origins):
        _write(line)
    if not settings.modules:
        _tell("no_module")
    terminal.serve(desk, threading.Event())


def _has_display() -> bool:
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        import tkinter

        tkinter.Tk().destroy()
    except (ImportError, RuntimeError):
        return False
    return True


def _allow(settings: Settings, text: str) -> int:
    try:
        origin = read_origin(text)
    except ValueError:
        return _tell("bad_origin", failed=True, text=text)
    save(replace(settings, origins=tuple(dict.fromkeys((*settings.origins, origin)))))
    return _tell("saved")


def _add_module(settings: Settings, path: str) -> int:
    try:
        pkcs11.lib(path)
    except (RuntimeError, OSError):
        return _tell("bad_module", failed=True, text=path)
    save(replace(settings, modules=tuple(dict.fromkeys((*settings.modules, path)))))
    return _tell("saved")


def _list(settings: Settings) -> int:
    try:
        found = Tokens(settings.modules).certificates()
    except Trouble as trouble:
        return _tell("no_module" if trouble.code == "no_module" else "token_trouble", failed=True)
    for one in found:
        _write(f"{one.label}: {holder(one.certificate)}")
    return 0 if found else _tell("no_token", failed=True)


def _keep_log() -> None:
    """Keep a short log beside the settings: when, which page, how it ended. No names, titles, digests or PINs are handed to it."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / "xaso-signer.log"
    path.touch(mode=0o600)
    keeper = logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    keeper.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("xaso_signer")
    logger.addHandler(keeper)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _tell(key: str, *, failed: bool = False, **facts: object) -> int:
    _write(say(key, **facts))
    return 1 if failed else 0


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
