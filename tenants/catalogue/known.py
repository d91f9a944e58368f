"""The data items that are known here: those of the nation, and those that an agency added (第十条).

An agency's own items begin at n = ``OWN_FROM`` within their kind, so that no code of the nationwide
catalogue is ever one of theirs. Where nobody said how they are read, there are none.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from tenants.catalogue.loading import national
from tenants.catalogue.model import OWN_FROM, Catalogue, DataItem

ReadOwn = Callable[[int | None], Mapping[int, DataItem]]
"""Given a code: the items that the agency in scope ever added, that one among them if it exists;
given None: those that it asks about today."""

_read: list[ReadOwn] = []


def own_items_read_by(read: ReadOwn) -> None:
    """Say how the items of the agency in scope are read."""
    _read[:] = [read]


def is_own(code: int) -> bool:
    """Whether a data item was added by an agency, and means something there only."""
    return code % 100 >= OWN_FROM


@cache
def catalogue() -> Catalogue:
    """The data items of the 17 kinds that ship with the program, and those of the agency in scope:
    ``items[code]`` also finds what it asks about no more, going through them does not."""
    return Catalogue(_Known(), national().kinds)


class _Known(Mapping[int, DataItem]):
    def __getitem__(self, code: int) -> DataItem:
        shipped = national().items.get(code)
        return shipped or _own(code)[code]

    def __iter__(self) -> Iterator[int]:
        return iter(sorted([*national().items, *_own(None)]))

    def __len__(self) -> int:
        return len(national().items) + len(_own(None))


def _own(code: int | None) -> Mapping[int, DataItem]:
    if not _read or (code is not None and not is_own(code)):
        return {}
    return _read[0](code)
