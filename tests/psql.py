"""One psql for a whole run: to start one for each statement costs more than most statements."""

import atexit
import subprocess
from pathlib import Path

END = "that is all"


class Psql:
    """Synchronous, whatever loop a test runs."""

    def __init__(self, program: Path, uri: str) -> None:
        self._process = subprocess.Popen(
            [program, "-XqAt", "--set=ON_ERROR_STOP=1", uri],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._process.communicate)

    def does(self, statement: str) -> None:
        """Raises when the server refuses; its reason stands on stderr."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{statement};\n\\echo {END}\n")
        self._process.stdin.flush()
        if self._process.stdout.readline().strip() != END:
            raise RuntimeError(f"PostgreSQL refuses: {statement}")
