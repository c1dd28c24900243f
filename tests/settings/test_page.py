"""app.yaml as delivered is good, and whatever a hand gets wrong in it is told with its line."""

from datetime import time
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from bot.errors import Misconfigured
from bot.model.case import Urgency
from bot.model.handoff import HandoffKind
from bot.settings import load_settings

APP_YAML = Path("app.yaml").resolve()


class XSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    account_id: str
    handle: str
    poll_seconds: float = 15
    overlap_seconds: float = 120


class ConsoleSettings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path


CONNECTORS = {"networks": {"x": XSettings}, "desks": {"console": ConsoleSettings}}


@pytest.fixture
def written(tmp_path: Path):
    """The delivered page with some of its text exchanged, its guidebook beside it."""

    def write(*changes: tuple[str, str]) -> Path:
        text = APP_YAML.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / "guidebook.md").write_text("Be kind.", encoding="utf-8")
        path = tmp_path / "app.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(path: Path, **environ: str) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        load_settings(path, environ, connectors=CONNECTORS)
    return list(caught.value.problems)


def line_of(words: str) -> int:
    text = APP_YAML.read_text(encoding="utf-8")
    return 1 + text[: text.index(words)].count("\n")


def test_the_delivered_page_is_read_whole() -> None:
    settings = load_settings(APP_YAML, {}, connectors=CONNECTORS)
    assert settings.timezone.key == "Europe/Berlin"
    assert settings.charter.guidebook == APP_YAML.parent / "guidebook.md"
    assert settings.charter.disclosure == "– {name}, works at Acme"
    assert settings.routes[0].words[-1] == "not working"
    assert settings.routes[0].urgency is Urgency.HIGH
    assert settings.handoffs[HandoffKind.PR].queue == "press"
    assert settings.digest.at == time(8)
    assert settings.lookup.more["service"]["policy_number"] == "plain"
    assert settings.section(XSettings, "networks", "x").handle == "acme"


def test_a_connectors_file_starts_where_app_yaml_stands(written) -> None:
    path = written()
    settings = load_settings(path, {})
    console = settings.section(ConsoleSettings, "desks", "console")
    assert console.file == path.parent / "data/console-desk.jsonl"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Europe/Berlin", "Europe/Berlim", "did you mean Europe/Berlin?"),
        ("organisation: Acme Insurance", "organisation: 42", "found 42, expected text"),
        ("organisation: Acme", "organisaton: Acme", "did you mean organisation?"),
        ('prefix: ""', 'prefix: "Acme "', 'found "Acme ", expected up to 16'),
        ("works at Acme", "works at {company}", "no other braces than {name}"),
        ("– {name},", "– me,", "{name} in it"),
        ("{name}, works at Acme", "{name} –", "words beside {name} that say for whom they write"),
        ("guidebook: guidebook.md", "guidebook: gone.md", "expected a file that is there"),
        ("urgency: high", "urgency: hihg", 'found "hihg", expected low, normal, high'),
        ('channel: "#care-outage"', "channel: care-outage", 'a channel such as "#care"'),
        ("languages: [de]", "languages: [German]", "a language code such as de"),
        ("languages: [de]", "langauges: [de]", "did you mean languages?"),
        ("name: billing", "name: outage", "a second time"),
        ("  coordinator:", "  coordinators:", "did you mean coordinator?"),
        ('["@managers"]', "[managers]", 'a user group such as "@care-leads"'),
        ("desk: console, queue: sales", "desk: consle, queue: sales", "did you mean console?"),
        ("  sales: {", "  sails: {", "did you mean sales?"),
        ("queue: press", "que: press", "did you mean queue?"),
        ("directory: csv_file", "directory: csvfile", "did you mean csv_file?"),
        ("email: masked", "email: hidden", "expected plain, masked"),
        ("    service: {policy", "    sevice: {policy", "did you mean service?"),
        ('at: "08:00"', "at: 8", 'an hour and minutes, such as "08:00"'),
        ("[mon,", "[monday,", 'found "monday", expected mon, tue'),
        ("stuck_after_hours: 4", "stuck_after_hours: 0", "found 0, expected more than 0"),
        ("stuck_after_hours: 4", "stuck_after_hours: true", "found true, expected a number"),
        ("answer_within_hours: 1", "answer_within_hours: true", "found true, expected a number"),
        ("expire_after_hours: 24", "expire_after_hours: false", "found false, expected a number"),
        ("poll_seconds: 15", "poll_seconds: true", "poll_seconds: found true, expected a number"),
        ("handle: acme", "handel: acme", "did you mean handle?"),
        ("poll_seconds: 15", "poll_seconds: soon", 'found "soon", expected a number'),
        ("  x:\n", "  y:\n", "networks › y: not known here; known here: x"),
        ("stuck_after_hours: 4", "stuck_after_hours: 4\n  at: 5", "found twice, first in line"),
        ("  definition: We", "\tdefinition: We", "found a tab, expected spaces"),
        ("voice: Plain,", "voice: *Plain", "an alias (*name) or a tag"),
        ("prefix:", "# xapp-1-A0-1\nprefix:", "what looks like a secret"),
        ("[outage,", '["", outage,', 'found "", expected something in it'),
        ("[outage,", '["!? 🔥", outage,', "expected a word with a letter or a digit in it"),
        ("[urgent,", '["  ", urgent,', 'found "  ", expected something in it'),
        ("[urgent,", '["_", urgent,', "expected a word with a letter or a digit in it"),
    ],
)
def test_a_slip_is_told_with_its_line(written, old: str, new: str, told: str) -> None:
    line = line_of(old) + ("twice" in told)
    said = problems(written((old, new)))
    assert any(told in problem for problem in said), said
    assert any(problem.startswith(f"app.yaml:{line}: ") for problem in said), (line, said)


