"""Carries e-mail to a mail server. Each step waits at most the given seconds."""

from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from xaso.apps.notices.ports import NotTaken, Unavailable, Undeliverable

LAST_TEMPORARY_REPLY = 499


@dataclass(frozen=True)
class SmtpEmail:
    """A mail server. `security` is none, starttls or tls; `sender` is the address in From."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = ""
    timeout_seconds: int = 10

    def send(self, *, name: str, address: str, title: str, body: str, reference: str) -> str:
        """Hand the letter to the server. Raises Undeliverable, NotTaken or Unavailable by what the server replies."""
        headers = {"Message-ID": f"<{reference}@{self.sender.rpartition('@')[2]}>", "Auto-Submitted": "auto-generated"}
        letter = EmailMessage(title, body, self.sender, [formataddr((name, address))], connection=self._server(), headers=headers)
        try:
            letter.send()
        except SMTPRecipientsRefused as error:
            (code, words) = next(iter(error.recipients.values()))
            raise _refused(code, words) from error
        except (SMTPDataError, SMTPSenderRefused) as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except SMTPResponseException as error:
            raise Unavailable(_shown(error.smtp_code, error.smtp_error)) from error
        except (SMTPException, OSError) as error:
            raise Unavailable(f"{type(error).__name__}: {error}") from error
        return headers["Message-ID"]

    def _server(self) -> EmailBackend:
        return EmailBackend(
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.security == "starttls",
            use_ssl=self.security == "tls",
            timeout=self.timeout_seconds,
        )


def _refused(code: int, words: bytes | str) -> Exception:
    """Return the failure that a reply to this one letter means: 4xx may pass, 5xx will not."""
    return NotTaken(_shown(code, words)) if code <= LAST_TEMPORARY_REPLY else Undeliverable(_shown(code, words))


def _shown(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {text}"
