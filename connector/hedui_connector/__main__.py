"""``python -m hedui_connector``: the same as the command ``hedui-connector``."""

import sys

from hedui_connector.command.main import main

sys.exit(main())
