"""The places that a list may name, as the list rules want to be told about them."""

from collections.abc import Collection, Mapping

from app.intake.cells import KnownRegions
from tenants.regions import find_region


def known_regions(province: int) -> KnownRegions:
    """For the distinct places of a list, as written: those known, each with its code."""

    def known(places: Collection[str]) -> Mapping[str, int]:
        found = {place: find_region(place, province) for place in places}
        return {place: code for place, code in found.items() if code is not None}

    return known
