"""A mail server on loopback, of the standard library: enough SMTP to receive, to ask for a password, to fail."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Letterbox:
    """What a server received, as bytes, and how it behaves."""

    port: int = 0
    wanted: tuple[str, str] | None = None  # user and password, when it asks
    failures: int = 0  # how many deliveries it refuses first
    signed_in: bool = False
    received: list[bytes] = field(default_factory=list)


class _Conversation(socketserver.StreamRequestHandler):
    box: Letterbox

    def handle(self) -> None:
        self._say("220 loopback ready")
        while line := self.rfile.readline():
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            self._answer(verb, line)

    def _answer(self, verb: bytes, line: bytes) -> None:
        if verb == b"EHLO":
            self._say("250-loopback", *(["250-AUTH PLAIN"] if self.box.wanted else []), "250 8BITMIME")
        elif verb == b"AUTH":
            _empty, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
            self.box.signed_in = (user, password) == self.box.wanted
            self._say("235 welcome" if self.box.signed_in else "535 wrong")
        elif verb == b"MAIL" and self.box.failures:
            self.box.failures -= 1
            self._say("451 come back later")
        elif verb == b"MAIL" and self.box.wanted and not self.box.signed_in:
            self._say("530 who are you")
        elif verb == b"DATA":
            self._say("354 go on")
            self._receive()
        else:
            self._say("250 fine")

    def _receive(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.box.received.append(b"".join(lines))
        self._say("250 kept")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(line + "\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def smtp_server(wanted: tuple[str, str] | None = None, failures: int = 0) -> Iterator[Letterbox]:
    """A server in a thread, ended with the block."""
    box = Letterbox(wanted=wanted, failures=failures)
    handler = type("Conversation", (_Conversation,), {"box": box})
    with _Server(("127.0.0.1", 0), handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
