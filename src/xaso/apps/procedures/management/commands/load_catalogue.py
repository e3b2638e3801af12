"""`manage.py load_catalogue [folder]`: load the catalogue's files, or those of a folder of one's own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from xaso.apps.procedures import facade
from xaso.platform import clock


class Command(BaseCommand):
    help = "Nạp danh mục thủ tục (load the catalogue of procedures)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.CATALOGUE_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = facade.load_catalogue(options["directory"], now=clock.now())
        except facade.CatalogueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{len(done.new)} mới, {done.unchanged} không đổi, {len(done.retired)} thôi áp dụng")
