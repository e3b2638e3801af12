"""`manage.py check_handbook [folder]`: say what is wrong with a commune's own articles before anybody looks for them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from xaso.apps.portal import handbook
from xaso.apps.portal.options import HANDBOOK_FOLDER


class Command(BaseCommand):
    help = "Kiểm tra bài cẩm nang của xã (check the commune's own articles)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=HANDBOOK_FOLDER.value())

    def handle(self, *args: Any, **options: Any) -> None:
        articles, faults = handbook.read_files(handbook.files_of(options["directory"]))
        for one in articles:
            self.stdout.write(f"{one.address} {', '.join(one.languages)}: {one.title['vi']}")
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(articles)} bài dùng được")
