"""Mail: put in the outbox with the act that causes it, sent by the worker."""

import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from app.config import Settings
from app.core import clock, ids, outbox

KIND = "mail"
TIMEOUT_SECONDS = 20  # well under the outbox's lease, so that a slow server is not asked twice at once
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def send(to: str, subject: str, text: str) -> None:
    """Ask for a mail in the current transaction; it leaves once that commits.

    Its Message-ID and date are fixed here: when the worker has to try again, it is the same mail, and shows once.
    """
    one_line = " ".join(subject.splitlines())  # a title in it may have several, which no header takes
    outbox.put(
        KIND,
        {"id": str(ids.new()), "at": clock.now().isoformat(), "to": to, "subject": one_line, "text": text},
    )


@outbox.handles(KIND)
def _deliver(payload: dict[str, Any]) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    server = urlsplit(settings.mail_url)
    if server.scheme == "console":
        message = _message(payload, settings.mail_from, "8bit")
        print(message.as_bytes(policy=default.clone(utf8=True, cte_type="8bit")).decode(), flush=True)
        return
    with _connection(server) as connection:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(_message(payload, settings.mail_from, "quoted-printable"))


def _connection(server: SplitResult) -> smtplib.SMTP:
    host, port = server.hostname or "", server.port or PORTS[server.scheme]
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if server.scheme == "smtp+starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except Exception:
            connection.close()
            raise
    return connection


def _message(payload: dict[str, Any], sender: str, encoding: str) -> EmailMessage:
    """The mail itself: plain text in UTF-8, marked as written by a machine so that no absence notice answers it."""
    name, address = parseaddr(sender)
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name or "Palier", addr_spec=address)
    message["To"] = Address(addr_spec=payload["to"])
    message["Subject"] = payload["subject"]
    message["Date"] = format_datetime(datetime.fromisoformat(payload["at"]))
    message["Message-ID"] = f"<{payload['id']}@{address.rpartition('@')[2] or 'palier'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(payload["text"], charset="utf-8", cte=encoding)
    return message
