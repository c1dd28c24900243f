"""Reading `/metrics` as Prometheus does."""

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

Read = dict[str, float]
"""By name and labels as one writes them: `usher_visits_total{outcome=done,what=/claim}`."""


async def page(url: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics") as answer:
        assert answer.status == 200
        return await answer.text()


def read(text: str) -> Read:
    return {
        _spelled(sample.name, sample.labels): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def figures(url: str) -> Read:
    return read(await page(url))


def _spelled(name: str, labels: dict[str, str]) -> str:
    inside = ",".join(f"{key}={value}" for key, value in sorted(labels.items()))
    return f"{name}{{{inside}}}" if inside else name
