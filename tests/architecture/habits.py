"""Habits of the whole program, each as a search for what breaks it."""

import ast
import re
from collections.abc import Iterator

from app.cases.lifecycle import table_of
from app.cases.transitions import INITIAL, states_of
from migrations.tables import metadata
from tenants.database import Base
from tests.architecture.source import Module, called
from tests.architecture.wall_faults import tells_time

TABLES = {machine: table_of(machine).name for machine in INITIAL}
assert set(TABLES.values()) <= metadata.tables.keys()
FIRST = {
    mapper.class_.__name__: INITIAL[machine]
    for machine, table in TABLES.items()
    for mapper in Base.registry.mappers
    if getattr(mapper.local_table, "name", "") == table
}
STATE_WRITER = "app/cases/lifecycle.py"
COMMITTERS = {"tenants/scope.py", "app/web/factory.py"}
MAY_SPEAK_CHINESE = re.compile(r"(^|_)(messages|forms|names)\.py$")
# Punctuation joins words and is none.
CHINESE = re.compile("[\u2e80-\u2fdf\u3400-\u9fff]")
# A job's state is the queue's, not the lifecycle's (tenants/outbox.py).
HAS_STATES_OF_ITS_OWN = {
    "worker/entry.py",
    "worker/relay.py",
    "tenants/outbox.py",
    "tenants/progress.py",
}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|SET|WHERE)\b")
SETS_STATE = re.compile(r"\bSET\s+([^;]*?,\s*)?state\s*=", re.IGNORECASE | re.DOTALL)


def state_writes(module: Module) -> Iterator[str]:
    """States assigned outside the lifecycle; born with one outside the table of first states."""
    if module.path == STATE_WRITER or module.path in HAS_STATES_OF_ITS_OWN:
        return
    for node in ast.walk(module.tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr == "state":
                yield module.at(node)
    for call in module.calls():
        if called(call) == "setattr" and len(call.args) > 1 and is_text(call.args[1], "state"):
            yield module.at(call)
        if called(call) == "values" and writes_state(call) and follows(call, "update"):
            yield module.at(call)
    for text in module.texts():
        if SETS_STATE.search(text.value):
            yield module.at(text)


def births(module: Module) -> Iterator[str]:
    """Rows born in a state that the table of first states does not know."""
    if module.path in HAS_STATES_OF_ITS_OWN:
        return
    first = frozenset(state for states in INITIAL.values() for state in states)
    for node in ast.walk(module.tree):
        given: list[ast.AST] = []
        if isinstance(node, ast.Call) and not follows(node, "update"):
            given = [k.value for k in node.keywords if k.arg == "state" and is_row(node)]
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            given = [value for key, value in pairs if is_text(key, "state")]
        known = next((FIRST[n] for n in model_names(node) if n in FIRST), first)
        for value in given:
            if isinstance(value, ast.Constant) and value.value not in known:
                yield module.at(node)
    for text in module.texts():
        for machine, table in TABLES.items():
            if f"INSERT INTO {table} " in text.value:
                later = set(states_of(machine)) - set(INITIAL[machine])
                if later & set(re.findall(r"'(\w+)'", text.value)):
                    yield module.at(text)


def model_names(node: ast.AST) -> list[str]:
    """Names that a call or display mentions: the model's among them, where there is one."""
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]


def is_row(call: ast.Call) -> bool:
    """Whether a call makes a row: ``insert(…).values(…)`` or a model's class."""
    return called(call) == "values" or called(call)[:1].isupper()


def writes_state(call: ast.Call) -> bool:
    named = any(keyword.arg == "state" for keyword in call.keywords)
    given = [key for arg in call.args if isinstance(arg, ast.Dict) for key in arg.keys]
    return named or any(is_text(key, "state") for key in given if key is not None)


def follows(call: ast.Call, name: str) -> bool:
    """Whether a chain of calls (``update(Case).where(…).values(…)``) begins with ``name``."""
    at: ast.AST = call
    while True:
        if isinstance(at, ast.Call):
            if called(at) == name:
                return True
            at = at.func
        elif isinstance(at, ast.Attribute):
            at = at.value
        else:
            return False


def is_text(node: ast.AST | None, value: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def commits(module: Module) -> Iterator[str]:
    """Transactions ended outside the two places that own them (DESIGN §3.6)."""
    if module.path not in COMMITTERS:
        for call in module.calls():
            if called(call) in {"commit", "rollback", "begin_nested"}:
                yield module.at(call)


def composed_sql(module: Module) -> Iterator[str]:
    """SQL put together where it is run: only constants of the module may be joined."""
    constants = module_constants(module)
    for call in module.calls():
        if (
            called(call) not in {"text", "exec_driver_sql", "literal_column", "DDL"}
            or not call.args
        ):
            continue
        if called(call) == "text" and not isinstance(call.func, ast.Name):
            continue
        if not is_constant(call.args[0], constants):
            yield module.at(call)


def module_constants(module: Module) -> set[str]:
    """Names that the module binds once, at its top, to something written in it."""
    constants: set[str] = set()
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        constants |= {target.id for target in targets if isinstance(target, ast.Name)}
    return constants


def is_constant(node: ast.AST, constants: set[str]) -> bool:
    """Whether SQL is written out: a literal, a constant of the module, or a join of these. A
    variable of a loop over such constants counts (``text(sql) for sql in (_OPEN, *_ENTER)``)."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Name):
        return node.id in constants
    if isinstance(node, ast.JoinedStr):
        return all(is_constant(part, constants) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return is_constant(node.value, constants)
    if isinstance(node, ast.BinOp):
        return is_constant(node.left, constants) and is_constant(node.right, constants)
    return False


def chinese_texts(module: Module) -> Iterator[str]:
    """Words for people outside the tables that hold them."""
    if not MAY_SPEAK_CHINESE.search(module.name):
        for text in module.texts():
            if CHINESE.search(text.value):
                yield f"{module.at(text)} {text.value[:20]!r}"


def database_clocks(module: Module) -> Iterator[str]:
    """SQL or calls that read the database's clock (DESIGN §3.10)."""
    for text in module.texts():
        if SQL.search(text.value) and tells_time(text.value):
            yield module.at(text)
    for call in module.calls():
        name, owner = called(call), getattr(getattr(call.func, "value", None), "id", "")
        if name in {"now", "current_timestamp", "current_date"} and owner == "func":
            yield module.at(call)


def own_clocks(module: Module) -> Iterator[str]:
    """Time read past the two clocks of tenants/calendar.py; monotonic waits are no clock."""
    if module.path == "tenants/calendar.py":
        return
    for call in module.calls():
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if called(call) in {"now", "utcnow", "today"} and owner is not None:
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name in {"datetime", "date"}:
                yield module.at(call)
        if called(call) == "time" and getattr(owner, "id", "") == "time":
            yield module.at(call)


def swallowed(module: Module) -> Iterator[str]:
    """Errors caught to be passed over, and the widest nets; the worker's one says why."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        names = (
            {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else set()
        )
        if node.type is None or "Exception" in names and module.path != "worker/entry.py":
            yield module.at(node)
        if len(node.body) == 1 and isinstance(node.body[0], ast.Pass):
            yield module.at(node)
