"""Pages of lists that grow for years: counted and turned only so far, since counting all would take longer each year."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST_ROWS = 2_000


class BoundedPaginator(Paginator[Any]):
    """Pages of the first MOST_ROWS rows of a list; `is_cut` tells that there are more. The count reads `counted_by` alone."""

    def __init__(self, rows: QuerySet[Any], per_page: int, *, counted_by: str, most: int = MOST_ROWS) -> None:
        super().__init__(rows, per_page)
        self._counted_by = counted_by
        self._most = most

    @cached_property
    def count(self) -> int:
        """Return how many rows can be turned to. One query."""
        return min(self._found, self._most)

    @cached_property
    def is_cut(self) -> bool:
        """Tell whether there are more rows than can be turned to."""
        return self._found > self._most

    @cached_property
    def _found(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        return rows.order_by().values(self._counted_by)[: self._most + 1].count()
