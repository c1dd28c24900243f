"""/case and its words: everything about a case that is not a command of its own."""

from bot.model.visit import Answer
from handlers.arguments import (
    COURTESY,
    Misread,
    case_number,
    colleague,
    first,
    handle,
    nothing_more,
    only_number,
    plain,
    says_nothing,
    spoken,
)
from handlers.spec import Call, Command, Word


async def show(call: Call) -> Answer:
    return await call.care.listing.show(only_number(call.typed), visit=call.visit)


async def new(call: Call) -> Answer:
    customer, summary = handle(call.typed) if call.typed else ("", "")
    if not summary:
        return await call.care.opening.ask_for_new(handle=customer, visit=call.visit)
    return await call.care.opening.bring_in(customer, summary, visit=call.visit)


async def mine(call: Call) -> Answer:
    return await call.care.listing.mine(visit=call.visit)


async def waiting(call: Call) -> Answer:
    return await call.care.listing.open(visit=call.visit)


async def find(call: Call) -> Answer:
    words = plain(call.typed)
    if not words:
        raise Misread("The words to look for are missing.")
    return await call.care.listing.find(words, visit=call.visit)


async def release(call: Call) -> Answer:
    return await call.care.cases.release(only_number(call.typed), visit=call.visit)


async def pass_on(call: Call) -> Answer:
    case_id, rest = case_number(call.typed)
    user_id, more = colleague(rest)
    nothing_more(more, after="the colleague's name")
    to = await call.people.who(call.visit.by.workspace, user_id)
    return await call.care.cases.pass_on(case_id, to=to, visit=call.visit)


async def note(call: Call) -> Answer:
    case_id, words = case_number(call.typed)
    return await call.care.cases.note(case_id, plain(words), visit=call.visit)


async def resolve(call: Call) -> Answer:
    return await call.care.cases.resolve(only_number(call.typed), visit=call.visit)


async def reveal(call: Call) -> Answer:
    case_id, reason = case_number(call.typed)
    return await call.care.reveals.reveal(case_id, plain(reason), visit=call.visit)


async def complaint(call: Call) -> Answer:
    return await call.care.complaints.ask(only_number(call.typed), visit=call.visit)


async def complaints(call: Call) -> Answer:
    return await call.care.complaint_register.show(plain(call.typed), visit=call.visit)


async def merge(call: Call) -> Answer:
    case_id, rest = case_number(call.typed)
    word, more = first(rest)
    if spoken(word) in {"into", "with", "to"}:
        rest = more
    into = None if says_nothing(rest, COURTESY) else only_number(rest)
    return await call.care.merging.merge(case_id, into=into, visit=call.visit)


async def part(call: Call) -> Answer:
    case_id, rest = case_number(call.typed)
    word, more = first(rest)
    if spoken(word) in {"from", "and"}:
        rest = more
    out_of = None if says_nothing(rest, COURTESY) else only_number(rest)
    return await call.care.parting.part(case_id, out_of=out_of, visit=call.visit)


async def export(call: Call) -> Answer:
    case_id, reason = case_number(call.typed)
    return await call.care.exports.export(case_id, plain(reason), visit=call.visit)


async def undo(call: Call) -> Answer:
    return await call.care.undoing.undo(visit=call.visit)


async def why(call: Call) -> Answer:
    number = only_number(call.typed, what="decision", letter="D")
    return await call.care.evidence.why(number, visit=call.visit)


COMMAND = Command(
    name="case",
    usage_hint="42 | new | mine | open | find | release | pass | note | resolve | merge | "
    "part | complaint | complaints | reveal | export | undo | why",
    description="See a case, or do something with it. Where words are missing a form opens.",
    run=show,
    words=(
        Word("new", "new @handle what it is about", "bring in a customer who wrote to you", new),
        Word("mine", "mine", "the cases you hold", mine),
        Word("open", "open", "the cases that wait for someone", waiting),
        Word("find", "find refund mine", "words, an @handle, mine, waiting: all must fit", find),
        Word("release", "release 42", "let somebody else take it", release),
        Word("pass", "pass 42 @colleague", "hand it to a colleague by name", pass_on),
        Word("note", "note 42 your words", "a note for colleagues, on the card", note),
        Word("resolve", "resolve 42", "it is done", resolve),
        Word("reveal", "reveal 42 what for", "its words unmasked, for you alone, briefly", reveal),
        Word("complaint", "complaint 42", "say whether it is mainly a grievance", complaint),
        Word("complaints", "complaints open", "the register; also late, since 2026-01", complaints),
        Word("merge", "merge 42 into 41", "one matter: it goes on in the other case", merge),
        Word("part", "part 42 from 41", "merged by mistake: two matters again", part),
        Word("export", "export 42 what for", "its history as a file, for an audit", export),
        Word("undo", "undo", "take back your last step with a case", undo),
        Word("why", "why D-17", "why a decision was made", why),
    ),
)
