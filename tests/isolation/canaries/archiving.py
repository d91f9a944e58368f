"""The files of closed cases: on the shelf and held, to be destroyed, destroyed."""

from collections.abc import Iterator
from typing import Any

from app.cases.transitions import states_of
from tests.isolation.canaries.matters import MatterRows
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row

_OF_CASE = {"closed": "filed", "terminated": "proposed", "recalled": "destroyed"}


class ArchiveRows(MatterRows):
    """The file of a case that ended, in each state; what holds it; sets to be destroyed."""

    def _archived(self, place: Place, case_id: int, case_state: str) -> Iterator[Row]:
        if case_state not in _OF_CASE:
            return
        state = _OF_CASE[case_state]
        sets = {"": 0}
        if state == "proposed":
            for each in states_of("destruction"):
                proposed = self._destruction(place, each)
                sets[each] = proposed["id"]
                yield "archive_destruction", proposed
        kept: dict[str, Any] = {"case_id": case_id, "case_number": place.tag, "period": PERIOD}
        kept |= {"scheme": "subsistence", "year": DAY.year, "closed_on": DAY, "basis": "ended"}
        kept |= {"kept_years": 10, "keep_until": DAY, "shelf": place.tag, "missing": ["papers"]}
        kept |= {"incomplete_reason": place.tag, "subjects": 1, "documents": 1, "findings": 1}
        kept |= {"digest": place.tag.encode(), "filed_on": DAY, "filed_by": 0}
        kept |= {"filer_name": place.tag, "destruction_id": sets.get("proposed", 0)}
        kept |= {"destroyed_at": AT if state == "destroyed" else None}
        row = self._base(place, state=state, **kept)
        yield "archive_file", row | {"number": f"{place.tag}-{row['id']}"}
        held = {"archive_id": row["id"], "kind": "audit", "reason": place.tag, "placed_on": DAY}
        held |= {"placed_by": 0, "placer_name": place.tag}
        yield "archive_hold", self._base(place, **held)

    def _destruction(self, place: Place, state: str) -> dict[str, Any]:
        said: dict[str, Any] = {"state": state, "reason": place.tag, "files": 1}
        said |= {"proposed_on": DAY, "proposed_by": 1, "proposer_name": place.tag}
        said |= {"confirmed_on": DAY, "confirmed_by": 2, "confirmer_name": place.tag}
        said |= {"witnessed_on": DAY, "witnessed_by": 3, "witness_name": place.tag}
        row = self._base(place, **said)
        return row | {"number": f"{place.tag}-{row['id']}"}
