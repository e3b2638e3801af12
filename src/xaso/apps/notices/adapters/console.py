"""Shows messages on the terminal, for developers: nothing leaves the machine."""

import sys


class ConsoleSms:
    """Writes each SMS to standard output."""

    def send(self, *, phone: str, text: str, reference: str) -> str:
        """Show the text."""
        sys.stdout.write(f"[SMS {phone}] {text}\n")
        return ""


class ConsoleEmail:
    """Writes each e-mail to standard output."""

    def send(self, *, name: str, address: str, title: str, body: str, reference: str) -> str:
        """Show the letter."""
        sys.stdout.write(f"[E-mail {name} <{address}>] {title}\n{body}\n")
        return ""
