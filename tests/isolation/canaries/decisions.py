"""What was decided on a household: one that is open, and one that was corrected."""

from collections.abc import Iterator
from typing import Any

from tests.isolation.canaries.matters import MatterRows
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row


class DecisionRows(MatterRows):
    """What was decided on a household: one that is open, and one that was corrected."""

    def _decisions(self, place: Place, case_id: int, state: str) -> Iterator[Row]:
        said: dict[str, Any] = {"case_id": case_id, "scheme": "subsistence", "way": "letter"}
        said |= {"recorded_by": 0, "recorder_name": place.tag, "recorded_on": DAY}
        said |= {"recorded_at": AT, "sealed": None, "amount_fen": None, "replaced_by": 0}
        said |= {"decided_on": None, "decided_month": 0, "from_period": 0}
        if state == "reported":
            row = self._base(place, **said, version=1, outcome="open")
            row["sealed"] = self.keys.seal("decision", row["id"], {"reason": place.tag})
            yield "decision", row
            return
        said |= {"decided_on": DAY, "decided_month": PERIOD}
        newer = self._base(place, **said, version=2, outcome="granted")
        older = self._base(place, **said, version=1, outcome="refused")
        yield "decision", older | {"replaced_by": newer["id"]}
        yield "decision", newer | {"amount_fen": 56_000, "from_period": PERIOD}
