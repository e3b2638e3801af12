"""Holds a page against WCAG 2.2 AA as far as a program can, with axe-core."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PRELOAD = {"assets": ["media"]}
"""The rules that read style sheets apart from their page are none of these; reading them takes a third of the time."""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def assert_accessible(page: Page, *, within: str | None = None, but: tuple[str, ...] = ()) -> None:
    """Fail with each breach and the elements in it. `within` is a selector, `but` names rules left out."""
    assert breaches(page, within=within, but=but) == [], page.url


def breaches(page: Page, *, within: str | None = None, but: tuple[str, ...] = ()) -> list[str]:
    """Return each breach with the elements in it, in words."""
    _bring_axe(page)
    rules = {name: {"enabled": False} for name in but}
    found: dict[str, Any] = page.evaluate(
        "([within, options]) => axe.run(within || document, options)",
        [within, {"runOnly": RULES, "rules": rules, "resultTypes": ["violations"], "preload": PRELOAD}],
    )
    return [_in_words(breach) for breach in found["violations"]]


def contrast_breaches_in_the_dark(page: Page) -> list[str]:
    """Return what is too faint for who has chosen dark pages; leaves the page light."""
    page.emulate_media(color_scheme="dark")
    _bring_axe(page)
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] })"
    )
    page.emulate_media(color_scheme="light")
    return [f"in the dark: {_in_words(breach)}" for breach in found["violations"]]


def _bring_axe(page: Page) -> None:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())


def _in_words(breach: dict[str, Any]) -> str:
    places = "; ".join(" ".join(map(str, node["target"])) for node in breach["nodes"][:5])
    return f"{breach['id']} ({breach['impact']}): {breach['help']}: {places}"
