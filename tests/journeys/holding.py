"""Reports held against what was planted, by their text alone."""

from collections.abc import Mapping
from typing import Any

from tenants.catalogue import FieldType, catalogue
from tests.journeys.papers import attachments_of, words_of
from tests.world.expected import Expected, Line, expected
from tests.world.households import Household
from tests.world.plan import AgencyPlan, line_of
from tests.world.world import World

_WORDS = {"hit": "有记录", "no_record": "无记录", "unable": "无法查询", "refused": "拒绝"}


def hold(world: World, household: Household, pdf: bytes) -> None:
    """The merged report, and every tier's report in it, say what they must and no more."""
    must, cover, parts = expected(household), words_of(pdf), attachments_of(pdf)
    tiers = {plan.tier: plan for plan in line_of(world.agency(household.agency))}
    assert len(parts) == len(must.reports)
    said = {tier: _report_of(tiers[tier], parts) for tier in must.reports}
    _hold_cover(household, must, cover)
    for tier, words in said.items():
        assert tiers[tier].name in cover
        _hold_tier(must, tier, words)
        _says_nothing_of_others(must, tier, words)


def _report_of(agency: AgencyPlan, parts: Mapping[str, bytes]) -> str:
    """The text of the report that an agency issued, by its number."""
    (found,) = (pdf for name, pdf in parts.items() if name.startswith(f"{agency.short_name}报-"))
    return words_of(found)


def _hold_cover(household: Household, must: Expected, words: str) -> None:
    assert household.head.name in words
    assert not any(subject.id_number in words for subject in household.subjects)
    for measure, figure in must.figures.items():
        is_money = measure in ("monthly_income", "deposits")
        for amount in (figure.declared, figure.found):
            if amount is not None:
                assert (f"{amount:,.2f}元" if is_money else f"{amount}") in words, measure
    assert words.count("高于限额") == sum(figure.is_over for figure in must.figures.values())
    for conflict in must.conflicts:
        assert conflict["name"] in words
        assert all(f"{float(value):,.2f}元" in words for value in conflict["values"])


def _hold_tier(must: Expected, tier: str, words: str) -> None:
    for outcome, count in must.outcomes(tier).items():
        assert f"{_WORDS[outcome]}{count}项" in words, f"{tier}: {outcome} {count}"
    hits = [line for line in must.lines if line.tier == tier and line.outcome == "hit"]
    assert f"共查得有记录事项{sum(len(line.records) for line in hits)}条" in words
    for line in hits:
        assert line.name in words
        assert line.unit in words
        for record in line.records:
            _hold_record(line, record, words)


def _hold_record(line: Line, record: Mapping[str, Any], words: str) -> None:
    """What is sensitive is masked, all else stands there as the unit wrote it."""
    item = catalogue().item(line.item)
    for field in item.fields:
        value = record.get(field.name)
        if value is None or field.type is FieldType.YES_NO:
            continue
        shown = f"{value:,.2f}元" if field.type is FieldType.MONEY else str(value)
        stands = "".join(shown.split()) in words
        assert stands is not field.sensitive, f"{line.name} {item.title} {field.title}: {shown}"


def _says_nothing_of_others(must: Expected, tier: str, words: str) -> None:
    """哪一级核对由哪一级出具."""
    others = {line.unit for line in must.lines if line.unit and line.tier != tier}
    assert not [unit for unit in others if unit in words]
