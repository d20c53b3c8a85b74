"""A crowd takes the same quiz at the same time, and the server is killed in the middle and started again.

Each member is a browser of its own: it starts, takes a hint or not, answers every question, one of them twice, and
hands in. It sends again what was not acknowledged, under the same names, until it is. Afterwards the database is asked
whether it holds just that.
"""

import asyncio
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from app.config import PROJECT, Settings
from app.startup import server_command
from bench.crowd_rows import OPTIONS, QUESTIONS, QUIZ, Member, build, differences
from bench.figures import Figure, at_most
from bench.servers import free_port, surroundings, wait_for

PEOPLE, MOST_SECONDS = 500, 60
PATIENCE = 240  # seconds, after which something hangs


@dataclass(frozen=True)
class Outcome:
    """How long it took, how many requests got no answer and were sent again, and what went wrong."""

    seconds: float
    lost: int
    differences: list[str]


def crowd_500() -> Figure:
    """How long 500 people take, while the server is killed and started again. RuntimeError when anything is lost or
    counted twice."""
    with tempfile.TemporaryDirectory() as name:
        outcome = gather(Path(name), PEOPLE)
    if outcome.differences:
        raise RuntimeError("; ".join(outcome.differences[:5]))
    return at_most("crowd_500", outcome.seconds, "s", MOST_SECONDS)


def gather(folder: Path, people: int) -> Outcome:
    """Let a crowd of so many loose on an installation of its own."""
    members = build(folder, people)
    server = Server(folder)
    server.start()
    try:
        crowd = Crowd(members, server)
        with ThreadPoolExecutor(1) as thread:  # whoever calls this may have a loop of their own running
            seconds = thread.submit(asyncio.run, crowd.run()).result()
    finally:
        server.stop()
    return Outcome(seconds, crowd.lost, differences(folder, members))


class Server:
    """The web server, in a group of processes that is killed as one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self._command = server_command(Settings(data_dir=folder, port=self.port))
        self._environment = {**surroundings(folder), "PALIER_PORT": str(self.port)}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(self._command, cwd=PROJECT, env=self._environment, start_new_session=True)
        wait_for(f"http://127.0.0.1:{self.port}/readyz", self._process, patience=60)

    def kill(self) -> None:
        """As when the power fails: nothing is finished, nothing is said."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def stop(self) -> None:
        """End it in order, or at least end it."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self.kill()


class _Browser:
    """One connection, made again when it is lost; what got no answer is sent again."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self.port, self.lost = port, 0
        self._headers = {"Host": "127.0.0.1", **headers, "Content-Type": "application/x-www-form-urlencoded"}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, **fields: object) -> tuple[int, str]:
        """The status and where it leads, once the server has said so."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                status, location = await self._exchange(path, urlencode(fields))
                if status != 503:
                    return status, location
            self.close()
            self.lost += 1
            await asyncio.sleep(0.1)

    async def _exchange(self, path: str, body: str) -> tuple[int, str]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        given = {**self._headers, "Content-Length": str(len(body))}
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
        writer.write("\r\n".join([*lines, "", body]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        await reader.readexactly(int(length[1]) if length else 0)
        leads = re.search(r"location: (\S+)", head, re.IGNORECASE)
        return int(head.split(" ", 2)[1]), leads[1] if leads else ""

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None


class Crowd:
    """All of them at once, and the moment when so many answers are acknowledged that the server is to be killed."""

    def __init__(self, members: list[Member], server: Server) -> None:
        self.members, self.server = members, server
        self.lost = 0
        self._left = len(members) * QUESTIONS // 2
        self._middle = asyncio.Event()

    async def run(self) -> float:
        """Until everybody has handed in; how many seconds it took, the death of the server included."""
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as everybody:
            for member in self.members:
                everybody.create_task(self._take(member))
            await self._middle.wait()
            await asyncio.to_thread(self.server.kill)
            await asyncio.to_thread(self.server.start)
        return time.perf_counter() - began

    async def _take(self, member: Member) -> None:
        browser = _Browser(self.server.port, member.headers)
        _, location = await self._said(browser, 303, f"/quizzes/{QUIZ}/attempts")
        member.attempt = location.partition("/attempts/")[2]
        here = f"/attempts/{member.attempt}"
        if member.takes_hint:
            await self._said(browser, 303, f"{here}/hints", question="q0", hint=1)
        for question in range(QUESTIONS):
            if question == member.place % QUESTIONS:
                await self._answer(browser, member, question, (member.option(question) + 1) % OPTIONS)
            await self._answer(browser, member, question, member.option(question))
        await self._said(browser, 303, f"{here}/submit")
        member.is_done = True
        self.lost += browser.lost
        browser.close()

    async def _answer(self, browser: _Browser, member: Member, question: int, option: int) -> None:
        key, name = f"q{question}", uuid4()
        await self._said(browser, 303, f"/attempts/{member.attempt}/answers", question=key, reply=option, uuid=name)
        member.replies[key] = option
        member.names.append(name)
        self._left -= 1
        if self._left <= 0:
            self._middle.set()

    async def _said(self, browser: _Browser, status: int, path: str, **fields: object) -> tuple[int, str]:
        answer = await browser.post(path, **fields)
        if answer[0] != status:
            raise RuntimeError(f"{path} answered {answer[0]}")
        return answer
