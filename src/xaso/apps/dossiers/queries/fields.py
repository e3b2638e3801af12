"""Which field of law the procedures of dossiers belong to."""

from django.db.models import QuerySet

from xaso.apps.dossiers.models import Dossier
from xaso.apps.procedures import facade as procedures


def fields_of(rows: QuerySet[Dossier]) -> dict[str, str]:
    """Return the field of each procedure that these dossiers are of, by its code. One query."""
    versions = rows.order_by().values_list("procedure_code", "version_id").distinct()
    return {code: procedures.get_version(version_id).field for code, version_id in versions}


def codes_of_field(rows: QuerySet[Dossier], field: str) -> list[str]:
    """Return the procedures of the field that these dossiers are of. One query."""
    return [code for code, one in fields_of(rows).items() if one == field]