def test_a_route_that_fits_nothing_is_told_where_it_begins(written) -> None:
    (said,) = problems(written(("languages: [de]", "languages: []")))
    line = line_of("- name: german")
    assert said == f"app.yaml:{line}: routes › 3: fits nothing, expected words or languages"


def test_everything_wrong_is_told_at_once_and_in_order(written) -> None:
    path = written(
        ("Europe/Berlin", "Mars/Base"),
        ("urgency: high", "urgency: hihg"),
        ("handle: acme", "handel: acme"),
        ("desk: console, queue: press", "desk: nowhere, queue: press"),
    )
    said = problems(path, USHER_HTTP="here", USHER_VAULT_KEY_FILE=str(path.parent / "none"))
    lines = [int(problem.split(":")[1]) for problem in said if problem.startswith("app.yaml:")]
    assert len(lines) == 5  # a handle that is missing, and one key that is not known
    assert lines == sorted(lines)
    assert [problem.split(":")[0] for problem in said[-2:]] == [
        "USHER_VAULT_KEY_FILE",
        "USHER_HTTP",
    ]


def test_a_secret_is_not_repeated(written) -> None:
    said = problems(written(("handle: acme", "handle: [xoxb-123-secret]")))
    assert any("what looks like a secret" in problem for problem in said)
    assert not any("123-secret" in problem for problem in said)


X_BEARER = "A" * 22 + "MLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl"


@pytest.mark.parametrize(
    "secret",
    [
        X_BEARER,
        "dXNoZXItdGVzdC1rZXktMzItYnl0ZXMtbG9uZy0hISE=",
        "postgresql://usher:pass-word@db/usher",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl",
        "xoxb-123-secret",
    ],
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("handle: acme", "handle: {}"),
        ("handle: acme", "handle: acme # {}"),
        ("handle: acme", "bearer_token: {}"),
        ("guidebook: guidebook.md", "guidebook: {}"),
        ("timezone: Europe/Berlin", "timezone: '{}'"),
        ("desk: console, queue: sales", "desk: '{}', queue: sales"),
        ("name: billing", "name: '{0}'\n    words: ['{0}']\n  - name: '{0}'"),
        ("email: masked", "'{}': masked"),
        ("directory: csv_file", "directory: '{}'"),
    ],
)
def test_a_secret_is_known_by_its_shape_and_never_repeated(
    written, secret: str, old: str, new: str
) -> None:
    said = problems(written((old, new.format(secret))))
    assert any("X_BEARER_TOKEN_FILE" in problem for problem in said), said
    pieces = {secret, secret[:30], secret[-30:], secret.rpartition("/")[2]}
    assert not [problem for problem in said for piece in pieces if piece in problem]


def test_a_signing_secret_is_known_by_the_word_before_it(written) -> None:
    (said,) = problems(written(("prefix:", f"# signing secret: {'0a' * 16}\nprefix:")))
    assert "what looks like a secret" in said
    assert "0a0a" not in said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "a: &a [*a]",
        "a: !!int x",
        "[" * 5000,
        "a: b\n---\nc: d",
        "\x07",
        "? [a]\n: b",
    ],
)
def test_no_text_is_too_strange_for_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "app.yaml"
    path.write_text(text, encoding="utf-8")
    assert all(problem.startswith("app.yaml:") for problem in problems(path))


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    (said,) = problems(tmp_path / "app.yaml")
    assert said.endswith("app.yaml: cannot be read: No such file or directory")


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ('{quiet_from: "22:00"}', "quiet_from: stands alone, expected quiet_to beside it"),
        ('{quiet_to: "07:00"}', "quiet_to: stands alone, expected quiet_from beside it"),
        ('{quiet_from: "22:00", quiet_to: "22:00"}', "expected another hour than quiet_from"),
    ],
)
def test_quiet_hours_begin_and_end(written, hours: str, sentence: str) -> None:
    (problem,) = problems(written(("replies: {}", f"replies: {hours}")))
    assert problem.startswith(f"app.yaml:{line_of('replies: {}')}: ")
    assert sentence in problem
