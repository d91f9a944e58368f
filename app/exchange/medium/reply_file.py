"""A sharing unit's reply, read and held against what was asked.

Jilin 2017/58, procedure 3(1)3: the unit reports the results of its query to the agency.
"""

from datetime import date

from app.exchange.medium.asked import AskedRequest
from app.exchange.medium.layout import layout
from app.exchange.medium.manifest import check_manifest
from app.exchange.medium.reconciliation import reconcile
from app.exchange.medium.replies import Answer, CheckedReply, Gathered, ReplyLimits
from app.exchange.medium.reply_parts import OpenedReply, open_reply
from app.exchange.medium.reply_rows import read_table
from app.exchange.medium.stamp import same_stamp
from tenants.messages import Fault

# What a file claims is shown so far and no further.
_SHOWN = 60


def read_reply(
    data: bytes,
    filename: str,
    asked: AskedRequest,
    password: str | None,
    limits: ReplyLimits,
    *,
    today: date,
) -> CheckedReply:
    """Read a returned file: the filled template (xlsx), or a ZIP with it or with csv files.

    ``password`` is the package's, used when the ZIP is encrypted; ``today`` is the business date.
    A part of the rows may stay open: they are ``reconciliation.missing``. Raises :class:`Fault`
    for what spoils the file, nothing being taken; faults of rows are in the result.
    """
    opened = open_reply(data, filename, password, limits.workbook)
    _check_origin(opened, asked)
    if opened.manifest is not None:
        check_manifest(opened.manifest, asked, opened.unchanged)
    gathered = Gathered(limits.max_faults)
    for table in opened.tables:
        read_table(table, asked, today, gathered)
    return checked_reply(gathered, asked)


def _check_origin(opened: OpenedReply, asked: AskedRequest) -> None:
    """A reply that cannot be traced to what was sent is refused: every head in it must match."""
    if not any(head.get("stamp") for head in opened.heads):
        raise Fault("reply_stamp_missing")
    for head in opened.heads:
        _check_head(head.get("request_no", ""), head.get("unit_name", ""), asked)
        if not same_stamp(asked.stamp, head.get("stamp", "")):
            raise Fault("reply_stamp_wrong")
        version = head.get("version", str(layout().version))
        if version != str(layout().version):
            raise Fault("reply_version", found=version[:_SHOWN], expected=layout().version)


def _check_head(request_no: str, unit_name: str, asked: AskedRequest) -> None:
    if request_no != asked.request_no:
        found = request_no[:_SHOWN]
        raise Fault("reply_other_request", found=found, expected=asked.request_no)
    if unit_name != asked.unit_name:
        raise Fault("reply_other_unit", found=unit_name[:_SHOWN], expected=asked.unit_name)


def checked_reply(gathered: Gathered, asked: AskedRequest) -> CheckedReply:
    """What all rows of a file come to; with any fault nothing of it is taken."""
    refused = gathered.faults_found > 0
    outcomes = {} if refused else gathered.outcomes
    answers = tuple(
        Answer(
            line_no,
            item,
            outcome,
            gathered.as_of.get((line_no, item)),
            layout().marks["then"].join(gathered.remarks.get((line_no, item), ())),
        )
        for (line_no, item), outcome in outcomes.items()
    )
    return CheckedReply(
        answers=answers,
        records=() if refused else tuple(gathered.records),
        reconciliation=reconcile(asked.pairs(), {**asked.answered, **outcomes}),
        faults=tuple(gathered.faults),
        faults_found=gathered.faults_found,
        repeated=gathered.repeated,
    )
