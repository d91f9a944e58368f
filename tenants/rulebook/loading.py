"""Reads the provinces' files and refuses what does not hold together, naming file and key."""

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from tenants.catalogue import national
from tenants.rulebook.model import (
    AmountKind,
    EvaluationItem,
    Ground,
    InsuranceRule,
    Limits,
    LookLimits,
    PaperCheck,
    Rulebook,
    Scheme,
    SubjectRole,
    Tier,
    Uncounted,
    Value,
)
from tenants.rulebook.outward import (
    COLUMNS,
    CONFIRMS,
    EVERY,
    FULLS,
    WAYS,
    OutwardFlow,
    Retirement,
    Rhythm,
    WorkingAge,
)
from tenants.rulebook.windows import Moves, OnRestDay, Window, Windows

T = TypeVar("T")
Parse = Callable[[Any], T]
FOLDER = Path(__file__).parent
NONE = "none"
ARCHIVE_BASES = {"granted", "changed", "stopped", "refused", "ended", "contested"}
_MARKS = {"article", "source", "note"}
_LIMITS = ("monthly_income_fen", "deposits_fen", "houses", "vehicles", "businesses")


def rulebook(province_code: int) -> Rulebook:
    """The rulebook of a province (two digits, 22 for Jilin); ``KeyError`` when it has none."""
    return rulebooks()[province_code]


@cache
def rulebooks() -> Mapping[int, Rulebook]:
    """All rulebooks that ship with the program by province code, read and checked once."""
    found: dict[int, Rulebook] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        book = load_rulebook(path)
        if book.province in found:
            raise ValueError(f"{path.name}: province {book.province} has two rulebooks")
        found[book.province] = book
    return found


