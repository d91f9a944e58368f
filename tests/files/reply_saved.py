"""Makes ``reply_libreoffice.xlsx`` anew: ``python -m tests.files.reply_saved``, where LibreOffice is.

Needed after the reply template or what ``test_reply_reading.filled`` writes has changed.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.rules.test_reply_reading import SAVED, filled


def save() -> None:
    """The filled template, opened and saved by LibreOffice Calc."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / SAVED.name).write_bytes(filled().save())
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(SAVED.parent)]
        subprocess.run([*office, *convert, str(here / SAVED.name)], check=True)


if __name__ == "__main__":
    save()
