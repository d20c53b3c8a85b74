"""The addresses of this room."""

from flask import Blueprint

bp = Blueprint("library", __name__, template_folder="templates")

# The library and its drafts

# The editor

# Differences, and who reads what

# Verification

# Readers' questions

# Attachments and archives

# Search

# Health
