"""Promises of the answers: explicit, each once, the same at every reading, erased at the end."""

from hedui_connector.checking.asking import JSON, Broken
from hedui_connector.checking.stage import Stage
from hedui_connector.wire.models import Answer, Outcome, State, Status
from hedui_connector.wire.values import answer_faults

MOST_PAGES = 10_000


def all_answered(stage: Stage) -> None:
    status = stage.wait_until_answered()
    after = 0
    for _ in range(MOST_PAGES):
        answers, end = stage.read(after)
        stage.answers += answers
        after = int(end.next)
        if end.is_last:
            break
    if len(stage.answers) != status.answers or after != status.answers:
        raise Broken("answer_count", found=len(stage.answers), expected=status.answers)
    if [answer.answer for answer in stage.answers] != list(range(1, after + 1)):
        raise Broken("answer_order")


def every_line_once(stage: Stage) -> None:
    asked = sorted((line.line, code) for line in stage.lines for code in line.items)
    if sorted((answer.line, answer.item) for answer in _answers(stage)) != asked:
        raise Broken("not_each_once")


def records_as_described(stage: Stage) -> None:
    for answer in _answers(stage):
        for fault in answer_faults(answer, stage.item, answer.answer):
            raise Broken("record", answer=answer.answer, fault=fault)


def consent_heeded(stage: Stage) -> None:
    last = [answer for answer in _answers(stage) if answer.line == stage.head.lines]
    if any(answer.outcome is not Outcome.REFUSED for answer in last):
        raise Broken("consent")


def resumed(stage: Stage) -> None:
    """One at a time from the middle on: the same answers as in one page."""
    found: list[Answer] = []
    after = stage.middle
    while after < len(_answers(stage)):
        answers, end = stage.read(after, limit=1)
        if len(answers) != 1 or int(end.next) != after + 1:
            raise Broken("limit")
        found += answers
        after += 1
    if found != stage.answers[stage.middle :]:
        raise Broken("reading_differs")


def read_again(stage: Stage) -> None:
    answers, end = stage.read(0)
    if answers != _answers(stage)[: len(answers)] or (answers, end) != stage.read(0):
        raise Broken("reading_differs")


def beyond_the_end(stage: Stage) -> None:
    answers, end = stage.read(len(_answers(stage)))
    if answers or not end.is_last:
        raise Broken("beyond")


def bad_cursor(stage: Stage) -> None:
    for query in ("after=-1", "after=x", "limit=0", "surprise=1"):
        stage.asker.get(f"{stage.path}/answers?{query}").problem("bad_query")


def taken_wrong_count(stage: Stage) -> None:
    body = f'{{"answers":{len(_answers(stage)) + 1}}}'.encode()
    stage.asker.post(f"{stage.path}/taken", body, JSON).problem("not_answered")


def taken(stage: Stage) -> None:
    body = f'{{"answers":{len(_answers(stage))}}}'.encode()
    for _ in range(2):
        status = stage.asker.post(f"{stage.path}/taken", body, JSON).message(Status)
        if status.state is not State.TAKEN:
            raise Broken("not_taken")
    stage.asker.get(f"{stage.path}/answers").problem("gone")
    if stage.status().state is not State.TAKEN:
        raise Broken("not_taken")


def _answers(stage: Stage) -> list[Answer]:
    if not stage.answers:
        raise Broken("no_answers")
    return stage.answers
