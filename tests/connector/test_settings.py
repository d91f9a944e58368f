"""The TOML file: what is wrong in it is named, with what would be right."""

import tomllib

import pytest
from pydantic import ValidationError

from hedui_connector.settings.faults import SettingsError
from hedui_connector.settings.loading import load_check_settings, load_settings
from hedui_connector.settings.messages import TITLES
from hedui_connector.settings.model import Settings
from tests.connector.unit import change


def settings_fault(unit, *changes) -> str:
    change(unit, *changes)
    with pytest.raises(SettingsError) as refused:
        load_settings(unit / "connector.toml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "right"),
    [
        ('name = "示例银行"', "", "unit.name", "请补上"),
        ("batch = 200", "bach = 200", "load.bach", "batch"),
        ("batch = 200", 'batch = "many"', "load.batch", "整数"),
        ("batch = 200", "batch = 0", "load.batch", "不小于 1"),
        ("unix:", "0.0.0.0:", "server.listen", "127.0.0.1"),
        ('folder = "data"', "", "source", "database"),
        ('folder = "data"', 'folder = "nowhere"', "source.folder", "核对路径"),
        ('folder = "data"', 'database = "a b"', "source.database", "SQLAlchemy"),
        ("SELECT id_no", "DELETE id_no", "items.1601.sql", "SELECT"),
        ("IN :id_numbers", "IN (:id_numbers)", "items.1601.sql", "括号"),
        ("IN :id_numbers", "= 1", "items.1601.sql", "hedui_asked"),
        ('algorithm = "ed25519", file = "unit.key"', 'algorithm = "rsa", file = "unit.key"', "unit.key.algorithm", "hmac-sha256"),
        ("# hours = [", 'hours = ["8-12"] # [', "load.hours", "18:00"),
        ("[items.1602]", "[items.x]", "items.x", "整数"),
        ("[unit]", "[unit", "-", "TOML"),
        ('refuse = "贷', 'sql = "SELECT :id_numbers"\nrefuse = "贷', "items.1602", "refuse"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_what_would_be_right(unit, old, new, key, right) -> None:
    said = settings_fault(unit, (old, new))
    assert f"connector.toml：{key}：" in said
    assert right in said


def test_a_file_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(SettingsError, match="init"):
        load_check_settings(tmp_path / "check.toml")


def test_every_fault_is_told_at_once(unit) -> None:
    said = settings_fault(unit, ("batch = 200", "batch = 0"), ('name = "示例银行"', ""))
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize(("name", "code"), [("unit.key", "bad_key"), ("no.key", "no_key")])
def test_a_key_that_cannot_be_used_stops_the_start(bench, unit, name, code) -> None:
    (unit / "unit.key").write_text("not a key")
    change(unit, ('file = "unit.key"', f'file = "{name}"'))
    with pytest.raises(SettingsError) as refused:
        bench()
    assert f"unit.key.file：{TITLES[code].format(path=unit / name).split('|')[0]}" in str(
        refused.value
    )


def test_the_example_names_every_setting_group(unit) -> None:
    table = tomllib.loads((unit / "connector.toml").read_text("utf-8"))
    assert table.keys() == Settings.model_fields.keys()
    with pytest.raises(ValidationError):
        Settings.model_validate(table | {"surprise": 1})
