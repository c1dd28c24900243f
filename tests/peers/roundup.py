"""A real Roundup tracker on a free loopback port, made anew in a folder of its own.

As a program (`python -m tests.peers.roundup FOLDER`) it makes the tracker, says its address on
standard output and serves it. Roundup's own server refuses to run as root; its WSGI door does not.
"""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

PROJECT = Path(__file__).resolve().parents[2]
USER, PASSWORD = "usher", "loopback-only"
KEYWORDS = ("customer-service", "sales")
MOUNT = "/support"


@dataclass(frozen=True, slots=True)
class RoundupPeer:
    address: str
    user: str = USER
    password: str = PASSWORD

    @property
    def web_url(self) -> str:
        return f"{self.address}{MOUNT}/"

    def credentials(self, *, address: str = "", password: str = PASSWORD) -> Callable[[str], str]:
        """As the bot gets them; `address` is a proxy's when there is one between."""
        reached = f"{address or self.address}{MOUNT}/rest"
        return {"API_URL": reached, "USER": self.user, "PASSWORD": password}.__getitem__


@contextmanager
def running_roundup(folder: Path) -> Iterator[RoundupPeer]:
    command = [sys.executable, "-m", "tests.peers.roundup", str(folder)]
    with (
        (folder / "roundup.log").open("wb") as log,
        subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        try:
            assert process.stdout is not None
            address = process.stdout.readline().decode().strip()
            assert address, (folder / "roundup.log").read_text(encoding="utf-8")
            yield RoundupPeer(address)
        finally:
            process.terminate()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Bound already: the tracker must know its address before it is made."""
        self.server_name, self.server_port = "127.0.0.1", self.socket.getsockname()[1]
        self.setup_environ()


class _Handler(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:
        """Roundup keeps its own log."""


def _make(folder: Path, address: str) -> str:
    from roundup import admin, instance

    home = str(folder / "tracker")
    options = {
        "tracker_web": f"{address}{MOUNT}/",
        "mail_domain": "desk.example",
        "mail_host": "127.0.0.1",
        "mail_debug": str(folder / "mail"),
        "web_enable_rest": "yes",
        # Basic login hashes the password at each call: at full strength that is 0.3 seconds.
        "password_pbkdf2_default_rounds": "1000",
    }
    settings = ",".join(f"{name}={value}" for name, value in options.items())
    for words in (["install", "classic", "sqlite", settings], ["initialise", PASSWORD]):
        sys.argv = ["roundup-admin", "-i", home, *words]
        admin.AdminTool().main()
    _furnish(instance.open(home).open("admin"))
    return home


def _furnish(database: Any) -> None:
    from roundup.password import Password

    for name in KEYWORDS:
        database.keyword.create(name=name)
    database.user.create(
        username=USER,
        password=Password(PASSWORD, config=database.config),
        address=f"{USER}@desk.example",
        roles="User",
    )
    database.commit()
    database.close()


def main(folder: Path) -> None:
    from roundup.cgi.wsgi_handler import RequestDispatcher

    # Standard output says one thing only; whatever Roundup prints and logs goes beside it.
    said, sys.stdout = sys.stdout, sys.stderr
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    tracker = RequestDispatcher(_make(folder, address))

    def mounted(environ: dict[str, Any], start: Any) -> Any:
        environ["SCRIPT_NAME"] = MOUNT
        environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(MOUNT)
        return tracker(environ, start)

    server = _Server(("127.0.0.1", 0), _Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_bind()
    server.set_app(mounted)
    said.write(f"{address}\n")
    said.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
