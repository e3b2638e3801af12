"""Every page with a table gives it as XLSX, or is named here with the reason why not."""

import re
from pathlib import Path

import pytest

from tests.architecture.reading import SRC
from xaso.platform.sheets import sheet_notes, sheets

LINK = re.compile(r'{% sheet_link "([a-z-]+)"')
OF_ITS_PAGE = "drawn inside a page that has the link"
FORM = "a form to fill in, row by row; its rows stand in another list"
ONE = "about one thing, not a list of many"
WITHOUT_XLSX = {
    "dossiers/compared.html": ONE,
    "dossiers/desk_codes.html": FORM,
    "dossiers/desk_form.html": FORM,
    "dossiers/desk_ready.html": OF_ITS_PAGE,
    "dossiers/look_questions.html": "an extract of the administration's record, which is a list of its own",
    "dossiers/post_charge.html": "former values of one setting; the administration's record has them",
    "dossiers/reading.html": FORM,
    "dossiers/specimen_officials.html": "a specimen for the page of components",
    "dossiers/table.html": OF_ITS_PAGE,
    "people/admin/acts.html": OF_ITS_PAGE,
    "people/admin/bank.html": "former values of one setting; the administration's record has them",
    "people/admin/outcome.html": "what one import refused, to be mended in the sheet that was sent",
    "people/admin/password_lines.html": "passwords, shown once and kept nowhere",
    "people/admin/post.html": ONE,
    "people/sessions.html": "own sessions, ended where they are seen",
    "portal/specimens_officials.html": "a specimen for the page of components",
    "procedures/admin/fee.html": ONE,
    "procedures/admin/procedure.html": ONE,
    "procedures/admin/record.html": ONE,
    "rights/retention.html": "some lines of settings; the administration's record has what was done",
    "queue/admin/overview.html": "settings of some counters and services, each with a page of its own",
    "queue/desk.html": "who waits this minute; the day is in the figures",
    "signing/admin/certificate.html": ONE,
    "signing/on_token.html": "what is on one token, looked at before it is taken",
}
TEMPLATES = {str(path).split("/templates/")[1]: path for path in sorted(Path(SRC).glob("xaso/apps/*/templates/**/*.html"))}
WITH_TABLE = {name for name, path in TEMPLATES.items() if "<table" in path.read_text(encoding="utf-8")}


def _linked(name: str) -> set[str]:
    return set(LINK.findall(TEMPLATES[name].read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", sorted(WITH_TABLE - WITHOUT_XLSX.keys()))
def test_a_page_with_a_table_links_to_it_as_xlsx(name: str) -> None:
    assert _linked(name)


def test_only_pages_with_a_table_and_without_a_link_are_excused() -> None:
    assert {name for name in WITHOUT_XLSX if name not in WITH_TABLE or _linked(name)} == set()


def test_links_and_declared_lists_are_the_same() -> None:
    assert {one for name in TEMPLATES for one in _linked(name)} == {source.name for source in sheets}


NAMES_OF_CITIZENS = {"Người nộp", "Người nhận", "Người yêu cầu", "Ai, ở đâu", "Số gửi"}


def test_a_list_that_names_citizens_says_so_and_is_written_down_when_it_is_taken() -> None:
    names_them = {source.name for source in sheets if NAMES_OF_CITIZENS & {str(column.heading) for column in source.columns}}

    assert names_them == {source.name for source in sheets if source.of_citizens}
    assert [note.name for note in sheet_notes] == ["audit"]
