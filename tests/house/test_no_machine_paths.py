"""The project runs anywhere: no file of it knows a machine it was written or tested on."""

import re

from tests.house.source import texts

PATHS = re.compile(
    r"(?<![\w.~/])/(?:work|root|Users|tmp/[a-z]+_|tmp/usher)(?:/|\b)|(?<![\w.~/])/home/[a-z]"
)
ADDRESSES = re.compile(
    r"(?<![\d.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.])"
)
HERE = "tests/house/test_no_machine_paths.py"


def test_no_path_or_address_of_a_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        if path != HERE
        for number, line in enumerate(text.splitlines(), start=1)
        if PATHS.search(line) or ADDRESSES.search(line)
    ]
    assert found == []