def load_rulebook(path: Path) -> Rulebook:
    """The rulebook in one file; ``ValueError`` names the file and the key that is wrong."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    try:
        return _read(raw)
    except KeyError as missing:
        raise ValueError(f"{path.name}: {missing.args[0]} is missing") from missing
    except ValueError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong


def _read(raw: dict[str, Any]) -> Rulebook:
    book = Rulebook(
        province=_in(1, 99)(raw.pop("province")),
        name=str(raw.pop("name")),
        legal_basis=str(raw.pop("legal_basis")),
        windows=_valued(raw, "windows", _windows),
        windows_on_rest_days=_valued(raw, "windows_on_rest_days", _moves),
        reply_working_days=_valued(raw, "reply_working_days", _in(1, 60)),
        extension_max_working_days=_valued(raw, "extension_max_working_days", _in(0, 60)),
        human_resources_reply_working_days=_valued(
            raw, "human_resources_reply_working_days", _in(1, 60)
        ),
        answer_to_human_resources_working_days=_valued(
            raw, "answer_to_human_resources_working_days", _in(1, 60)
        ),
        reminder_working_days=_valued(raw, "reminder_working_days", _in(0, 10)),
        escalation_working_days=_valued(raw, "escalation_working_days", _in(0, 30)),
        agreed_reply_working_days_most=_valued(
            raw, "agreed_reply_working_days_most", _or_none(_in(1, 250))
        ),
        precedence=_valued(raw, "precedence", _precedence),
        duty_people=_valued(raw, "duty_people", _in(3, 3)),
        exchange_operators=_valued(raw, "exchange_operators", _in(2, 2)),
        intake_check_for_delegations=_valued(raw, "intake_check_for_delegations", _yes_or_no),
        desks_may_entrust=_valued(raw, "desks_may_entrust", _yes_or_no),
        archive_years=_valued(raw, "archive_years", _archive_years),
        paper_check=_valued(raw, "paper_check", PaperCheck),
        authorisation_max_months=_valued(raw, "authorisation_max_months", _in(1, 120)),
        guardian_below_age=_valued(raw, "guardian_below_age", _in(0, 18)),
        expedited_schemes=_valued(raw, "expedited_schemes", _schemes),
        expedited_report_working_days=_valued(raw, "expedited_report_working_days", _in(1, 60)),
        tier_working_days=_valued(raw, "tier_working_days", _in(1, 5)),
        uncounted=_valued(raw, "uncounted", _uncounted),
        sign_off_required=_valued(raw, "sign_off_required", _yes_or_no),
        waiting_list_days=_valued(raw, "waiting_list_days", _in(3, 60)),
        explanation_working_days=_valued(raw, "explanation_working_days", _in(1, 30)),
        objection_working_days=_valued(raw, "objection_working_days", _in(1, 250)),
        objection_answer_working_days=_valued(raw, "objection_answer_working_days", _in(1, 60)),
        tip_off_days=_valued(raw, "tip_off_days", _in(1, 366)),
        integrity_months=_valued(raw, "integrity_months", _in(1, 60)),
        integrity_appeal_working_days=_valued(raw, "integrity_appeal_working_days", _in(1, 60)),
        late_answers_replace=_valued(raw, "late_answers_replace", _yes_or_no),
        store_fresh_days=_valued(raw, "store_fresh_days", _in(1, 400)),
        store_kept_days=_valued(raw, "store_kept_days", _in(31, 3660)),
        decision_feedback_by=_valued(raw, "decision_feedback_by", _in(1, 28)),
        decision_amounts=_valued(raw, "decision_amounts", _amounts),
        periodic_sample_percent=_valued(raw, "periodic_sample_percent", _in(1, 100)),
        insurance_rule=_valued(raw, "insurance_rule", _insurance),
        temporary_months=_valued(raw, "temporary_months", _in(1, 12)),
        temporary_once=_valued(raw, "temporary_once", _once),
        small_count=_valued(raw, "small_count", _in(0, 100)),
        evaluation_items=_evaluation(raw.pop("evaluation_items")),
        evaluation_reply_working_days=_valued(raw, "evaluation_reply_working_days", _in(1, 60)),
        looks=_valued(raw, "looks", _looks),
        undertaking_to_unmask=_valued(raw, "undertaking_to_unmask", _yes_or_no),
        working_age=_valued(raw, "working_age", _working_age),
        outward_flows=_outward(raw.pop("outward_flows")),
        answered_to_human_resources=_valued(raw, "answered_to_human_resources", _item_codes),
        exclusion_grounds=_grounds(raw.pop("exclusion_grounds")),
        matrix=_matrix(raw.pop("matrix"), raw.pop("item_sets")),
        limits=_limits(raw.pop("limits")),
    )
    _require(not raw, f"unknown {sorted(raw)}")
    _require_defaults(book)
    return book


def _valued(raw: dict[str, Any], name: str, parse: Parse[T]) -> Value[T]:
    """The value under ``name`` with its mark; either an article or ``source = "ours"``."""
    try:
        return _marked(raw.pop(name), lambda table: parse(table["value"]), {"value"})
    except ValueError as wrong:
        raise ValueError(f"{name}: {wrong}") from wrong


def _marked(table: Any, parse: Parse[T], own_keys: set[str]) -> Value[T]:
    _require(isinstance(table, dict), "needs a value and its article")
    unknown = table.keys() - own_keys - _MARKS
    _require(not unknown, f"unknown {sorted(unknown)}")
    ours = table.get("source") == "ours"
    _require("source" not in table or ours, "source can only be ours")
    _require(ours != bool(table.get("article")), "needs an article, or source ours, not both")
    return Value(parse(table), table.get("article", ""), table.get("note", ""))


def _windows(raw: Any) -> Windows:
    _require(
        isinstance(raw, dict) and raw.keys() == {"intake", "exchange", "report"}, "three windows"
    )
    return Windows(**{name: _window(window) for name, window in raw.items()})


def _window(raw: Any) -> Window | None:
    if raw == NONE:
        return None
    _require(
        isinstance(raw, dict) and raw.keys() == {"title", "first", "last"}, f"no window: {raw}"
    )
    return Window(str(raw["title"]), _in(1, 31)(raw["first"]), _in(1, 31)(raw["last"]))


def _moves(raw: Any) -> Moves:
    _require(
        isinstance(raw, dict) and raw.keys() == {"intake", "exchange", "report"}, "three windows"
    )
    return Moves(**{name: OnRestDay(move) for name, move in raw.items()})


def _precedence(raw: Any) -> tuple[Tier, ...]:
    _require(sorted(raw) == sorted(Tier), "names every tier once")
    return tuple(Tier(tier) for tier in raw)


def _schemes(raw: Any) -> frozenset[Scheme]:
    _require(isinstance(raw, list), "needs a list of schemes")
    return frozenset(Scheme(scheme) for scheme in raw)


def _once(raw: Any) -> str:
    _require(raw in ("year", "ever"), f"{raw!r} is neither year nor ever")
    return str(raw)


def _amounts(raw: Any) -> Mapping[Scheme, AmountKind]:
    _require(isinstance(raw, dict) and raw.keys() == set(Scheme), "needs every scheme")
    return {Scheme(scheme): AmountKind(kind) for scheme, kind in raw.items()}


def _archive_years(raw: Any) -> Mapping[str, int | None]:
    """How a case ended → the years that its file is kept; None for one kept for good."""
    _require(isinstance(raw, dict) and raw.keys() == ARCHIVE_BASES, "needs every way to end")
    return {str(basis): _or_none(_in(1, 100))(years) for basis, years in raw.items()}


def _uncounted(raw: Any) -> Uncounted:
    known = {"roles", "relations", "departed"}
    _require(isinstance(raw, dict) and raw.keys() == known, f"needs {sorted(known)}")
    return Uncounted(
        roles=frozenset(SubjectRole(role) for role in raw["roles"]),
        relations=frozenset(str(code) for code in raw["relations"]),
        departed=_yes_or_no(raw["departed"]),
    )


def _looks(raw: Any) -> LookLimits:
    most = {"from_hour": 12, "to_hour": 24, "run": 1000, "minutes": 240, "people": 1000}
    most |= {"answer_working_days": 30}
    _require(isinstance(raw, dict) and raw.keys() == most.keys(), f"needs {sorted(most)}")
    return LookLimits(**{name: _in(1, top)(raw[name]) for name, top in most.items()})


def _grounds(rows: list[dict[str, Any]]) -> Mapping[str, Value[Ground]]:
    known = {"code", "title", "evidence"}

    def parse(row: Mapping[str, Any]) -> Ground:
        return Ground(str(row["code"]), str(row["title"]), str(row["evidence"]))

    grounds = [_marked(row, parse, known) for row in rows]
    found = {ground.value.code: ground for ground in grounds}
    _require(0 < len(found) == len(rows), "exclusion_grounds: none, or one exists twice")
    return found


def _evaluation(rows: list[dict[str, Any]]) -> Mapping[str, Value[EvaluationItem]]:
    known = {"code", "title", "measure", "weight", "target"}

    def parse(row: Mapping[str, Any]) -> EvaluationItem:
        measure, target = str(row["measure"]), _in(0, 100)(row["target"])
        _require(bool(measure) is (target > 0), f"{row['code']}: a measure has a target")
        weight = _in(1, 100)(row["weight"])
        return EvaluationItem(str(row["code"]), str(row["title"]), measure, weight, target)

    items = [_marked(row, parse, known) for row in rows]
    found = {item.value.code: item for item in items}
    _require(len(found) == len(rows), "evaluation_items: one exists twice")
    total = sum(item.value.weight for item in items)
    _require(total == 100, f"evaluation_items: the weights come to {total}, not to 100")
    return found


def _insurance(raw: Any) -> InsuranceRule:
    known = {"from_age", "covered", "schemes", "due_days", "reason_days", "every_months"}
    _require(isinstance(raw, dict) and raw.keys() == known, f"needs {sorted(known)}")
    return InsuranceRule(
        from_age=_in(0, 60)(raw["from_age"]),
        covered=frozenset(str(code) for code in raw["covered"]),
        schemes=tuple(sorted(_schemes(raw["schemes"]))),
        due_days=_in(1, 366)(raw["due_days"]),
        reason_days=_in(31, 3660)(raw["reason_days"]),
        every_months=_in(1, 12)(raw["every_months"]),
    )


def _working_age(raw: dict[str, Any]) -> WorkingAge:
    def retirement(row: dict[str, Any]) -> Retirement:
        return Retirement(
            _in(40, 80)(row["age"]),
            _in(190001, 209912)(row["deferred_from"]),
            _in(1, 60)(row["months_per_step"]),
            _in(0, 120)(row["most_months"]),
        )

    return WorkingAge(
        _in(14, 20)(raw["from_age"]),
        retirement(raw["male"]),
        retirement(raw["female"]),
        _in(40, 80)(raw["premium_until"]),
    )


def _item_codes(raw: list[int]) -> tuple[int, ...]:
    _require(set(raw) <= set(national().items), "an item that the catalogue does not have")
    return tuple(sorted(raw))


def _outward(rows: list[dict[str, Any]]) -> Mapping[str, Value[OutwardFlow]]:
    words = ("code", "title", "recipient", "purpose")
    choices = {"way": WAYS, "full": FULLS, "every": tuple(EVERY), "confirm": CONFIRMS}
    marks = ("working_age_only", "needs_authorisation")

    def parse(row: Mapping[str, Any]) -> OutwardFlow:
        for name, known in choices.items():
            _require(row[name] in known, f"{row['code']}: {name} is one of {known}")
        _require(set(row["columns"]) <= set(COLUMNS), f"{row['code']}: columns are of {COLUMNS}")
        _require(row["day"] in EVERY[row["every"]], f"{row['code']}: no such day")
        return OutwardFlow(
            columns=tuple(code for code in COLUMNS if code in row["columns"]),
            schemes=tuple(str(Scheme(scheme)) for scheme in row["schemes"]),
            working_age_only=bool(row["working_age_only"]),
            needs_authorisation=bool(row["needs_authorisation"]),
            code=str(row["code"]),
            title=str(row["title"]),
            recipient=str(row["recipient"]),
            purpose=str(row["purpose"]),
            way=str(row["way"]),
            full=str(row["full"]),
            rhythm=Rhythm(str(row["every"]), int(row["day"])),
            confirm=str(row["confirm"]),
        )

    known = {*words, *choices, *marks, "schemes", "columns", "day"}
    items = [_marked(row, parse, known) for row in rows]
    found = {item.value.code: item for item in items}
    _require(len(found) == len(rows), "outward_flows: one exists twice")
    return found


def _matrix(
    raw: Mapping[str, Any], sets: Mapping[str, Any]
) -> Mapping[Scheme, Value[Mapping[SubjectRole, frozenset[int]]]]:
    for name, items in sets.items():
        unknown = set(items) - national().items.keys()
        _require(not unknown, f"item_sets.{name}: unknown {sorted(unknown)}")
    _require(raw.keys() == set(Scheme), "matrix: needs every scheme")
    roles = set(SubjectRole)

    def parse(table: Mapping[str, Any]) -> Mapping[SubjectRole, frozenset[int]]:
        _require(roles <= table.keys(), "matrix: needs every role")
        unknown = {table[role] for role in roles} - sets.keys()
        _require(not unknown, f"matrix: unknown {sorted(unknown)}")
        return {role: frozenset(sets[table[role]]) for role in SubjectRole}

    return {Scheme(scheme): _marked(raw[scheme], parse, {*roles}) for scheme in raw}


def _limits(rows: list[dict[str, Any]]) -> Mapping[tuple[Scheme, int], Value[Limits]]:
    found: dict[tuple[Scheme, int], Value[Limits]] = {}
    for row in rows:
        where = f"limits of {row.get('scheme')} in {row.get('region')}"
        try:
            limits = _marked(row, _read_limits, {"scheme", "region", *_LIMITS})
        except ValueError as wrong:
            raise ValueError(f"{where}: {wrong}") from wrong
        key = (limits.value.scheme, limits.value.region)
        _require(key not in found, f"{where}: exist twice")
        found[key] = limits
    return found


def _read_limits(row: Mapping[str, Any]) -> Limits:
    figures = (None if row[name] == NONE else _in(0, 10**9)(row[name]) for name in _LIMITS)
    return Limits(Scheme(row["scheme"]), _in(110000, 829999)(row["region"]), *figures)


def _require_defaults(book: Rulebook) -> None:
    for scheme, region in book.limits:
        _require(region // 10000 == book.province, f"limits of {scheme}: {region} lies elsewhere")
    for scheme in Scheme:
        default = (scheme, book.province * 10000)
        _require(default in book.limits, f"limits of {scheme}: no default of the province")


def _in(least: int, most: int) -> Parse[int]:
    def parse(raw: Any) -> int:
        _require(type(raw) is int and least <= raw <= most, f"{raw!r} is not {least} to {most}")
        return int(raw)

    return parse


def _or_none(parse: Parse[int]) -> Parse[int | None]:
    return lambda raw: None if raw == NONE else parse(raw)


def _yes_or_no(raw: Any) -> bool:
    _require(isinstance(raw, bool), f"{raw!r} is neither true nor false")
    return bool(raw)


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise ValueError(problem)
