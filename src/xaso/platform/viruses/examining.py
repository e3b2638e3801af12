"""What the scanner says of a content."""

from dataclasses import dataclass

import structlog
from prometheus_client import Counter

from xaso.platform.files.models import CLEAN, INFECTED, UNASKED, WAITING
from xaso.platform.viruses.clamd import Clamd, NoVerdict
from xaso.platform.viruses.options import find_scanner

log = structlog.get_logger(__name__)

FOUND = "platform.virus_found"
SUBJECT = "file:"
"""The fact that something was found in a file that had been taken, and what its subject begins with."""

VERDICTS = Counter("xaso_virus_checks", "Files shown to the virus scanner, by what came of it.", ["verdict"])


@dataclass(frozen=True)
class Examined:
    """One of the states of `StoredFile.check`, and the name of what was found."""

    state: str
    finding: str = ""


def examine(content: bytes) -> Examined:
    """Show a content to the scanner. WAITING without a verdict, UNASKED where none was named. Never in a transaction."""
    scanner = find_scanner()
    return shown_to(scanner, content) if scanner is not None else Examined(UNASKED)


def shown_to(scanner: Clamd, content: bytes) -> Examined:
    """Return the scanner's verdict on the content; WAITING when it gives none."""
    try:
        finding = scanner.finding(content)
    except NoVerdict as error:
        log.warning("virus_scanner_gave_no_verdict", why=str(error))
        VERDICTS.labels(WAITING).inc()
        return Examined(WAITING)
    state = INFECTED if finding else CLEAN
    VERDICTS.labels(state).inc()
    return Examined(state, finding)
