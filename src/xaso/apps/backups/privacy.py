"""Personal data of this room: none. What is inside a backup is declared by the rooms whose tables and files it holds."""

from xaso.platform.personal_data import NoPerson, no_person

no_person.add(
    NoPerson(
        "backups.BackupRun",
        "id kind planned_for attempt began_at ended_at outcome file_name size_bytes row_count file_count damaged_count"
        " problem problem_values",
    )
)
