"""Every template compiles, and says what it says through the translations."""

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.reading import SRC

TEMPLATES = sorted(path for path in (SRC / "xaso").rglob("templates/**/*") if path.is_file() and path.suffix in {".html", ".txt", ".xml"})
DONG, TIMES = "đ", "×"
SAID_RAW = re.compile(r"(?<![\"'=\w])[A-Za-zÀ-ỹ]*[À-ỹ][A-Za-zÀ-ỹ]*")


def _name(path: Path) -> str:
    return str(path).rpartition("/templates/")[2]


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_compiles(path: Path) -> None:
    engines["django"].get_template(_name(path))


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=_name)
def test_template_says_nothing_untranslated(path: Path) -> None:
    """Vietnamese outside of `{% … %}`, `{{ … }}`, comments and scripts could never be shown in another language."""
    text = path.read_text(encoding="utf-8")
    for pattern in (
        r"{#.*?#}",
        r"{%\s*comment\b.*?endcomment\s*%}",
        r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}",
        r"{%.*?%}",
        r"{{.*?}}",
        r"<!--.*?-->",
        r"<(script|style)\b.*?</\1>",
    ):
        text = re.sub(pattern, " ", text, flags=re.DOTALL)

    assert [word for word in SAID_RAW.findall(text) if word not in {DONG, TIMES}] == []
