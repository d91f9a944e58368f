"""Where answers come from: real databases, files as offices save them, and what they hold."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import Column, Date, MetaData, Numeric, String, Table, create_engine, insert

from hedui_connector.settings.model import AsOf, ItemQuery
from hedui_connector.sources.base import QueryFault, SourceUnavailable
from hedui_connector.sources.conversion import NotOfKind, as_day, as_fen, converted
from hedui_connector.sources.database import DatabaseSource
from hedui_connector.sources.folder import FolderSource
from hedui_connector.sources.reading import FileFault, read_rows
from hedui_connector.wire.models import FieldType, ItemField
from scripts.mariadb import start_mariadb
from tests.connector.unit import LI, WANG, ZHAO
from tests.servers import HOME, running_servers

# SQLite has no decimals; what it gives back is converted like all the rest.
pytestmark = pytest.mark.filterwarnings("ignore:Dialect sqlite")
IN_LIST = ItemQuery(
    sql="SELECT id_no AS id_number, bank, balance, as_of FROM deposits"
    " WHERE id_no IN :id_numbers ORDER BY balance",
    as_of=AsOf(query="SELECT MAX(as_of) FROM deposits"),
)
BY_TABLE = ItemQuery(
    sql="SELECT id_no AS id_number, bank, balance, as_of FROM deposits"
    " JOIN hedui_asked ON hedui_asked.id_number = deposits.id_no ORDER BY balance"
)
# 孙丽's number stands in the bank's database with a small x.
SUN = "22010219600101123X"
ROWS = [
    (SUN.lower(), "示例银行九台支行", Decimal("9.00"), dt.date(2026, 9, 1)),
    (WANG, "示例银行长春支行", Decimal("12500.50"), dt.date(2026, 10, 31)),
    (WANG, "示例银行长春支行", Decimal("80000.00"), dt.date(2026, 10, 31)),
    (LI, "示例银行双阳支行", Decimal("3.20"), dt.date(2026, 9, 30)),
]


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/bank.sqlite"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with running_servers() as servers:
        servers.postgres.sql("CREATE DATABASE hedui_test_bank")
        try:
            yield servers.postgres.url("hedui_owner", "hedui_test_bank")
        finally:
            servers.postgres.sql("DROP DATABASE hedui_test_bank WITH (FORCE)")


@pytest.fixture(scope="module")
def mariadb() -> Iterator[str]:
    server = start_mariadb(HOME)
    try:
        engine = create_engine(server.url())
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE DATABASE bank")
        engine.dispose()
        yield server.url("bank")
    finally:
        server.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "mariadb"])
def bank(request) -> Iterator[DatabaseSource]:
    """The same bank in each kind of database."""
    source = DatabaseSource(request.getfixturevalue(request.param))
    table = Table(
        *("deposits", MetaData(), Column("id_no", String(20)), Column("bank", String(50))),
        *(Column("balance", Numeric(15, 2)), Column("as_of", Date)),
    )
    with source.engine.begin() as connection:
        table.create(connection)
        names = [column.name for column in table.columns]
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in ROWS])
    yield source
    source.close()


def as_sent(row) -> tuple:
    number, bank, balance, day = row.values()
    return number, bank, as_fen(balance), as_day(day)


@pytest.mark.parametrize("query", [IN_LIST, BY_TABLE], ids=["in a list", "by a table"])
def test_persons_are_found_in_every_database(bank, query) -> None:
    for _ in range(2):
        found = [as_sent(row) for row in bank.look_up(query, [WANG, LI, ZHAO])]
        assert found == [
            (LI, "示例银行双阳支行", 320, dt.date(2026, 9, 30)),
            (WANG, "示例银行长春支行", 1250050, dt.date(2026, 10, 31)),
            (WANG, "示例银行长春支行", 8000000, dt.date(2026, 10, 31)),
        ]
    assert list(bank.look_up(query, [ZHAO])) == []


def test_a_small_x_hides_nobody(bank) -> None:
    assert [as_sent(row)[2] for row in bank.look_up(IN_LIST, [SUN, ZHAO])] == [900]


def test_a_thousand_persons_go_into_one_query(bank) -> None:
    numbers = [f"{n:018d}" for n in range(999)]
    assert len(list(bank.look_up(IN_LIST, [*numbers, LI]))) == 1
    assert len(list(bank.look_up(BY_TABLE, [*numbers, LI]))) == 1


@pytest.mark.parametrize("query", [IN_LIST, BY_TABLE], ids=["in a list", "by a table"])
def test_the_columns_are_told_without_a_person(bank, query) -> None:
    assert bank.columns(query) == ["id_number", "bank", "balance", "as_of"]


def test_the_day_comes_from_a_query(bank) -> None:
    assert str(bank.as_of(IN_LIST)) == "2026-10-31"


@pytest.mark.parametrize("sql", [
    "SELECT nothing FROM deposits WHERE id_no IN :id_numbers",
    "SELECT id_no FROM no_table WHERE id_no IN :id_numbers",
    "SELECT id_no FROM deposits WHERE WHERE id_no IN :id_numbers",
])  # fmt: skip
def test_a_wrong_query_is_to_be_mended_not_repeated(bank, sql) -> None:
    with pytest.raises(QueryFault) as refused:
        bank.look_up(ItemQuery(sql=sql), [WANG])
    assert WANG not in str(refused.value)


@pytest.mark.parametrize("address", [
    "postgresql+psycopg://x@/x?host=/tmp/hedui-nowhere",
    "mysql+pymysql://x@127.0.0.1:1/x",
    "sqlite:////tmp/hedui-nowhere/at-all/x.sqlite",
])  # fmt: skip
def test_a_database_that_is_away_is_asked_again_later(address) -> None:
    source = DatabaseSource(address)
    with pytest.raises(SourceUnavailable):
        source.look_up(IN_LIST, [WANG])
    source.close()


HEADER = "id_no,bank,balance,as_of\n"
CSV = HEADER + f"{WANG},示例银行长春支行,12500.50,2026-10-31\n"


def workbook(path: Path, rows) -> None:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


@pytest.mark.parametrize("data", [
    CSV.encode(),
    CSV.encode("utf-8-sig"),
    CSV.encode("gbk"),
    CSV.encode("utf-16"),
    CSV.replace(",", ";").encode(),
    CSV.replace(",", "\t").encode("gbk"),
    CSV.replace("\n", " , \r\n\r\n").encode() + b"\0",
], ids=["plain", "BOM", "GBK", "UTF-16", "semicolons", "tabs", "blanks"])  # fmt: skip
def test_a_csv_is_read_as_offices_save_it(tmp_path, data) -> None:
    (tmp_path / "deposits.csv").write_bytes(data)
    source = FolderSource(tmp_path, tmp_path / "state" / "copy.sqlite")
    (row,) = source.look_up(IN_LIST, [WANG, ZHAO])
    assert dict(row) == {
        "id_number": WANG, "bank": "示例银行长春支行", "balance": "12500.50", "as_of": "2026-10-31",
    }  # fmt: skip
    source.close()
    assert not (tmp_path / "state" / "copy.sqlite").exists()


def test_a_workbook_is_read_and_read_again_when_it_changes(tmp_path) -> None:
    path = tmp_path / "deposits.xlsx"
    rows = [
        ["id_no", "bank", "balance", "as_of"],
        [WANG, "长春", 12500.5, dt.date(2026, 10, 31)],
        [LI, "双阳", 3, 46326],
    ]
    workbook(path, rows)
    (tmp_path / "~$deposits.xlsx").write_bytes(b"open elsewhere")
    source = FolderSource(tmp_path, tmp_path / "state" / "copy.sqlite")
    found = list(source.look_up(IN_LIST, [WANG, LI]))
    assert [row["as_of"] for row in found] == ["2026-10-31", "46326"]
    assert [row["balance"] for row in found] == ["12500.5", "3"]
    workbook(path, [*rows, [ZHAO, "九台", 1, ""]])
    assert [row["bank"] for row in source.look_up(IN_LIST, [ZHAO])] == ["九台"]
    source.close()


@pytest.mark.parametrize(("name", "data", "code"), [
    ("deposits.csv", b"", "empty"),
    ("deposits.csv", b"a,,b\n1,2,3\n", "header"),
    ("deposits.csv", b"a,a\n1,2\n", "header"),
    ("deposits.csv", b"a,b\n1,2,3\n", "too_wide"),
    ("deposits.csv", b"a,b\n\x81\x30,2\n", "encoding"),
    ("deposits.xlsx", b"not a workbook", "workbook"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, data, code) -> None:
    (tmp_path / name).write_bytes(data)
    source = FolderSource(tmp_path, tmp_path / "copy.sqlite")
    with pytest.raises(FileFault) as refused:
        source.look_up(IN_LIST, [WANG])
    assert (refused.value.code, refused.value.values["file"]) == (code, name)
    source.close()


def test_a_number_that_has_lost_its_last_digits_is_refused(tmp_path) -> None:
    path = tmp_path / "deposits.xlsx"
    workbook(path, [["id_no"], [220102199001011234]])
    with pytest.raises(FileFault, match="digits"):
        list(read_rows(path))


def field(kind: str) -> ItemField:
    return ItemField(name="f", title="字段", type=FieldType(kind), codes={"1": "活期", "2": "定期"})


@pytest.mark.parametrize(("kind", "raw", "value"), [
    ("text", " 长春 ", "长春"),
    ("text", 12.0, "12"),
    ("text", None, None),
    ("text", "NULL", None),
    ("text", "", None),
    ("date", dt.datetime.fromisoformat("2026-01-05T08:00"), "2026-01-05"),
    ("date", "2026/1/5", "2026-01-05"),
    ("date", "20260105", "2026-01-05"),
    ("date", "2026年1月5日", "2026-01-05"),
    ("date", "2026-01-05 08:00:00", "2026-01-05"),
    ("date", "46027", "2026-01-05"),
    ("date", 46027.0, "2026-01-05"),
    ("money", Decimal("12500.50"), 1250050),
    ("money", "12,500.5", 1250050),
    ("money", "￥12,500.50元", 1250050),
    ("money", 0.1 + 0.2, 30),
    ("money", "-3", -300),
    ("number", "012.50", "12.5"),
    ("number", 100, "100"),
    ("code", "活期", "1"),
    ("code", 1, "1"),
    ("yes_no", "是", True),
    ("yes_no", 0, False),
    ("yes_no", False, False),
])  # fmt: skip
def test_a_value_is_read_as_its_field_s_kind(kind, raw, value) -> None:
    found = converted(raw, field(kind))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("kind", "raw"), [
    ("date", "昨天"),
    ("date", "2026-02-30"),
    ("date", "5"),
    ("money", "无法"),
    ("money", "1.005"),
    ("money", "NaN"),
    ("money", True),
    ("number", "1 2"),
    ("code", "外币"),
    ("yes_no", "也许"),
])  # fmt: skip
def test_a_value_of_another_kind_is_told_without_itself(kind, raw) -> None:
    with pytest.raises(NotOfKind) as refused:
        converted(raw, field(kind))
    assert str(raw) not in str(refused.value)
