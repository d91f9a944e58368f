"""What the covering document says: the comparison, the tiers' reports by reference, what is out.

Only the agency that a commissioning unit asked compares: the declarations never left it.
"""

from collections.abc import Iterable, Sequence

from app.cases.models import Subject
from app.cases.queries import declared
from app.cases.sources import TO_NOBODY, TO_PARENT, permits
from app.findings.comparison import compare
from app.findings.disagreement import disagreements
from app.findings.people import people
from app.findings.persons import Person
from app.intake.wording import scope_words
from app.matters.excluding import left_out
from app.report.comparing import comparison_line, uncounted_words
from app.report.explaining import (
    Heard,
    excluded_words,
    explained_matters,
    relation_remarks,
)
from app.report.former import Asked, Former
from app.report.gathering import Household, Surroundings, head_of, source_name
from app.report.limited import limit_remarks
from app.report.messages import long_date, say
from app.report.models import Report
from app.report.paper.content import (
    Conflict,
    IncompleteDecision,
    MergedReport,
    Outstanding,
    TierReport,
)
from app.web.formats import money_with_unit
from tenants import files
from tenants.agency.changes import FormerNames, name_then
from tenants.agency.models import Agency
from tenants.calendar import business_date
from tenants.catalogue import catalogue
from tenants.catalogue.outcomes import Outcome
from tenants.database import db
from tenants.rulebook import rulebook

STILL_OUT = frozenset(
    {
        Outcome.PENDING,
        Outcome.UNANSWERED,
        Outcome.UNABLE,
        Outcome.REFUSED,
        Outcome.UNCOVERED,
        Outcome.UNAUTHORISED,
        Outcome.TERMINATED,
        Outcome.WITHDRAWN,
        Outcome.CEASED,
    }
)
"""Everything that is neither a hit nor "no record": the report names each such item."""


def merged_report(
    household: Household,
    people: Sequence[Person],
    heard: Heard,
    report: Report,
    around: Surroundings,
    former: Former | None,
    asked: Asked,
    parts: Sequence[Report],
    lanes_svg: str,
) -> MergedReport:
    """The covering document of one household over its tiers' current reports ``parts``."""
    case = household.case
    exclusions = heard.exclusions.get(case.id, ())
    limits = rulebook(around.agency.province).limits_for(case.scheme, case.region)
    return MergedReport(
        **head_of(household, report, around, former, asked),
        lanes_svg=lanes_svg,
        comparison=tuple(
            comparison_line(row, limits, excluded_words(row, people, exclusions))
            for row in compare(people, limits.value, catalogue())
        ),
        uncounted=uncounted_words(people),
        matters=explained_matters(heard.matters.get(case.id, ()), exclusions),
        relation_remarks=(*limit_remarks(people), *relation_remarks(people)),
        tier_reports=tuple(tier_report(part, around.former_names) for part in parts),
        conflicts=tuple(_conflicts(household, people)),
        outstanding=tuple(_outstanding(household, around)),
        incomplete=_decision(report),
        authorisation_remarks=tuple(_remarks(household)),
    )


def people_of(found: Iterable[Household], around: Surroundings) -> dict[int, tuple[Person, ...]]:
    """Case id → its subjects with what they declared and what was found about them."""
    cases = list(found)
    law = rulebook(around.agency.province).uncounted.value
    said = declared([subject.id for household in cases for subject in household.subjects])
    taken = left_out([household.case.id for household in cases])
    return {
        household.case.id: people(
            household.subjects,
            household.identities,
            said,
            household.facts,
            household.asks,
            taken,
            law,
            business_date(),
        )
        for household in cases
    }


def tier_report(part: Report, former: FormerNames) -> TierReport:
    """A tier's signed report, exactly as issued."""
    if part.file_id is None or part.issued_on is None:
        raise LookupError(f"report {part.number} has no file")
    issuer = db.session.get_one(Agency, part.by_agency_id)
    stored = files.read(part.file_id, "report")
    return TierReport(
        tier=issuer.tier,
        agency_name=name_then(former, issuer.id, issuer.name, part.issued_on),
        number=part.number,
        issued_on=part.issued_on,
        findings_count=part.findings,
        outcomes={Outcome(int(code)): n for code, n in part.outcomes.items()},
        file_name=f"{part.number.replace(' ', '-')}.pdf",
        pdf=stored.data,
    )


