"""Collects the texts that people read, checks the translations and compiles them: `python -m xaso.site.translations check|update`.

Vietnamese is the language of the message ids; English and Bengali must be complete: a text without them is refused.
Needs Babel, which only developers have: the compiled files are committed, so that running needs neither Babel nor gettext.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCES = Path(__file__).resolve().parents[1]
LOCALES = SOURCES / "locale"
COMPLETE = ("en", "bn")
"""The languages in which no text may be missing."""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
Found = tuple[Path, str | tuple[str, ...], str | None]


def collect() -> Catalog:
    """Return the catalogue of all texts in the sources, with the files they stand in."""
    catalog = _stable(Catalog(project="Xã Số", charset="utf-8"))
    for path, message, context in sorted(_all_messages(), key=lambda found: (str(found[0]), str(found[1]))):
        catalog.add(message, locations=[(str(path.relative_to(SOURCES.parent)), 0)], context=context)
    return catalog


def _all_messages() -> Iterator[Found]:
    for path in SOURCES.rglob("*.py"):
        if "tests" not in path.parts and path.name != "testing.py":
            yield from _messages(path, path.read_text(encoding="utf-8"))
    for path in SOURCES.rglob("templates/**/*"):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield from _messages(path, _as_python(path.read_text(encoding="utf-8")))


def _as_python(template: str) -> str:
    """Return the template's texts as calls that an extractor for Python understands, line by line."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _messages(path: Path, source: str) -> Iterator[Found]:
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield path, message, context


def update() -> None:
    """Bring every language's file up to date with the sources and compile it. New texts come in empty."""
    fresh = collect()
    for language in COMPLETE:
        catalog = read(language)
        catalog.update(fresh, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, omit_header=False, include_lineno=False, sort_by_file=False)
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        empty = sum(1 for message in _messages_of(catalog) if not _is_translated(message))
        print(f"{language}: {len(catalog)} texts, {empty} without translation")


def problems() -> list[str]:
    """Return what is wrong with the translations; empty when all is well."""
    fresh = collect()
    return [problem for language in COMPLETE for problem in _problems_of(language, fresh)]


def _problems_of(language: str, fresh: Catalog) -> Iterator[str]:
    catalog = read(language)
    yield from faults(language, catalog, fresh)
    mo = _path(language).with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        yield f"{language}: {mo.name} is not compiled from the present texts; run make messages"


def faults(language: str, catalog: Catalog, fresh: Catalog) -> Iterator[str]:
    """Yield what the language's catalogue lacks, or fills in wrongly, of the texts that stand in the sources."""
    for wanted in _messages_of(fresh):
        message = catalog.get(wanted.id, wanted.context)
        where = f"{language}: {wanted.id!r} ({wanted.locations[0][0]})"
        if message is None:
            yield f"{where} is not collected; run make messages"
        elif not _is_translated(message):
            yield f"{where} has no translation"
        elif not _placeholders_agree(message):
            yield f"{where} has other placeholders than its translation"


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue as gettext reads it at run time."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def read(language: str) -> Catalog:
    """Return the language's catalogue as it stands in its file, an empty one without a file."""
    path = _path(language)
    if not path.exists():
        return _stable(Catalog(locale=language, project="Xã Số", charset="utf-8"))
    with path.open("rb") as file:
        return _stable(read_po(file, locale=language))


def _stable(catalog: Catalog) -> Catalog:
    """Keep out of the file what would change at every run."""
    catalog.header_comment = "# Translations of Xã Số. Made by `make messages`; translations are written here by people."
    catalog.creation_date = catalog.revision_date = EPOCH
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "Xã Số"
    catalog.fuzzy = False
    catalog.project, catalog.version = "xaso", "1"
    return catalog


def _path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def _messages_of(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _is_translated(message: Message) -> bool:
    return all(forms_of(message.string)) and not message.fuzzy


def _placeholders_agree(message: Message) -> bool:
    """Tell whether each form of the translation uses only placeholders of the source, and the last form uses all of them."""
    wanted = set(PLACEHOLDER.findall(forms_of(message.id)[-1]))
    used = [set(PLACEHOLDER.findall(form)) for form in forms_of(message.string)]
    return all(names <= wanted for names in used) and used[-1] == wanted


def forms_of(text: object) -> list[str]:
    """Return the plural forms of a message's text, or the text as the only one."""
    return [str(form or "") for form in text] if isinstance(text, tuple | list) else [str(text or "")]


def main(arguments: list[str]) -> int:
    """Run `check` or `update`; returns the exit code."""
    if arguments == ["update"]:
        update()
        return 0
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
