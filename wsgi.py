"""The entry of a WSGI server, and of the `flask` command: `flask --app wsgi …`."""

import gc
import sys

gc.disable()  # what is made at the start stays to the end: looking for garbage in it takes a tenth of the time

from app import create_app  # noqa: E402
from app.config import WrongSetting  # noqa: E402
from app.startup import wait_until_prepared  # noqa: E402

try:
    app = create_app()
except WrongSetting as wrong:
    sys.exit(f"palier: {wrong}")
gc.freeze()
gc.enable()
wait_until_prepared()
