"""What is found at odds, said by the household, and left out."""

from collections.abc import Iterator
from typing import Any

from app.cases.transitions import states_of
from tenants.catalogue import MeasureName
from tests.isolation.canaries.rows import AT, DAY, Place, Row, Rows


class MatterRows(Rows):
    """What is found at odds, said by the household, and left out."""

    def _matters(self, place: Place, case_id: int) -> Iterator[Row]:
        """A matter in every state, one per measure, each with what the household said."""
        for topic, state in zip(MeasureName, states_of("matter"), strict=True):
            matter = self._base(
                place,
                case_id=case_id,
                kind="measure",
                topic=str(topic),
                state=state,
                opened_on=DAY,
                due_on=DAY,
            )
            content: dict[str, Any] = {"declared": 0, "found": 1, "left_out": 0, "limit": None}
            content |= {"persons": 1, "over_declared": True, "over_limit": False, "findings": []}
            matter["sealed"] = self.keys.seal("matter", matter["id"], content)
            self.matters.setdefault(case_id, matter["id"])
            yield "matter", matter
            said = self._base(place, matter_id=matter["id"], told_on=DAY, account_id=0, at=AT)
            said["sealed"] = self.keys.seal("explanation", said["id"], {"text": place.tag})
            yield "explanation", said

    def _exclusion(self, place: Place, case_id: int, finding_id: int, state: str) -> Row:
        row = self._base(
            place,
            case_id=case_id,
            matter_id=self.matters[case_id],
            finding_id=finding_id,
            ground="held_for_others",
            state=state,
            prepared_by=1,
            prepared_on=DAY,
            prepared_at=AT,
        )
        content = {"amount": 1, "note": Place(self.agency_id).tag}
        return "exclusion", row | {"sealed": self.keys.seal("exclusion", row["id"], content)}
