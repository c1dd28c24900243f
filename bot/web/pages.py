"""The pages and who may ask for them: liveness, readiness, figures, and Slack's requests.

`/health` says that the process turns; `/ready` that it can do its work, which a load balancer asks
before it sends anybody here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from uuid import uuid4

import structlog
from prometheus_client import disable_created_metrics
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.errors import Misconfigured, Unavailable
from bot.web.slack import Endpoint

EVENTS = "/slack/events"

log = structlog.get_logger(__name__)

Check = Callable[[], Awaitable[str | None]]
"""Returns when its part is in use, perhaps with a word on what is less than well; raises
`Unavailable` or `Misconfigured` when it is not."""


def make_web(
    *,
    checks: Mapping[str, Check],
    slack: Endpoint | None = None,
    metrics: Endpoint | None = None,
    patience: float = 2.0,
) -> ASGIApp:
    """`slack` is given where Slack speaks to us over HTTP; Socket Mode needs no page.

    `metrics` is what Prometheus reads. `patience` is how many seconds `/ready` waits for a part
    before it is called slow.
    """
    routes = [
        Route("/health", _health),
        Route("/ready", _ready(checks, patience)),
    ]
    if metrics is not None:
        # A second curve for each of the first, which says only when the process began.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # unannotated in the library
        routes.append(Route("/metrics", metrics))
    if slack is not None:
        routes.append(Route(EVENTS, slack, methods=["POST"]))
    pages = Starlette(routes=routes, exception_handlers={Exception: _failed})
    return pages if slack is None else _slack_first(slack, pages)


def _slack_first(slack: Endpoint, pages: ASGIApp) -> ASGIApp:
    """Past what pages need, which takes as long as Bolt: Slack's own requests raise nothing."""

    async def web(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == EVENTS and scope["method"] == "POST":
            answer = await slack(Request(scope, receive))
            await answer(scope, receive, send)
        else:
            await pages(scope, receive, send)

    return web


async def _health(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def _ready(checks: Mapping[str, Check], patience: float) -> Endpoint:
    async def ready(_request: Request) -> Response:
        states = await asyncio.gather(
            *(_state(name, check, patience) for name, check in checks.items())
        )
        well = not {"slow", "unavailable"}.intersection(states)
        answer = {"ready": well, **dict(zip(checks, states, strict=True))}
        return JSONResponse(answer, status_code=200 if well else 503)

    return ready


async def _state(name: str, check: Check, patience: float) -> str:
    try:
        return await asyncio.wait_for(check(), patience) or "ok"
    except TimeoutError:
        log.warning("ready.slow", party=name, seconds=patience)
        return "slow"
    except (Unavailable, Misconfigured) as error:
        log.warning("ready.unavailable", party=name, reason=str(error))
        return "unavailable"


async def _failed(_request: Request, error: Exception) -> Response:
    reference = uuid4().hex[:8]
    log.error("web.failed", reference=reference, exc_info=error)
    return JSONResponse({"error": "internal", "reference": reference}, status_code=500)
