"""A small load generator: keep-alive connections, raw bytes, no parsing beyond the length of the answer.

Run as a process of its own (`python -m bench.load`), so that it shares no interpreter with what is measured.
"""

import json
import re
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Load:
    """So many connections sending one request after another for so many seconds; the answer must have this status."""

    port: int
    requests: list[str]
    connections: int
    seconds: float
    status: int


def requests_a_second(load: Load) -> float:
    """Run the load in another process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(asdict(load)), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def http_request(method: str, path: str, headers: dict[str, str], body: str = "") -> str:
    """The bytes of a request, as text."""
    given = {"Host": "127.0.0.1", **headers}
    if method == "POST":
        given |= {"Content-Length": str(len(body.encode())), "Content-Type": "application/x-www-form-urlencoded"}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", body])


class _Connection(threading.Thread):
    def __init__(self, load: Load, first: int) -> None:
        super().__init__()
        self.load, self.count, self.wrong = load, 0, ""
        self.requests = [each.encode() for each in load.requests[first :: load.connections]]

    def run(self) -> None:
        until = time.monotonic() + self.load.seconds
        expected = f"HTTP/1.1 {self.load.status} ".encode()
        with socket.create_connection(("127.0.0.1", self.load.port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < until:
                connection.sendall(self.requests[self.count % len(self.requests)])
                answer = _answer(connection)
                if not answer.startswith(expected):
                    self.wrong = answer[:400].decode(errors="replace")
                    return
                self.count += 1


def _answer(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, rest = received.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    missing = (int(length[1]) if length else 0) - len(rest)
    while missing > 0:
        missing -= len(_more(connection))
    return head


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(65536)
    if not piece:
        raise ConnectionError("the server closed the connection")
    return piece


def main() -> None:
    """Read a load on standard input, print requests a second."""
    load = Load(**json.load(sys.stdin))
    connections = [_Connection(load, first) for first in range(load.connections)]
    began = time.monotonic()
    for connection in connections:
        connection.start()
    for connection in connections:
        connection.join()
    wrong = next((connection.wrong for connection in connections if connection.wrong), "")
    if wrong:
        sys.exit(f"an answer was not {load.status}:\n{wrong}")
    print(sum(connection.count for connection in connections) / (time.monotonic() - began))


if __name__ == "__main__":
    main()
