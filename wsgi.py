"""The entry of a WSGI server, and of the `flask` command: `flask --app wsgi …`."""

import sys

from app import create_app
from app.config import WrongSetting

try:
    app = create_app()
except WrongSetting as wrong:
    sys.exit(f"palier: {wrong}")
