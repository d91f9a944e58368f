"""One-off temporary assistance in every state, with everything that can stand beside it."""

from collections.abc import Iterator
from uuid import uuid5

from app.assistance.temporary.rules import CHECKS
from app.cases.transitions import states_of
from tests.isolation.canaries.rows import AT, DAY, Place, Row, Rows

_PEOPLE = {"account_id": 1, "at": AT}


class TemporaryRows(Rows):
    """An application in every state of a department's desk, and what other bureaus see of it."""

    def _temporary(self, place: Place, state: str) -> dict[str, object]:
        told = dict.fromkeys(
            ("name", "id_number", "phone", "address", "employer", "bank", "account", "statement"),
            place.tag,
        )
        row = self._base(place, state=state, locality="work", applied_on=DAY, period=2026)
        row |= {"consent_on": DAY, "consent_until": DAY, "taken_by": 1, "decided_on": DAY}
        row |= {"person_hash": f"{place.tag}{row['id']}".encode(), "amount_fen": 200_000}
        row |= {"refused_ground": "other" if state == "refused" else ""}
        whole = {**told, "is_local": True, "left_on": ""}
        row["sealed"] = self.keys.seal("temporary_application", row["id"], whole)
        return row

    def _temporaries(self, place: Place) -> Iterator[Row]:
        paid = self._base(place, persons=1, amount_fen=7, check_value=place.tag, made_by=1)
        yield "temporary_list", paid | {"made_on": DAY, "made_at": AT}
        for state in states_of("temporary"):
            row = self._temporary(place, state)
            yield "temporary_application", row
            yield from self._beside(place, int(str(row["id"])), paid["id"])

    def _beside(self, place: Place, id_: int, list_id: int) -> Iterator[Row]:
        of = {"application_id": id_}
        sheet = self._base(place, **of, kind="consent", media_type="image/jpeg", uploaded_by=1)
        yield "temporary_paper", sheet | {"file_id": self.files[place]["paper"]}
        visit = self._base(place, **of, visited_on=DAY, proposal="grant", name=place.tag, **_PEOPLE)
        told = {"visitors": place.tag, "findings": place.tag}
        yield "temporary_visit", visit | {"sealed": self._sealed("temporary_visit", visit, told)}
        for kind in CHECKS:
            source = "ledger" if kind == "elsewhere" else "document"
            check = self._base(place, **of, kind=kind, outcome="met", source=source, as_of=DAY)
            check |= {"name": place.tag, **_PEOPLE}
            note = self._sealed("temporary_check", check, {"note": place.tag})
            yield "temporary_check", check | {"sealed": note}
        decided = {"place": place, "agency_id": self.agency_id, **of, "side": "civil"}
        decided |= {"agrees": True, "ground": "", "amount_fen": 7, "decided_on": DAY, **_PEOPLE}
        words = self.keys.seal("temporary_verdict_civil", id_, {"words": place.tag})
        yield "temporary_verdict", decided | {"unit_id": 0, "sealed": words}
        asked = self._base(place, **of, account_id=1, asked_on=DAY, at=AT, is_taken=False)
        yield "temporary_ask", asked
        claim = self._base(place, **of, province=self.agency_id // 10_000, period=2026)
        claim |= {"claim_hash": f"{place.tag}{id_}".encode(), "standing": "held", "held_on": DAY}
        yield "temporary_claim", claim
        payment = self._base(place, **of, list_id=list_id, amount_fen=7, paid_on=None, voucher="")
        yield "temporary_payment", payment | {"returned_on": None, "returned_why": ""}

    def _before_bureau(self, place: Place) -> Iterator[Row]:
        """What a unit of human resources would see: a referral and its verdict."""
        row = self._temporary(Place(self.agency_id), "determining")
        yield "temporary_application", row
        of = {"application_id": row["id"]}
        told = dict.fromkeys(
            ("name", "id_number", "employer", "statement", "visitors", "findings"), place.tag
        )
        whole = {**told, "place": "work", "left_on": "", "proposal": "grant", "checks": []}
        put = self._base(place, **of, put_on=DAY, put_by=1, amount_fen=7, all_met=True, outcome="")
        whole["visited_on"] = DAY.isoformat()
        yield "temporary_referral", put | {"sealed": self._sealed("temporary_referral", put, whole)}
        decided = {"place": place, "agency_id": self.agency_id, **of, "side": "bureau"}
        decided |= {"agrees": True, "ground": "", "amount_fen": 7, "decided_on": DAY, **_PEOPLE}
        words = self.keys.seal("temporary_verdict_bureau", int(str(row["id"])), {"words": "x"})
        yield "temporary_verdict", decided | {"sealed": words}
        for state in states_of("temporary_rule"):
            rule = self._base(place, state=state, key=uuid5(self._key(place), state), rev=0)
            rule |= {"by_agency_id": self.agency_id, "valid_from": DAY, "amount_fen": 7}
            yield "temporary_rule", rule | {"proposed_by": 1, "proposed_on": DAY}

    def _sealed(self, table: str, row: dict[str, object], told: dict[str, object]) -> bytes:
        return self.keys.seal(table, int(str(row["id"])), told)
