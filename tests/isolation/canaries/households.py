"""What a household brings: list, package, case, papers, changes."""

from collections.abc import Iterator
from typing import Any

from app.cases.identity import Identity
from app.cases.transitions import NOT_HANDED_IN, states_of
from tests.isolation.canaries.archiving import ArchiveRows
from tests.isolation.canaries.decisions import DecisionRows
from tests.isolation.canaries.integrity import IntegrityRows
from tests.isolation.canaries.objecting import ObjectionRows
from tests.isolation.canaries.office import OfficeRows
from tests.isolation.canaries.registered import periodic_rows
from tests.isolation.canaries.rows import AT, DAY, PERIOD, Place, Row
from tests.isolation.canaries.tip_offs import TipOffRows

NO_LAYOUT: dict[str, Any] = {"places": {}, "in_ten_thousand": [], "fixed": {}}


class HouseholdRows(
    ArchiveRows, DecisionRows, ObjectionRows, OfficeRows, TipOffRows, IntegrityRows
):
    """What a household brings: list, package, case, papers, changes."""

    def _unit_rows(self, place: Place, subjects: list[tuple[int, int]]) -> Iterator[Row]:
        below = place.unit_id == 0
        origin = "below" if below else "unit"
        entrustment = self._base(
            place,
            origin=origin,
            period=PERIOD,
            from_agency_id=self._sender() if below else 0,
            letter_key=self._key(place) if below else None,
            letter_file_id=self.files[place]["letter"],
            submitted_on=DAY,
            submitted_at=AT,
        )
        yield "entrustment", entrustment
        listed = self._base(
            place,
            file_id=self.files[place]["list"],
            error_file_id=self.files[place]["errors"],
            uploaded_by=0,
            uploaded_at=AT,
            households=1,
            subjects=1,
            held_back=1,
        )
        fault = {"row": 2, "column": "name", "code": "nothing_chosen", "values": {}}
        listed["faults_sealed"] = self.keys.seal(
            "subject_list", listed["id"], {"faults": [fault], "total": 1}
        )
        yield "subject_list", listed
        seal = {"place": place, "agency_id": self.agency_id, "entrustment_id": entrustment["id"]}
        seal |= {"case_id": 0, "subject_id": 0, "what": "letter_seal"}
        if self._kind(place) == "commissioning":
            package = self._base(place, entrustment_id=entrustment["id"], on_behalf=True)
            package |= {"digest": place.tag.encode(), "households": 1, "subjects": 1}
            package |= {"held_back": 0, "papers": 1, "imported_by": 0, "imported_at": AT}
            yield "data_package", package
        yield "paper_tick", seal | {"ticked_by": 0, "ticked_at": AT}
        if not below:
            batch = self._base(place, list_id=listed["id"], uploaded_by=0, uploaded_at=AT)
            file = {"name": place.tag, "sheets": [], "problem": place.tag}
            batch["sealed"] = self.keys.seal("paper_batch", batch["id"], {"files": [file]})
            yield "paper_batch", batch
            yield "household_draft", self._draft(place)
        yield (
            "list_layout",
            self._base(
                place, fingerprint=place.tag.encode(), layout=NO_LAYOUT, said_by=1, said_at=AT
            ),
        )
        for state in states_of("case"):
            yield from self._case(place, state, origin, entrustment["id"], listed["id"], subjects)

    def _draft(self, place: Place) -> dict[str, Any]:
        draft = self._base(place, case_id=0, account_id=0, started_at=AT, saved_at=AT)
        typed = {"household": {"household_no": place.tag}, "people": [{"name": place.tag}]}
        draft["sealed"] = self.keys.seal("household_draft", draft["id"], typed)
        return draft

    def _case(
        self,
        place: Place,
        state: str,
        origin: str,
        entrustment_id: int,
        list_id: int,
        subjects: list[tuple[int, int]],
    ) -> Iterator[Row]:
        case = self._base(
            place,
            entrustment_id=None if state in NOT_HANDED_IN else entrustment_id,
            list_id=list_id,
            origin=origin,
            from_agency_id=self._sender() if origin == "below" else 0,
            scheme="subsistence",
            application="new",
            lane="regular",
            region=220182,
            size=1,
            state=state,
            period=PERIOD,
            due_on=DAY,
        )
        name = {"name": place.tag}
        case["head_sealed"] = self.keys.seal("household_case", case["id"], name)
        yield "household_case", case
        subject = self._base(
            place,
            case_id=case["id"],
            row_no=1,
            role="applicant",
            relation="01",
            items=[101],
            left_reason="",
            joined_reason="",
        )
        identity = Identity(place.tag, "id_card", place.tag, place.tag, "220182", "220182")
        subject["sealed"] = self.keys.seal("subject", subject["id"], identity.as_json())
        subject["id_hash"] = self.keys.look_up(place.tag)
        subject["name_hash"] = self.keys.look_up(place.tag)
        yield "subject", subject
        if state == "submitted" and origin == "unit":
            yield from periodic_rows(place, self._base, case["id"])
        yield (
            "authorisation",
            self._base(
                place,
                subject_id=subject["id"],
                signed_on=DAY,
                expires_on=DAY.replace(year=2027),
            ),
        )
        yield "paper", self._paper(place, case_id=case["id"], subject_id=subject["id"])
        declared = {"place": place, "agency_id": self.agency_id, "subject_id": subject["id"]}
        amounts = dict.fromkeys(("monthly_income_fen", "deposits_fen"), 7_000_000 + self.agency_id)
        amounts |= dict.fromkeys(("houses", "vehicles", "businesses"), 1)
        sealed = self.keys.seal("declaration", subject["id"], amounts)
        yield "declaration", declared | {"sealed": sealed}
        duty = {"place": place, "agency_id": self.agency_id, "case_id": case["id"]}
        yield "case_duty", duty | {"account_id": 1, "step": "intake_check"}
        yield "event", self._event(place, "case", case["id"], state)
        if not place.unit_id:
            yield "expedition", self._expedition(place, case["id"])
        yield "household_change", self._change(place, case["id"], subject["id"])
        for kind, given in zip(("member", "number", "name"), states_of("addition"), strict=True):
            yield "addition", self._addition(place, case["id"], kind, given)
        if state == "checking":
            subjects.append((case["id"], subject["id"]))
            yield "look_list", self._look_list(place, case["id"], subject["id"])
            yield from self._matters(place, case["id"])
            yield from self._objections(place, case["id"], subject["id"])
            if not place.unit_id:
                yield from self._tip_offs(place, case["id"])
                yield from self._integrity(place)
        if state in {"checking", "reported"}:
            yield from self._reports(place, case["id"])
        if state in {"reported", "closed"}:
            yield from self._decisions(place, case["id"], state)
            yield from self._contested(place, case["id"], subject["id"])
        yield from self._archived(place, case["id"], state)

    def _look_list(self, place: Place, case_id: int, subject_id: int) -> dict[str, Any]:
        asked = {"asked_as": "self", "proof": "id_card", "first_on": DAY, "last_on": DAY}
        asked |= {"asked_by": 0, "asked_on": DAY, "asked_at": AT}
        row = self._base(place, case_id=case_id, subject_id=subject_id, **asked)
        return row | {"file_id": self.files[place]["look_list"]}

    def _paper(self, place: Place, **where: int) -> dict[str, Any]:
        return self._base(
            place,
            **where,
            kind="authorisation",
            sequence=1,
            file_id=self.files[place]["paper"],
            media_type="image/jpeg",
            size=1,
            uploaded_by=0,
            uploaded_at=AT,
        )

    def _expedition(self, place: Place, case_id: int) -> dict[str, Any]:
        allowed = {"allowed_agency_id": self.agency_id, "allowed_name": place.tag, "aid_on": DAY}
        allowed |= {"allowed_on": DAY, "allowed_at": AT, "reason": place.tag}
        return self._base(place, case_id=case_id, **allowed)

    def _change(self, place: Place, case_id: int, subject_id: int) -> dict[str, Any]:
        change = self._base(
            place,
            kind="consent",
            case_id=case_id,
            subject_id=subject_id,
            happened_on=DAY,
            recorded_by=0,
            recorded_at=AT,
        )
        said = {"reason": place.tag, "remark": place.tag}
        return change | {"sealed": self.keys.seal("household_change", change["id"], said)}

    def _addition(self, place: Place, case_id: int, kind: str, state: str) -> dict[str, Any]:
        row = self._base(
            place,
            kind=kind,
            state=state,
            case_id=case_id,
            happened_on=DAY,
            recorded_by=0,
            recorded_at=AT,
        )
        typed = dict.fromkeys(("name", "id_number", "phone", "relation"), place.tag)
        said = {"row": typed, "code": "birth", "reason": place.tag, "remark": place.tag}
        return row | {"sealed": self.keys.seal("addition", row["id"], said)}
