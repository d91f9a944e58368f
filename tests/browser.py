"""Which Chromium the tests drive."""

import shutil
from pathlib import Path

from scripts.places import VAR


def installed_chromium() -> Path:
    """The browser that scripts/lib.sh made sure of: the system's, or Playwright's own."""
    if found := shutil.which("chromium"):
        return Path(found)
    return next((VAR / "browsers").glob("chromium-*/chrome-linux*/chrome"))
