"""Work of this room in a process of its own: the day's backup and drill, which the job worker starts, and the restore of a drill.

python -m xaso.apps.backups planned backup|drill
python -m xaso.apps.backups restore <backup> <key file> <report.json>
"""

import json
import os
import sys
from pathlib import Path

import django

NICENESS = 10


def main(arguments: list[str]) -> int:
    """Do one piece of work; returns the exit code."""
    os.nice(NICENESS)
    django.setup()
    if arguments[0] == "planned":
        from xaso.apps.backups.jobs import do_planned

        return do_planned(arguments[1])
    return _restore(*map(Path, arguments[1:]))


def _restore(path: Path, key_file: Path, report: Path) -> int:
    from xaso.apps.backups import told
    from xaso.apps.backups.actions.bringing_back import bring_back
    from xaso.apps.backups.opening import read_identities
    from xaso.kernel.errors import Refusal
    from xaso.platform import clock

    try:
        proof = bring_back(path, read_identities(key_file), now=clock.now())
    except Refusal as refusal:
        sys.stdout.write("".join(f"{line}\n" for line in told.refusal_lines(refusal)[:1]))
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in told.proof_lines(proof)))
    figures = {"rows": proof.manifest.facts.row_count, "files": proof.files}
    report.write_text(json.dumps(figures), encoding="utf-8")
    return 0 if proof.is_whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
