"""What customers write, with numbers planted and without: made here, seeded, for every region.

No example is anybody's: numbers are drawn by the rules of those who give them out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import iban, luhn, numdb

HOME = ("US", "GB", "DE")
"""The guard's regions where app.yaml names none."""
ISSUERS = (
    *(("4", length) for length in (13, 16, 19)),
    *(("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("36", 14)),
    *(("6011", 16), ("6500", 19), ("3530", 16), ("2131", 15), ("6212", 19), ("5018", 12)),
    *(("5700", 13), ("6759", 12), ("6763", 19), ("6390", 12), ("3512", 16), ("2202", 16)),
)
CARRIERS = (
    "Hello, you still have not answered me, {} is what I have, thanks",
    "please update my details to {} as I asked last week",
    "{}",
    "I moved in March and nobody cares. New: {}. When will this be done?",
    "@acme that is {} again!! and still no refund",
    "Anna Berg\nMain Street 4\n{}\nthanks a lot",
    "Könnt ihr das bitte ändern: {} (seit Montag falsch)",
)
CALLS = (
    "please call me at {} tomorrow",
    "my number is {}",
    "Ihr erreicht mich unter Tel. {} bis 18 Uhr",
    "mobile: {}, evenings only",
)


@dataclass(frozen=True, slots=True)
class Planted:
    kind: str
    value: str
    carriers: tuple[str, ...] = CARRIERS
    origin: str = ""

    def texts(self, value: str) -> Iterator[tuple[str, int, int]]:
        for carrier in self.carriers:
            start = carrier.index("{}")
            yield carrier.replace("{}", value), start, start + len(value)


def planted(seed: int = 7) -> list[Planted]:
    draw = Random(seed)  # noqa: S311  # texts, no secrets
    return [*_cards(draw), *_ibans(draw), *_others(draw), *_phones(draw)]


def _digits(draw: Random, count: int) -> str:
    return "".join(draw.choices("0123456789", k=count))


def _grouped(value: str, sign: str, size: int = 4) -> str:
    return sign.join(value[at : at + size] for at in range(0, len(value), size))


def _cards(draw: Random) -> Iterator[Planted]:
    for prefix, length in ISSUERS * 3:
        body = prefix + _digits(draw, length - len(prefix) - 1)
        number = body + luhn.calc_check_digit(body)
        yield Planted("card", draw.choice((number, _grouped(number, " "), _grouped(number, "-"))))


def _ibans(draw: Random) -> Iterator[Planted]:
    for country in ("DE", "GB", "FR", "NL", "ES", "IT", "CH", "AT", "BE", "PL", "SE", "PT", "MT"):
        ((_, facts),) = numdb.get("iban").info(country)[:1]
        body = "".join(
            "".join(
                draw.choices("ABCDEFGHKLMNPRSTUVWXYZ" if sort == "a" else "0123456789", k=int(size))
            )
            for size, sort in re.findall(r"(\d+)!([nac])", facts["bban"])
        )
        number = country + iban.calc_check_digits(f"{country}00{body}") + body
        yield Planted("iban", number)
        yield Planted("iban", _grouped(number, " "))


def _others(draw: Random) -> Iterator[Planted]:
    for _ in range(25):
        area = draw.choice([*range(1, 666), *range(667, 900)])
        yield Planted("ssn", f"{area:03}-{draw.randint(1, 99):02}-{draw.randint(1, 9999):04}")
        name = draw.choice(("anna.berg", "jdoe", "m_smith+x", "o'neil", "team-7", "li.wei88"))
        house = draw.choice(("example.com", "mail.example.co.uk", "gmail.com", "firma-beispiel.de"))
        yield Planted("email", f"{name}@{house}")
        yield Planted("ip", ".".join(str(draw.randint(11, 249)) for _ in range(4)))
        yield Planted("ip", ":".join(f"{draw.randint(4096, 65535):x}" for _ in range(8)))


def _phones(draw: Random) -> Iterator[Planted]:
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for sort in (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE):
            number = phonenumbers.example_number_for_type(region, sort)
            if number is None:
                continue
            written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
            for form in (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL):
                abroad = phonenumbers.format_number(number, form)
                yield Planted("phone", abroad, origin="international")
            if region in HOME:
                yield Planted("phone", written, origin="home")
                yield Planted("phone", written.replace(" ", "-"), CALLS, origin="home")
            elif sum(sign.isdigit() for sign in written) >= 7:
                yield Planted("phone", written, CALLS, origin="abroad, called")
                yield Planted("phone", written, origin="abroad, bare")


PLAIN = (
    "Where is my card? I ordered it {n} weeks ago and was charged ${a}.{b} twice.",
    "Order {o}, parcel {t}, still not here since {d}",
    "Your app {n}.{m}.{n} crashes on my phone since the update of {d}",
    "I was told {n} to {m} days, it is {d} now and {h}:{b} in the morning!",
    "Invoice {o} says {a},{b} EUR, yesterday it was {a}.{b}",
    "Case {o}: opened {d}, closed {d}, opened again. Fix it.",
    "open {h}.00-{h}.30 they say. I stood there at {h}:{b}.",
    "error 0x80{o} in line {a}, build {n}.{m}.{a}",
    "I paid {a} {b} {m} times, order no. {o} and {t}",
    "https://x.com/acme/status/17{t}{n} is what you promised on {d}",
    "the licence number {o} is not accepted, reference {t}",
    "rooms {a}, {a} and {a}, {n} nights, {d}-{d}",
    "{a} points of 1{a}, {n}% off until {d}, code SAVE{n}{a}",
)


def plain_texts(count: int, seed: int = 7) -> list[str]:
    """Care-shaped texts full of numbers that are nobody's."""
    draw = Random(seed)  # noqa: S311  # texts, no secrets
    return [
        draw.choice(PLAIN).format(
            n=draw.randint(2, 9),
            m=draw.randint(10, 30),
            a=draw.randint(100, 999),
            b=draw.randint(10, 59),
            h=draw.randint(8, 20),
            o=_digits(draw, draw.choice((6, 8, 9, 10))),
            t="7" + _digits(draw, 13),
            d=f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.20{draw.randint(10, 29)}",
        )
        for _ in range(count)
    ]


CLEAN = (
    "I have been waiting since Tuesday for an answer about my claim. Could somebody look?",
    "Why was my payment declined? The app only says try again later.",
    "@acme your service is great, thank you Mia!",
    "how do i change the address on my account",
    "Ich warte seit Montag auf eine Antwort, was ist da los?",
    "My card has not arrived yet and the tracking page is empty.",
    "is the outage in Berlin fixed? nothing works here :(",
    "Third time this month that the website logs me out. Please fix it.",
    "You promised me a call back and nobody called.",
    "What exchange rate do you use for a transfer to Poland?",
    "The premium went up again, and nobody can tell me why 🙁",
    "Love the new app, but dark mode hides half of the buttons",
)
"""Short texts as most are: nothing in them at all."""
