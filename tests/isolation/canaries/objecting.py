"""What somebody contests, and what was said about it, at the agency and at its units."""

from collections.abc import Iterator

from app.cases.transitions import states_of
from app.objections.rules import WORD_KINDS
from tests.isolation.canaries.rows import AT, DAY, Place, Row, Rows


class ObjectionRows(Rows):
    """An objection in every state, with everything that can be said about it."""

    def _contested(self, place: Place, case_id: int, subject_id: int) -> Iterator[Row]:
        """A household that is decided and contested, which its page shows both."""
        taken = self._event(place, "case", case_id, "reported")
        yield "event", taken | {"action": "objection_taken"}
        yield from self._objections(place, case_id, subject_id, ("told",))

    def _objections(
        self,
        place: Place,
        case_id: int,
        subject_id: int,
        states: tuple[str, ...] = states_of("objection"),
    ) -> Iterator[Row]:
        for state in states:
            row = self._base(
                place,
                state=state,
                case_id=case_id,
                subject_id=subject_id,
                finding_id=0,
                item=0 if state in ("lodged", "declined") else 101,
                about=1,
                said_on=DAY,
                by_agency_id=self.agency_id,
                due_on=DAY,
                outcome="",
            )
            row["from_agency_id"] = 0 if place.unit_id else self._sender()
            row["origin_id"] = 0 if place.unit_id else row["id"]
            yield "objection", row
            for kind in WORD_KINDS:
                said = self._base(place, objection_id=row["id"], kind=kind, said_on=DAY)
                said |= {"account_id": 0, "at": AT}
                said["desk_id"] = place.desk_id if kind in ("says", "declined") else 0
                told = {"words": place.tag, "how": ""}
                said["sealed"] = self.keys.seal("objection_word", said["id"], told)
                yield "objection_word", said
            duty = {"place": place, "agency_id": self.agency_id, "objection_id": row["id"]}
            yield "objection_duty", duty | {"account_id": 1, "step": "handle"}
