"""Writes the pages in docs/ that are made from the code's own tables: `make flows`. Tests hold the pages against them."""

import os

from tests import address_page, flow_page


def main() -> None:
    """Write the pages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xaso.site.settings.tests")
    import django

    django.setup()
    for made in (flow_page, address_page):
        made.PAGE.write_text(made.page(), encoding="utf-8")
        print(made.PAGE)


if __name__ == "__main__":
    main()
