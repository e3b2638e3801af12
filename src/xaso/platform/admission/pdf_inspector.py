"""A program of its own: reads a PDF on standard input and writes what it found as JSON. Imports nothing of this project.

It binds its own memory and time before it touches the file, so that a hostile PDF can only end this process.
"""

import json
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 10
MAX_OBJECTS = 200_000
MAX_DEPTH = 12
ACTIONS_REFUSED = {"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"}
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
PROGRAM_ENDINGS = (
    ".apk",
    ".app",
    ".bat",
    ".cmd",
    ".com",
    ".cpl",
    ".dll",
    ".docm",
    ".exe",
    ".hta",
    ".htm",
    ".html",
    ".jar",
    ".js",
    ".jse",
    ".lnk",
    ".msi",
    ".pif",
    ".ps1",
    ".py",
    ".scr",
    ".sh",
    ".svg",
    ".vbe",
    ".vbs",
    ".wsf",
    ".xlsm",
)


def inspect(content: bytes) -> dict[str, Any]:
    """Return `refusal` (empty when the file may be kept), `pages` and the number of `attachments`."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return _answer("encrypted")
            return _judge(pdf)
    except pikepdf.PasswordError:
        return _answer("encrypted")
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        return _answer("broken")


def _judge(pdf: Any) -> dict[str, Any]:
    pages = len(pdf.pages)
    if pages == 0:
        return _answer("no_pages")
    attachments = 0
    for number, thing in enumerate(pdf.objects):
        if number > MAX_OBJECTS:
            return _answer("too_complex")
        for part in _dictionaries(thing, MAX_DEPTH):
            if _acts(part):
                return _answer("active")
            if "/EF" in part:
                attachments += 1
                if _holds_program(part):
                    return _answer("program_inside")
    return {"refusal": "", "pages": pages, "attachments": attachments}


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:
    """Yield the dictionaries that stand directly in an object, without following references."""
    import pikepdf

    if depth == 0:
        return
    if isinstance(thing, pikepdf.Array):
        for item in thing:
            if not getattr(item, "is_indirect", False):
                yield from _dictionaries(item, depth - 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        for key in [str(name) for name in thing]:
            value: Any = thing.get(key)
            if not getattr(value, "is_indirect", False):
                yield from _dictionaries(value, depth - 1)


def _acts(part: Any) -> bool:
    return "/JS" in part or ("/S" in part and str(part.get("/S")) in ACTIONS_REFUSED)


def _holds_program(filespec: Any) -> bool:
    names = [str(filespec.get(key)) for key in ("/F", "/UF") if key in filespec]
    if any(name.lower().strip(" .").endswith(PROGRAM_ENDINGS) for name in names):
        return True
    files: Any = filespec.get("/EF")
    return any(files.get(key).read_bytes().startswith(PROGRAM_STARTS) for key in map(str, files))


def _answer(refusal: str) -> dict[str, Any]:
    return {"refusal": refusal, "pages": 0, "attachments": 0}


def main() -> None:
    """Bind the process, read, judge, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(inspect(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
