"""Each command as a person types it: the right verb, or a sentence that says how it is typed."""

import pytest

from bot.sandbox.driver import Heard, View
from tests.handlers.conftest import House

VERBS = {
    "/case 42": ("show", "This is case 42."),
    "/case C-42": ("show", "This is case 42."),
    "/case 42 please :pray:": ("show", "This is case 42."),
    "/case resolve 42, thanks!": ("resolve", "resolved"),
    "/case pass 42 @ben please": ("pass", "Ben Okafor (member) holds case 42 now."),
    "/case new @jane charged twice": ("bring_in", "jane: charged twice"),
    "/case new https://x.com/jane/status/1 charged twice": ("bring_in", "jane: charged twice"),
    "/case new @anna is a customer too": ("bring_in", "anna: is a customer too"),
    "/case mine": ("mine", "You hold no case."),
    "/case OPEN": ("open", "Nobody waits."),
    '/case find <b> & "co"': ("find", 'Found for <b> & "co".'),
    "/case release 42": ("release", "waits again"),
    "/case pass 42 @ben": ("pass", "Ben Okafor (member) holds case 42 now."),
    "/case pass 42 @gus": ("pass", "Gus Guest (guest) holds case 42 now."),
    "/case note 42 a < b & c": ("note", "Noted on 42: a < b & c"),
    "/case resolve #42": ("resolve", "resolved"),
    "/case undo": ("undo", "Undone."),
    "/case why D-17": ("why", "D-17: because."),
    "/lookup jane": ("look_up", "Nothing about jane."),
    "/handoff 42 Sales an offer please": ("ask", "goes to sales"),
    "/reply 42 We look into it.": ("write", "We look into it."),
    "/digest": ("today", "The digest."),
    "/digest today": ("today", "The digest."),
    "/usher status": ("status", "At work."),
    "/usher status, please": ("status", "At work."),
}

SENTENCES = {
    "/claim": "/claim 42",
    "/claim forty-two": "Type it like this: /claim 42",
    "/claim 0": "no number of a case",
    "/claim 99999999999999999999": "no number of a case",
    "/case": "/case new @handle",
    "/case help": "/case release 42",
    "/case relaese 42": "Did you mean “release”?",
    "/case relaese 7": "Type it like this: /case release 7",
    "/case pass 7 ben": "Type it like this: /case pass 7 @colleague",
    "/case release": "A number is missing",
    "/case pass 42": "The colleague's name is missing",
    "/case pass 42 ben": "The colleague's name is missing",
    "/case why": "it looks like 42 or D-42",
    "/handoff 42 sails a boat": "Did you mean “sales”?",
    "/reply": "/reply 42 your words",
    "/case note": "A number is missing",
    "/lookup": "@handle",
    "/usher": "/claim 42",
    "/usher help": "/digest today",
    "/usher dance": "I do not know the word “dance”",
    "/digest yesterday": "I do not know the word “yesterday”",
    "/case undo 5": "“undo” takes no further words, and I did nothing.",
    "/case open billing": "“open” takes no further words",
    "/claim 1 2": "no further words after the number, and I did nothing",
    "/case release 1 because I am ill": "I did nothing; a note takes them. Type it like this: /ca",
    "/case resolve 1 she is NOT happy": "no further words after the number, and I did nothing",
    "/case pass 1 @ben please, he knows her": "no further words after the colleague's name, and I",
    "/case why D-17 or not": "Type it like this: /case why D-17",
    "/case 42 note hello": "I did nothing",
    "/case 0": "“0” is no number of a case; it looks like 42 or C-42. Type it like this: /case 42",
    "/case -1": "“-1” is no number of a case",
    "/case 1.5": "“1.5” is no number of a case",
    "/lookup @jane_doe_42 who is she": "no further words after the handle, and I did nothing",
    "/usher status of X": "“status” takes no further words",
}


@pytest.mark.parametrize("typed", VERBS)
async def test_a_command_runs_its_verb(house: House, typed: str) -> None:
    verb, words = VERBS[typed]
    heard = await house.sandbox.person("anna").types(typed)
    assert isinstance(heard, Heard)
    assert heard.ephemeral
    assert words in heard.words
    assert [name for name, _ in house.care.visits] == [verb]


async def test_what_cannot_be_read_is_answered_with_the_way_to_type_it(house: House) -> None:
    anna = house.sandbox.person("anna")
    for typed, words in SENTENCES.items():
        heard = await anna.types(typed)
        assert isinstance(heard, Heard)
        assert words in heard.words, typed
    assert {name for name, _ in house.care.visits} <= {"refused"}


async def test_the_first_claim_opens_the_guidebook_and_accepting_it_claims(house: House) -> None:
    anna = house.sandbox.person("anna")
    guidebook = await anna.types("/claim 42")
    assert isinstance(guidebook, View)
    assert "Greet first." in guidebook.words
    after = await anna.submits(guidebook, {})
    assert isinstance(after, View)
    assert "Case 42 is yours, Anna Berg." in after.words


async def test_a_hand_off_without_words_opens_the_form(house: House) -> None:
    anna = house.sandbox.person("anna")
    form = await anna.types("/handoff 42")
    assert isinstance(form, View)
    values = {"Who can help?": "Sales", "What should they know?": "He asks for an offer."}
    after = await anna.submits(form, values)
    assert isinstance(after, View)
    assert "goes to sales" in after.words
    assert house.care.asked == [(42, "sales", "He asks for an offer.")]


async def test_a_card_number_is_refused_in_a_command_and_under_the_input_of_a_form(
    house: House,
) -> None:
    anna = house.sandbox.person("anna")
    heard = await anna.types("/case note 42 her card is 4111 1111 1111 1111")
    assert isinstance(heard, Heard)
    assert "4111" not in heard.words
    form = await anna.types("/handoff 42")
    assert isinstance(form, View)
    bad = {"Who can help?": "sales", "What should they know?": "card 4111 1111 1111 1111"}
    errors = await anna.submits(form, bad)
    assert isinstance(errors, dict)
    assert list(errors) == ["summary"]
    assert house.care.asked == []
    good = {"Who can help?": "sales", "What should they know?": "She will call."}
    assert isinstance(await anna.submits(form, good), View)
    assert house.care.asked == [(42, "sales", "She will call.")]


async def test_a_form_slack_does_not_open_is_said_in_a_sentence(house: House) -> None:
    house.sandbox.workspace.faults.inject("views.open", kind="error:expired_trigger_id")
    heard = await house.sandbox.person("anna").types("/claim 42")
    assert isinstance(heard, Heard)
    assert "Open it with /usher enroll" in heard.words
