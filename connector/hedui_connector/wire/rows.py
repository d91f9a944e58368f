"""Rows of a page against the request that they belong to, wherever it is kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from hedui_connector.wire.faults import Fault, fault
from hedui_connector.wire.models import Answer, End, Head, Line
from hedui_connector.wire.values import answer_faults


def line_faults(head: Head, lines: Sequence[Line], end: End) -> Iterator[Fault]:
    """What is wrong with a page of lines by itself: its numbers, its items, its end."""
    if not lines:
        yield fault("no_rows", "end.count")
        return
    announced = {item.code for item in head.items}
    for row, line in enumerate(lines, start=1):
        expected = lines[0].line + row - 1
        if line.line != expected:
            yield fault("out_of_order", "line", row=row, found=line.line, expected=expected)
            return
        for item in line.items:
            if item not in announced:
                yield fault("item_not_announced", "items", row=row, item=item)
    last, whole = lines[-1].line, head.lines
    if last > whole:
        yield fault("too_many_lines", "line", row=len(lines), lines=whole)
    if end.next != str(last):
        yield fault("cursor_differs", "end.next", found=end.next, expected=last)
    if end.is_last != (last == whole):
        yield fault("last_differs", "end.is_last", lines=whole)


def answer_page_faults(
    head: Head, answers: Sequence[Answer], end: End, asked: Mapping[int, Collection[int]]
) -> Iterator[Fault]:
    """What is wrong with a page of answers by itself; ``asked``: the items of each line in it."""
    if not answers:
        yield fault("no_rows", "end.count")
        return
    items, seen = {item.code: item for item in head.items}, set()
    for row, answer in enumerate(answers, start=1):
        expected, line, item = answers[0].answer + row - 1, answer.line, answer.item
        if answer.answer != expected:
            yield fault("answer_order", "answer", row=row, found=answer.answer, expected=expected)
            return
        if line not in asked:
            yield fault("unknown_line", "line", row=row, line=line, lines=head.lines)
        elif item not in asked[line]:
            yield fault("item_not_asked", "item", row=row, line=line, item=item)
        elif (line, item) in seen:
            yield fault("answer_twice", "item", row=row, line=line, item=item)
        else:
            yield from answer_faults(answer, items[item], row)
        seen.add((line, item))
    if end.next != str(answers[-1].answer):
        yield fault("cursor_differs", "end.next", found=end.next, expected=answers[-1].answer)


def that_fit(texts: Sequence[str], room: int) -> list[str]:
    """As many rows, in their order, as ``room`` bytes hold."""
    for number, text in enumerate(texts):
        room -= len(text.encode()) + 1
        if room < 0:
            return list(texts[:number])
    return list(texts)
