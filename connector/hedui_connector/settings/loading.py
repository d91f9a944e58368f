"""Reads the TOML file and the keys that it names."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from hedui_connector.settings.faults import SettingsError, said, told
from hedui_connector.settings.model import Agency, CheckSettings, KeyFile, Settings
from hedui_connector.wire import boxes
from hedui_connector.wire.algorithms import BadKey
from hedui_connector.wire.keys import private_key, public_key
from hedui_connector.wire.signatures import Key

Model = TypeVar("Model", bound=BaseModel)
ID_NUMBER = re.compile(r"[0-9A-Z]{5,30}")


def load_settings(path: Path) -> Settings:
    """The settings in a file; ``SettingsError`` tells all that is wrong with it."""
    settings = _load(path, Settings)
    folder = settings.source.folder
    if folder is not None and not beside(path, folder).is_dir():
        place = beside(path, folder)
        raise SettingsError(said(path, "source.folder", "no_folder", path=place))
    return settings


def load_check_settings(path: Path) -> CheckSettings:
    """The settings of ``check``; ``SettingsError`` tells all that is wrong with them."""
    return _load(path, CheckSettings)


def known_persons(path: Path, settings: CheckSettings) -> list[str]:
    """The numbers of persons of whom the unit has records, from the file that is named."""
    if settings.persons is None:
        return []
    named = beside(path, settings.persons)
    try:
        numbers = named.read_text(encoding="utf-8").upper().split()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(said(path, "persons", "no_persons", path=named)) from error
    if not all(ID_NUMBER.fullmatch(number) for number in numbers):
        raise SettingsError(said(path, "persons", "no_persons", path=named))
    return numbers


def beside(path: Path, named: Path) -> Path:
    """What the TOML file ``path`` names, seen from where the file is."""
    return path.parent / named


def own_key(path: Path, place: str, key: KeyFile) -> Key:
    """The key to sign with; ``place`` is where the file names it."""
    try:
        return private_key(beside(path, key.file), key.keyid, key.algorithm)
    except (OSError, BadKey) as error:
        raise _unusable(path, place, key, error) from error


def others_key(path: Path, place: str, key: KeyFile) -> Key:
    """The key to verify another's signature with."""
    try:
        return public_key(beside(path, key.file), key.keyid, key.algorithm)
    except (OSError, BadKey) as error:
        raise _unusable(path, place, key, error) from error


def own_box(path: Path, settings: Settings) -> bytes:
    """The private key (32 bytes) that files for this unit are sealed to."""
    return _box(path, "unit.box", settings.unit.box, boxes.read_private)


def others_box(path: Path, place: str, agency: Agency) -> bytes:
    """The public key (32 bytes) to which files for an agency are sealed."""
    return _box(path, f"{place}.box", agency.box, boxes.read_public)


def _box(path: Path, place: str, named: Path | None, read: Callable[[bytes], bytes]) -> bytes:
    if named is None:
        raise SettingsError(said(path, place, "no_box"))
    file = beside(path, named)
    try:
        return read(file.read_bytes())
    except OSError as error:
        raise SettingsError(said(path, place, "no_key", path=file)) from error
    except BadKey as error:
        raise SettingsError(said(path, place, "bad_box", path=file)) from error


def _unusable(path: Path, place: str, key: KeyFile, error: Exception) -> SettingsError:
    code = "bad_key" if isinstance(error, BadKey) else "no_key"
    return SettingsError(said(path, f"{place}.file", code, path=beside(path, key.file)))


def _load(path: Path, model: type[Model]) -> Model:
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as error:
        raise SettingsError(said(path, "-", "no_file")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(said(path, "-", "not_toml", reason=error)) from error
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise SettingsError("\n".join(told(path, error, model))) from error
