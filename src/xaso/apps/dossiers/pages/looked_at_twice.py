"""What a person should look at again in a file that was taken: said once, right after it came."""

from django.contrib import messages
from django.http import HttpRequest

from xaso.apps.dossiers.models import Attachment
from xaso.kernel.errors import Refusal
from xaso.platform.errors import words_for


def say_what_to_look_at(request: HttpRequest, attachment: Attachment) -> None:
    """Say each warning with the file's name before it."""
    for said in what_to_look_at(attachment):
        messages.warning(request, f"{attachment.name}: {said}")


def what_to_look_at(attachment: Attachment) -> list[str]:
    """Return the warnings in words."""
    return [words_for(Refusal(code, name=attachment.name)) for code in attachment.warnings]