def _conflicts(household: Household, people: Sequence[Person]) -> list[Conflict]:
    sources: dict[tuple[str, int], str] = {
        (household.identities[f.subject].name, f.item): f.source_name for f in household.facts
    }
    return [
        Conflict(
            subject=found.person,
            item_title=say(f"report.measure.{found.measure}")
            if found.measure
            else catalogue().item(found.amounts[0][0]).title,
            values=tuple(
                (
                    source or sources.get((found.person, item), catalogue().item(item).title),
                    money_with_unit(value),
                )
                for item, source, value in found.amounts
            ),
        )
        for found in disagreements(people, catalogue())
    ]


def _outstanding(household: Household, around: Surroundings) -> list[Outstanding]:
    above = around.above(household)
    return [
        Outstanding(
            subject=household.identities[ask.subject_id].name,
            item_title=catalogue().item(item).title,
            holder=_holder(ask.source, above, around),
            outcome=Outcome(outcome),
        )
        for ask in household.asks
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        if Outcome(outcome) in STILL_OUT
    ]


def _holder(source: int, above: str, around: Surroundings) -> str:
    if source == TO_PARENT:
        return above
    return "" if source == TO_NOBODY else source_name(source, around)


def _decision(report: Report) -> IncompleteDecision | None:
    if not report.incomplete_reason or report.issued_on is None:
        return None
    return IncompleteDecision(report.issuer_name, report.issued_on, report.incomplete_reason)


def _remarks(household: Household) -> list[str]:
    withdrawn = {
        subject.id: consent.withdrawn_on
        for subject in household.subjects
        for consent in [household.consents.get(subject.id)]
        if consent is not None and consent.withdrawn_on is not None
    }
    left = [
        say(
            f"report.authorised.left_{subject.left_reason}",
            name=household.identities[subject.id].name,
            on=long_date(subject.left_on),
        )
        for subject in household.subjects
        if subject.left_on is not None
    ]
    return (
        _joined(household)
        + _corrected(household)
        + left
        + [
            say(
                "report.authorised.withdrawn_remark",
                name=household.identities[subject_id].name,
                on=long_date(on),
            )
            for subject_id, on in withdrawn.items()
        ]
        + [
            _unauthorised(household, subject)
            for subject in household.subjects
            if _unauthorised_items(household, subject)
        ]
    )


def _joined(household: Household) -> list[str]:
    return [
        say(
            "report.joined.remark",
            name=household.identities[subject.id].name,
            on=long_date(subject.joined_on),
        )
        for subject in household.subjects
        if subject.joined_on is not None
    ]


def _corrected(household: Household) -> list[str]:
    """Of each number that was wrong, masked, what became of what it told."""
    right = {subject.replaces: subject.id for subject in household.subjects if subject.replaces}
    return [
        say(
            "report.corrected.remark",
            name=household.identities[right[wrong.id]].name,
            number=household.identities[wrong.id].masked_id_number,
        )
        for wrong in household.corrected
        if right.get(wrong.id) in household.identities
    ]


def _unauthorised(household: Household, subject: Subject) -> str:
    name, consent = household.identities[subject.id].name, household.consents.get(subject.id)
    if subject.refused_on is not None:
        return say("report.authorised.refused_remark", name=name)
    unasked = _unauthorised_items(household, subject)
    if consent is not None and not any(permits(consent.scope, item) for item in unasked):
        return say("report.authorised.only_remark", name=name, kinds=scope_words(consent.scope))
    return say("report.authorised.remark", name=name)


def _unauthorised_items(household: Household, subject: Subject) -> list[int]:
    return [
        item
        for ask in household.asks
        if ask.subject_id == subject.id
        for item, outcome in zip(ask.items, ask.outcomes, strict=True)
        if outcome == Outcome.UNAUTHORISED
    ]
