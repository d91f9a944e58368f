"""A paper that was typed in twice, read by the rules of a file."""

import json
from datetime import date

from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.replies import CheckedReply, Gathered, ReplyLimits
from app.exchange.medium.reply_file import checked_reply
from app.exchange.medium.reply_rows import read_table
from app.exchange.paper.typing import tables


def read_typed(
    data: bytes, asked: AskedRequest, limits: ReplyLimits, *, today: date
) -> CheckedReply:
    """The answers in the settled entries; what was answered meanwhile is a fault of its line."""
    gathered = Gathered(limits.max_faults)
    for number, entries in json.loads(data)["lines"].items():
        line_no = int(number)
        for table in tables(line_no, asked.lines[line_no], entries, asked):
            read_table(table, asked, today, gathered)
    return checked_reply(gathered, asked)
