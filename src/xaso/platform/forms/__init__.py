"""Forms on the page: the pure engine's questions, answers and faults, ready for templates. Everything works without JavaScript."""

from xaso.platform.forms.bound import BoundForm, BoundScreen
from xaso.platform.forms.fields import DESK, BoundField, Layout
from xaso.platform.forms.words import words_of, words_on_phone

__all__ = ["DESK", "BoundField", "BoundForm", "BoundScreen", "Layout", "words_of", "words_on_phone"]
