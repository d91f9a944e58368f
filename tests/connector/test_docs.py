"""docs/connector.md is held against the program: commands, their output, and every setting."""

import contextlib
import io
import re
import shlex
import tomllib

import pytest
from pydantic import BaseModel

from hedui_connector.command.main import main, parser
from hedui_connector.settings import model
from scripts.places import ROOT
from tests.connector.unit import Connector

GUIDE = (ROOT / "docs" / "connector.md").read_text(encoding="utf-8")
README = (ROOT / "connector" / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ (.*)\n((?:.*\n)*?)```", GUIDE)
RUN = re.findall(r"<!-- run -->\n```console\n\$ (.*)\n((?:.*\n)*?)```", GUIDE)
COMMANDS = re.findall(
    r"hedui-connector ((?:init|keys|serve|pull|folder|try-item|looked-up|check)[^`\n|]*)", GUIDE
)


def settings(table: type[BaseModel], prefix: str = "") -> set[str]:
    """The keys of the file, as the guide writes them; what has keys of its own, by itself."""
    found = set()
    for name, field in table.model_fields.items():
        inner = re.search(r"(\w+)(?:, \.\.\.\])?[\]>']*$", str(field.annotation))
        kind = getattr(model, inner[1], None) if inner else None
        is_group = (
            kind in (model.Unit, model.Server, model.Source, model.Load)
            or prefix == ""
            and kind in (model.Agency, model.ItemQuery)
        )
        found |= settings(kind, f"{name}.") if is_group else {f"{prefix}{name}"}
    return found


def test_every_setting_is_explained_and_none_is_made_up() -> None:
    table = GUIDE.split("## 配置项")[1].split("## 常见问题")[0]
    told = {
        key
        for row in table.splitlines()
        if row.startswith("| `")
        for key in re.findall(r"`([a-z_]+\.[a-z_]+)`", row.split("|")[1])
    }
    assert told == settings(model.Settings)


def test_every_setting_of_check_is_explained() -> None:
    table = GUIDE.split("`check.toml` 的各项")[1].split("## 七")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(
        model.CheckSettings.model_fields
    )


def test_every_command_is_one() -> None:
    assert COMMANDS
    for command in COMMANDS:
        parser().parse_args(shlex.split(command.split("|")[0].split("；")[0].split(" 生成")[0]))


def test_both_pages_name_every_command() -> None:
    (commands,) = (a.choices for a in parser()._actions if a.choices and a.dest == "command")
    for name in commands:
        assert f"`{name}" in README, name
        assert f"hedui-connector {name}" in GUIDE, name


def test_the_examples_of_settings_can_be_read() -> None:
    for text in re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL):
        table = tomllib.loads(text)
        for query in table.get("items", {}).values():
            model.ItemQuery.model_validate(query)
        for agency in table.get("agencies", ()):
            model.Agency.model_validate(agency)
        if "source" in table:
            model.Source.model_validate(table["source"])


def test_the_snippets_of_the_table_of_wishes_can_be_read() -> None:
    wishes = GUIDE.split("几种常见的要求")[1].split("## 五")[0]
    found = re.findall(r"`(threshold|as_of|hours|refuse)( = [^`]*)`", wishes)
    assert len(found) >= 5
    for key, value in found:
        table = tomllib.loads(key + value)
        if key == "hours":
            model.Load.model_validate(table)
        else:
            model.ItemQuery.model_validate(
                table if key == "refuse" else table | {"sql": "SELECT :id_numbers"}
            )


@pytest.mark.slow
def test_what_the_guide_shows_is_what_is_said(tmp_path, monkeypatch) -> None:
    """Followed as a new technician would: init, try-item, serve, check."""
    monkeypatch.chdir(tmp_path)
    served = Connector(tmp_path / "bank")
    for command, output in RUN:
        words, stdin = command, ""
        if "|" in command:
            given, words = command.split(" | ")
            stdin = given.removeprefix("echo ") + "\n"
        arguments = shlex.split(words)[1:]
        if arguments[0] == "check":
            config = tmp_path / "bank" / "connector.toml"
            config.write_text(
                config.read_text("utf-8").replace("127.0.0.1:8470", f"unix:{tmp_path}/s"), "utf-8"
            )
            served.start()
            arguments[1] = f"unix:{tmp_path}/s"
        said = run(arguments, stdin, monkeypatch).replace(
            f"unix:{tmp_path}/s", "http://127.0.0.1:8470"
        )
        lines = iter(said.splitlines())
        for shown in output.splitlines():
            if shown == "…":
                continue
            assert shown in lines, f"{shown}\nis not what is said:\n{said}"
        if arguments[0] == "init":
            monkeypatch.chdir(tmp_path / "bank")
    assert served.stop() == 0


def run(arguments: list[str], stdin: str, monkeypatch) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(arguments) == 0
    return out.getvalue()
