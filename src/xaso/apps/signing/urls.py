"""Addresses of the signing room: it has no pages of its own; papers are checked at /xac-minh/."""

from typing import Any

urlpatterns: list[Any] = []
