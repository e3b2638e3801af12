"""Files from outside are shown to a virus scanner that the operator named; what could not be shown yet waits, and nobody opens it."""

from xaso.platform.files.models import CLEAN, INFECTED, UNASKED, WAITING
from xaso.platform.viruses.examining import FOUND, SUBJECT, Examined, examine

__all__ = ["CLEAN", "FOUND", "INFECTED", "SUBJECT", "UNASKED", "WAITING", "Examined", "examine"]
