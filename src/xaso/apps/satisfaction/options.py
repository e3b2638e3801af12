"""Settings of this room: from how many answers on shares are shown."""

from xaso.platform.options import Option, declare


def _answers(text: str) -> int:
    if not text.isdigit() or int(text) < 3:
        raise ValueError("must be a number of answers from 3 on")
    return int(text)


LEAST_ANSWERS = declare(
    Option("XASO_SATISFACTION_LEAST", 5, _answers, "answers", "from how many answers on the shares of a procedure and month are shown")
)
