"""An exported case, checked by hand with nothing but its file."""

import asyncio
import re
from pathlib import Path

from rich.console import Console

from bot.care.case_file import check_file
from bot.care.wording import BETWEEN
from bot.errors import Misconfigured


async def verify_case(file: Path, say: Console, *, sha256: str = "") -> int:
    """With nothing but the file and what is on record of it: no settings, no key, no database."""
    wanted = sha256.strip().lower().replace(BETWEEN, "")
    if wanted and not re.fullmatch("[0-9a-f]{64}", wanted):
        raise Misconfigured(("--sha256 takes the 64 hexadecimal digits that are on record.",))
    try:
        report = check_file(await asyncio.to_thread(file.read_bytes))
    # Nested deeper than can be read, it is none either.
    except (ValueError, RecursionError) as other:
        raise Misconfigured(("That is no file of /case export, or it was cut.",)) from other
    checked, case = (
        f"{report.checked} line" + ("" if report.checked == 1 else "s"),
        f"Case {report.case}",
    )
    told = [f"SHA-256 of this file: {report.sha256}"]
    if wanted and wanted != report.sha256:
        told.append(f"It is not the file that was handed over: on record is {wanted}.")
    if report.broken:
        told.append(f"{case}: of {checked}, {len(report.broken)} changed since written:")
        told.append(", ".join(report.broken))
    elif not report.checked:
        told.append(f"{case}: no line of its record is there, and every case has some.")
    else:
        told.append(f"{case}: {checked} checked, each as it was written.")
    right = report.checked and not report.broken and wanted in ("", report.sha256)
    if right:
        told.append(_VOUCHED if wanted else _NOT_VOUCHED)
    for line in told:
        say.print(line, markup=False, soft_wrap=True)
    return 0 if right else 1


_VOUCHED = "It is the file whose SHA-256 you gave, whole: posts, notes, answers and state too."
_NOT_VOUCHED = (
    "Its posts, notes, answers and state, and that no line is missing, only that SHA-256 vouches "
    "for: it must be the one on record, which came with the file and which /case why tells of the "
    "line case.exported. Compare it with: --sha256 and those 64 digits."
)
