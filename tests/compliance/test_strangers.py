"""Numbers as strangers write them, in whole sentences: found whole, and called what they are.

Each line stands for a way of writing; `{}` is where the number goes. The last table is bait.
"""

import pytest

from bot.compliance import Guard

PLAIN = "hello, {} thanks"
CALL = "please call me at {} tomorrow"

CARDS = """
4111\u00a01111\u00a01111\u00a01111 | 4111\u20091111\u20091111\u20091111 | 4111–1111–1111–1111
4111·1111·1111·1111 | 4111 - 1111 - 1111 - 1111 | 4111_1111_1111_1111 | 3782 822463 10005
4111•1111•1111•1111 | 4111'1111'1111'1111 | 5555/5555/5555/4444 | 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1
"""
IBANS = """
de89 3704 0044 0532 0130 00 | DE 89 370400440532013000 | DE89.3704.0044.0532.0130.00
GB29-NWBK-6016-1331-9268-19 | nl91abna0417164300 | FR14 2004 1010 0505 0001 3M02 606
MT84 MALT 0110 0001 2345 MTLC AST0 01S | NO93 8601 1117 947 | DE89·3704·0044·0532·0130·00
D-E-8-9-3-7-0-4-0-0-4-4-0-5-3-2-0-1-3-0-0-0 | CH93/0076/2011/6238/5295/7
"""
SSNS = """
536-22-1234 | 536 22 1234 | 536.22.1234 | 536–22–1234 | 536·22·1234 | 536_22_1234 | 078-05-1120
219-09-9999 | 123-45-6789 | 5 3 6 - 2 2 - 1 2 3 4
"""
EMAILS = """
jane+news@example.co.uk | jörg@example.de | jane@example.рф | jane＠example．com | jane@example·com
jane [at] example [dot] com | jane[at]example.co[dot]uk | jane (a) example.com | jane @ example.com
jane @ example . com | jane@ example.com | jane@example .com | jane@example,com
jane @gmail dot com
jane dot doe at example dot com | jane at mail dot example dot co dot uk | jane.doe at example.com
jane at gmail.com | jane_at_example_dot_com | jane -at- example -dot- com | jane [ät] web [punkt] de
j a n e @ e x a m p l e . c o m | jane@[98.85.59.159]
"""
PHONES = """
+1 (555) 010-9999 ext 5 | +1.415.555.2671 | 415-555-2671 x123 | 1 (800) 555-0199 | 415_555_2671
0044 20 7946 0958 | +44(0)2079460958 | 07911 123456 | +49/171/1234567 | 030/123 456 78
00 49 171 1234567 | +33 (0)6 12 34 56 78 | 06.12.34.56.78 | +39 347 123 4567 | 612 34 56 78
06-12345678 | 070-123 45 67 | +47 412 34 567 | +48 512 345 678 | 98765 43210 | 138 1234 5678
090-1234-5678 | (11) 91234-5678 | 8 (916) 123-45-67 | +972 50-123-4567 | 011 44 20 7946 0958
415·555·2671 | (415)·555·2671 | 0171•123•4567 | +49–171–1234567 | +１ ４１５ ５５５ ２６７１
+ 4 9 1 7 1 1 2 3 4 5 6 7 | +49 171 / 1234567
+4915112345678 | +1*415*555*2671 | +1|415|555|2671 | +1,415,555,2671 | +1:415:555:2671
"""
CALLED = "612345678 | 01 23 45 67 89 | 123 456 789 | 1234 5678 | 4.1.5.5.5.5.2.6.7.1"
IPS = """
98.85.59.159 | 2001:db8::ff00:42:8329 | 2001:db8:: | fe80::1%eth0 | ::ffff:192.0.2.1
98·85·59·159 | 98[.]85[.]59[.]159 | 98 dot 85 dot 59 dot 159 | 98 . 85 . 59 . 159
"""
TOLD = (
    ("ssn", "my social is {}", "536221234 | 536 221 234 | 078051120"),
    ("ssn", "SSN: {}", "536-221-234 | 666-12-3456 | 078-05-1120 | 5.3.6.2.2.1.2.3.4"),
    ("ssn", "ssn: {}", "5-3-6-2-2-1-2-3-4"),
    ("ssn", "ss# {}", "536221234"),
    ("ssn", "SSN{}", "536221234 | 536-22-1234"),
    ("national_id", "Social Insurance Number {}", "046 454 286 | 046-454-286"),
    ("national_id", "NINO {}", "AB123456C | QQ 12 34 56 C"),
    ("national_id", "personnummer {}", "8112289874 | 811228-9874"),
    ("phone", "wa.me/{}?text=hi", "14155552671 | %2B14155552671 | +4917112345678"),
    ("phone", "https://api.whatsapp.com/send?phone={}&text=hi", "14155552671"),
    ("token", "password - {} ok", "hunter2"),
    ("token", "password -> {}", "hunter2"),
    ("token", "my OTP {} came", "123456 | 123 456 | 1234 | 12345678"),
    ("token", "one-time code is {}.", "123456 | 123-456"),
    ("token", "verification code: {}", "482913 | G-482913"),
    ("token", "{} is your Acme verification code", "482913 | G-482913"),
    ("card", "https://a.example/r?card={}&x=1", "4111%201111%201111%201111 | 4111%111111111111"),
    ("iban", "https://a.example/?iban={}", "DE89%203704%200044%200532%200130%2000"),
    ("email", "https://a.example/r?n=1&e={}&x=1", "jane%40example.com | jane%2540example.com"),
    ("email", "write to {} now", "jane&#64;example&#46;com | j%C3%B6rg%40example.de"),
    ("phone", "https://a.example/r?tel={}", "%2B14155552671 | %2B1%20415%20555%202671"),
)
AROUND = (
    *("({})", "<{}>", "_{}_", "*{}*", "`{}`", "'{}'", "„{}“", "[{}]", "{}...", "nr:{},", "see {};"),
    *("号码{}谢谢", "👉{}👈", "{}/ok", "is it {}?", "{}\n"),
)
SAMPLES = (
    ("card", "4111 1111 1111 1111"),
    ("iban", "DE89 3704 0044 0532 0130 00"),
    ("ssn", "536-22-1234"),
    ("email", "jane@example.com"),
    ("phone", "+1 415 555 2671"),
    ("phone", "0171 1234567"),
    ("ip", "98.85.59.159"),
    ("ip", "2001:db8::ff00:42:8329"),
)
BAIT = """
order 302-8841923-1123456 of 12.10.2024, 14:30 to 15:45 | 2024 10 12 14 30 | rooms 10-12-14-16-18
HTTP 500 502 504 | mobile data 100 200 300 400 500 | I called on 12.10. 13.10. 14.10. 15.10.
called 10 12 2024 and 11 12 2024 | app 4.15.0.22 on iOS 17.5.1 | section 1.2.3.4 | .NET 4.8.1.0
12:30::45 | "add::ed" and dead::beef | routing 021000021 | GTIN 04006381333931 | std::vector
tracking 420941029405511899223197428490 | parcel RB 123 456 789 CN | ISBN 978-3-16-148410-0
IMEI 490154203237518 | at 48.137154, 11.576124 | $1,234,567.89 | 1 234 567,89 zł | v1.2.3.4
meet @ 5pm | 2 @ 3.50 | thanks @acme.com | I bought it at amazon.com | it is at example.com. Thanks
find us @ acme.com | hello @acme. com is down | look (a) first (b) then | I work at home . de nada
my social media 2024 | card ending in 4242 expires 12/26 | 1 2 3 4 5 6 7 8 9 | I A M S O A N G R Y
a · b · c · 12 · 10 | Case 42 · new · 12.10.2024 · 17:00 | 24.12.2024-26.12.2024 | D-80331 München
+1,200,000,000 | +20,30,40,50,60 | +1:30:45:10 | +1|2|3 | 50%off 100 % of 4111 | 10%20%30%40%50%60%
https://a.example/%C3%BCber%20uns?v=12%2E4&amp;x=%E4%BD%A0 | AT&T; R&D &amp; 3 &lt; 4 &#9829;
my password - please reset | password - 2 attempts left | OTP 2024 | the OTP does not arrive at 1234
verification code 5 minutes ago | the security code on page 12 | wa.me/acme | wa.me/message/12
"""


