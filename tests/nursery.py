"""Has imported what `python -m bot …` imports, and forks one whenever tests/programs asks.

To import it anew takes three seconds of a processor, at each of a hundred starts. A child has a
number, words, an environment and streams of its own, and enters by Bot's `__main__` as ever.
No thread and no loop runs here, so a fork cuts nothing in two.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

IMPORTED = ("typer", "bot.spoken", "bot.app", "bot.manual", "bot.verifying")
BIGGEST = 1 << 17
OPEN = Path("/proc/self/fd")


def grown_up(line: socket.socket) -> dict[str, Any] | None:
    """In each child, what it was asked to be. Here None, once nobody is left to ask."""
    children: dict[int, socket.socket] = {}
    while True:
        for ready in select.select([line, *children], [], [])[0]:
            if ready is not line:
                _ended(ready, children.pop(ready))
                continue
            asked, given, _, _ = socket.recv_fds(line, BIGGEST, 3)
            if not asked:
                for child in children:
                    signal.pidfd_send_signal(child, signal.SIGKILL)
                return None
            told = socket.socket(fileno=given.pop())
            assert threading.active_count() == 1
            if not (number := os.fork()):
                _leave(given, line, told, *children.values())
                return dict(json.loads(asked))
            told.send(f"{number}\n".encode())
            children[os.pidfd_open(number)] = told
            for stream in given:
                os.close(stream)


def _leave(streams: list[int], *sockets: socket.socket) -> None:
    """Nothing of ours goes along: only the new streams."""
    for one in sockets:
        one.detach()
    for place, stream in enumerate(streams, start=1):
        os.dup2(stream, place)
    os.closerange(3, max(int(each.name) for each in OPEN.iterdir()) + 1)


def _ended(child: int, told: socket.socket) -> None:
    how = os.waitid(os.P_PIDFD, child, os.WEXITED)
    assert how is not None
    code = how.si_status if how.si_code == os.CLD_EXITED else -how.si_status
    os.close(child)
    told.send(f"{code}\n".encode())
    told.close()


if __name__ == "__main__":
    for each in IMPORTED:
        importlib.import_module(each)
    gc.freeze()
    if asked := grown_up(socket.socket(fileno=int(sys.argv[1]))):
        os.environ.clear()
        os.environ.update(asked["environ"])
        sys.argv = ["bot", *asked["words"]]
        # What it raises ends us: SystemExit with its code, all else with a traceback.
        runpy.run_module("bot", run_name="__main__", alter_sys=True)
