"""JSON as Slack and X write it, half of a surrogate pair included, which orjson refuses."""

import json

import orjson

from bot.sandbox.records import Json


def packed(value: Json) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()
