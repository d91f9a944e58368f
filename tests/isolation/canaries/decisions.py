"""What was decided on a household: one that is open, and one that was corrected."""

from collections.abc import Iterator
from typing import Any

from tests.isolation.canaries.matters import MatterRows
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row


class DecisionRows(MatterRows):
    """What was decided on a household: one that is open, and one that was corrected."""

    def _decisions(self, place: Place, case_id: int, state: str) -> Iterator[Row]:
        said: dict[str, Any] = {"case_id": case_id, "scheme": "subsistence", "way": "letter"}
        said |= {
            "recorded_by": 0,
            "recorder_name": place.tag,
            "recorded_on": DAY,
            "recorded_at": AT,
        }
        if state == "reported":
            row = self._base(place, **said, version=1, outcome="open")
            row["sealed"] = self.keys.seal("decision", row["id"], {"reason": place.tag})
            yield "decision", row
            return
        newer = self._base(place, **said, version=2, outcome="granted", decided_month=PERIOD)
        newer |= {"amount_fen": 56_000, "from_period": PERIOD, "decided_on": DAY}
        older = self._base(place, **said, version=1, outcome="refused", decided_month=PERIOD)
        yield "decision", older | {"decided_on": DAY, "replaced_by": newer["id"]}
        yield "decision", newer
