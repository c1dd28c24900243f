"""Texts that are out to break a message: what strangers, colleagues and programs may write.

`texts` is for every property test; `WORST` are the texts that each field meets in every run.
"""

import sys
import unicodedata
from collections.abc import Iterator

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

FEW = settings(
    deadline=None,
    derandomize=True,
    # One house for all examples, where it comes from outside: what a text left there is met again.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[*HealthCheck],
)
"""For what a whole house is needed: the same few examples in every run, and none made smaller."""

PINGS = ("<!channel>", "<!here>", "<!everyone>", "<@U0ANNA>", "<#C0GENERAL>", "<https://evil|ok>")
BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
LONGEST = 40_000
"""Characters: more than Slack takes in one message."""
HALVES = "\ud800 half a pair \udfff"
ZALGO = "e" + "\u0301\u0489\u20dd" * 300


def _by_name() -> Iterator[str]:
    """A letter of each script, which a letter's name begins with; and a sign of each category."""
    met: set[str] = set()
    for sign in map(chr, range(sys.maxunicode + 1)):
        kind = unicodedata.category(sign)
        script = unicodedata.name(sign, "").split(" ")[0] if kind.startswith("L") else ""
        new = {kind, script} - met
        if new:
            met |= new
            yield sign


EVERY_SCRIPT = "".join(_by_name())
_SYNTAX = (
    *PINGS,
    *("<@U0ANNA|anna>", "<!subteam^S0COORD>", "<!date^1^{date}|now>", "<mailto:a@evil.example|b>"),
    *("&lt;!channel&gt;", "&amp;lt;!here&amp;gt;", "<!channel", "&lt;@U0ANNA&gt;", "<", ">", "&"),
    *("@here", "@channel", "@everyone", "@anna", "@usher", "#care-general", "#", "@"),
    *("`", "```", "*b*", "_i_", "~s~", "> quoted", "[x](https://evil.example)", ":smile:"),
    *("https://evil.example/a?b=<c>&d|e", "javascript:alert(1)", "a@b.example", "evil.example"),
    *('"}],"type":"actions"', "{name}", "{{ 7*7 }}", "{% if %}", "%s%(x)s", "'; DROP TABLE a;--"),
    *("\\", "\\ud800", "\\u0000", "%00", "\x00", "\x07\x1b[31mred\x7f\x85", "\r\n", "\u2028", "\n"),
    *(BIDI, HALVES, "\ud83d", "\udc00", "\ufffe", "\ufeff", "\u200b\u200d", "\u3164", "\U000e0041"),
    *("👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "𝕬𝖈𝖒𝖊", "مرحبا بالعالم", "नमस्ते दुनिया", "你好", "e\u0301" * 40, "ﷺ"),
    *("42", "D-17", "until 14:00", "mine", "help", "undo", "none", "”\n“ Next: claim it “"),
)
_AIR = ("", " ", "\n", "\n" * 5_000, " \n\t " * 50, "\u200b\u200d\ufeff", "\u3000\xa0")
_LONG = (
    "a" * LONGEST,
    "<!channel>" * 4_000,
    "<" * LONGEST,
    "&" * 3_000,
    "😀" * 20_000,
    "👨‍👩‍👧‍👦" * 3_000,
    "e" + "\u0301" * LONGEST,
    "你好" * 6_000,
    "refund " * 5_700,
)
_EVERYTHING = " ".join((*_SYNTAX, ZALGO, EVERY_SCRIPT))
WORST = (
    _EVERYTHING,
    "a" * LONGEST,
    HALVES,
    "\x00",
    "\n" * 5_000,
    "\u200b\u200d\ufeff",
    (_EVERYTHING * 40)[:LONGEST],
)

samples = st.sampled_from((*_AIR, *_SYNTAX, *_LONG, ZALGO, EVERY_SCRIPT, *WORST))
_signs = st.text(st.characters(codec=None), max_size=300)
_texts = st.one_of(
    samples,
    _signs,
    st.lists(st.sampled_from(_SYNTAX) | st.text(max_size=8), max_size=12).map(" ".join),
    st.builds("{}{}{}".format, st.text(max_size=20), samples, st.text(max_size=20)),
)


@st.composite
def _anything(draw: st.DrawFn) -> str:
    """Hypothesis writes a strategy out wherever it names it, and of this one only the name."""
    return draw(_texts)


texts = _anything()