def _values(table: str) -> list[str]:
    return [value.strip() for line in table.split("\n") for value in line.split(" | ") if value]


def _cases() -> list[tuple[str, str, str]]:
    tables = (("card", CARDS), ("iban", IBANS), ("ssn", SSNS), ("email", EMAILS), ("ip", IPS))
    written = [(kind, PLAIN, value) for kind, table in tables for value in _values(table)]
    written += [("phone", carrier, one) for one in _values(PHONES) for carrier in (PLAIN, CALL)]
    written += [("phone", CALL, value) for value in _values(CALLED)]
    written += [(kind, carrier, one) for kind, carrier, table in TOLD for one in _values(table)]
    return written + [(kind, around, value) for kind, value in SAMPLES for around in AROUND]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("0171 1234567 / 0172 7654321", "phone phone"),
        ("415-555-2671/415-555-2672", "phone phone"),
        ("T+49 30 1234567, F+49 30 1234568", "phone phone"),
        ("+1 415 555 2671 #123", "phone"),
        ("98.85.59.1-98.85.59.20", "ip ip"),
        ("jane@example.com/bob@example.com;eve@example.com", "email email email"),
        ("mail=jane@example.com&x=1", "email"),
        ("password: Tr0ub4dor&3", "token"),
        ("pw=abc1&user=me", "token"),
        ("4111 1111 1111 1111 5555 5555 5555 4444", "card card"),
        ("ssn is 536-22-1234, tel (415) 555-2671", "ssn phone"),
        ("<mailto:jane@example.com|jane@example.com>", "email email"),
        ("?card=4111%201111%201111%201111&e=jane%40a.co&tel=%2B14155552671", "card email phone"),
        ("jane at web dot de and bob at example dot co dot uk or call", "email email"),
    ],
)
def test_neighbours_stay_apart(guard: Guard, text: str, kinds: str) -> None:
    spans = guard.spans(text)
    assert [span.kind for span in spans] == kinds.split()
    assert guard.mask(text).count("[") == len(spans)


def test_nothing_is_left_of_a_password(guard: Guard) -> None:
    assert guard.mask("password: Tr0ub4dor&3 ok") == "password: [secret] ok"
    assert guard.mask("?pw=abc1&user=me") == "?pw=[secret]&user=me"


def test_each_is_found_whole(guard: Guard) -> None:
    wrong = []
    for kind, carrier, value in _cases():
        text, start = carrier.replace("{}", value), carrier.index("{}")
        spans = [(span.kind, span.start, span.end) for span in guard.spans(text)]
        if spans != [(kind, start, start + len(value))]:
            wrong.append((kind, text, spans))
    assert wrong == []


@pytest.mark.parametrize("text", _values(BAIT))
def test_bait_is_left_alone(guard: Guard, text: str) -> None:
    assert guard.spans(text) == ()
