"""Texts of templates: translated, not escaped, percent signs kept; what is not a plain text is Django's."""

import pytest
from django.template import engines
from django.utils.translation import override


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


def test_a_text_follows_the_language() -> None:
    source = "{% translate 'Đăng nhập' %}"

    with override("vi"):
        assert drawn(source) == "Đăng nhập"
    with override("en"):
        assert drawn(source) == "Sign in"
    template = engines["django"].from_string(source)
    for language, text in (("vi", "Đăng nhập"), ("en", "Sign in"), ("vi", "Đăng nhập")):
        with override(language):
            assert template.render() == text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{% translate 'một & hai' %}", "một & hai"),
        ("{% translate '100% thôn' %}", "100% thôn"),
        ('{% translate "it\'s" %}', "it's"),
        ("{% translate 'a' as kept %}[{{ kept }}]", "[a]"),
        ("{% translate name %}", "&lt;b&gt;"),
        ("{% translate 'thôn'|upper %}", "THÔN"),
    ],
)
def test_other_forms_read_as_in_django(source: str, shown: str) -> None:
    assert drawn(source, name="<b>") == shown
