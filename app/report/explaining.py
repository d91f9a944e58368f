"""What the household explained, what was excluded, and who signed, as the merged report says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.findings.comparison import Compared, counted_told
from app.findings.persons import Person
from app.findings.relations import couples_without_record
from app.matters.telling import ExclusionTold, MatterTold, exclusions_of, matters_of
from app.report.messages import say
from app.report.paper.content import ExplainedMatter
from app.report.showing import amount
from app.web.formats import day
from tenants.catalogue import catalogue


@dataclass(frozen=True)
class Heard:
    """The matters and the signed exclusions of some cases, by case."""

    matters: Mapping[int, Sequence[MatterTold]] = field(default_factory=dict)
    exclusions: Mapping[int, Sequence[ExclusionTold]] = field(default_factory=dict)


def heard_in(case_ids: Sequence[int]) -> Heard:
    """Everything heard and signed in these cases, in a fixed number of statements."""
    return Heard(matters_of(case_ids), exclusions_of(case_ids))


def explained_matters(
    told: Sequence[MatterTold], exclusions: Sequence[ExclusionTold]
) -> tuple[ExplainedMatter, ...]:
    """One row per matter: neutral facts, the household's own words, and who signed when."""
    return tuple(
        ExplainedMatter(
            title=matter.title,
            facts=matter.facts,
            said=tuple(
                say(
                    "report.matters.said",
                    on=day(said.told_on),
                    words=said.words,
                    recorder=said.recorder,
                )
                for said in matter.said
            ),
            settled=_settled(matter, [e for e in exclusions if e.matter_id == matter.id]),
        )
        for matter in told
    )


def _settled(matter: MatterTold, exclusions: Sequence[ExclusionTold]) -> tuple[str, ...]:
    if matter.state == "excluded":
        signers = [
            say(
                "report.matters.signed",
                signer=e.signer,
                on=day(e.signed_on),
                state=e.ground.value.title,
            )
            for e in exclusions
        ]
        return (*signers, say("report.matters.excluded"))
    if matter.state != "signed":
        return (say("report.matters.not_signed"),)
    state = "explained" if matter.said else "unexplained"
    return (
        say(
            "report.matters.signed",
            signer=matter.signer,
            on=day(matter.signed_on),
            state=say(f"report.matters.signed.{state}"),
        ),
    )


def excluded_words(
    row: Compared, people: Sequence[Person], exclusions: Sequence[ExclusionTold]
) -> tuple[str, ...]:
    """What does not enter this measure's sum: whose, how much, the ground, who and when."""
    counted = [person for person in people if person.is_counted]
    whose = {
        told.finding: (person.name, item)
        for person, item, _, told in counted_told(counted, row.measure, catalogue())
    }
    return tuple(
        say(
            "report.comparison.excluded",
            person=whose[each.finding_id][0],
            item=catalogue().item(whose[each.finding_id][1]).title,
            amount=amount(row.measure, each.amount),
            ground=each.ground.value.title,
            note=each.note or each.ground.value.evidence,
            preparer=each.preparer,
            prepared_on=day(each.prepared_on),
            signer=each.signer,
            signed_on=day(each.signed_on),
        )
        for each in exclusions
        if each.finding_id in whose
    )


def relation_remarks(people: Sequence[Person]) -> tuple[str, ...]:
    """Declared couples without a registration: a remark and no more."""
    return tuple(
        say("report.relation.none", head=head, spouse=spouse)
        for head, spouse in couples_without_record(people)
    )
