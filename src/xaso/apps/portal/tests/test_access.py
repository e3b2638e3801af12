"""The statement on access is found from every page, in every language, and claims nothing that was not tried."""

import pytest
from django.conf import settings
from django.test import Client

from xaso.platform.language import languages_offered

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [code for code, _name in languages_offered()])
def test_the_statement_is_linked_below_every_page_and_names_what_is_not_met(client: Client, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    statement = client.get("/tro-nang/").content.decode()

    assert 'href="/tro-nang/"' in client.get("/").content.decode()
    assert f'<html lang="{language}">' in statement
    assert "01/12/2026" in statement
    assert all(name in statement for name in ("WCAG 2.2", "axe-core", "NVDA", "TalkBack", "Orca", "Firefox"))
