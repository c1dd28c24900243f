"""Every call of the app passes here: fault, method, token, scope, rate, work, journal."""

import asyncio
import json

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.faults import Fault
from bot.sandbox.journal import Call
from bot.sandbox.packed import packed
from bot.sandbox.records import Json, SlackError
from bot.sandbox.seed import BOT_USER
from bot.sandbox.web_api import METHODS
from bot.sandbox.web_api.arguments import Arguments, arguments_of, encoding_of
from bot.sandbox.web_api.scopes import missing
from bot.sandbox.workspace import Workspace


class HangUp(Response):
    """Closes the connection where an answer should have been."""

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        scope["sandbox.transport"].abort()
        await asyncio.sleep(0.01)


class Door:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def api(self, request: Request) -> Response:
        method = request.path_params["method"]
        fault = self._workspace.faults.take(method)
        args: Json = {}
        token = ""
        try:
            args = await arguments_of(request)
            token = token_of(request, args)
            response = await before(fault) or self._call(method, args, token)
        except SlackError as no:
            response = answered(no.answer())
        except ValueError:
            response = answered({"ok": False, "error": "invalid_json"})
        if token == self._workspace.bot_token:
            response.headers["x-oauth-scopes"] = spelled(self._workspace.scopes)
        self._note(request, method, args, response, fault)
        return await after(fault) or response

    async def response_url(self, request: Request) -> Response:
        fault = self._workspace.faults.take("response_url")
        body: Json = {}
        try:
            body = orjson.loads(await request.body())
            response = await before(fault)
            if response is None:
                self._workspace.response_urls.use(request.path_params["name"], body)
                response = Response("ok", media_type="text/plain")
        except SlackError as no:
            gone = no.code in ("used_url", "expired_url")
            response = answered(no.answer(), status=404 if gone else 400)
        except ValueError:
            response = answered({"ok": False, "error": "invalid_payload"}, status=400)
        self._note(request, "response_url", body, response, fault)
        return await after(fault) or response

    def _call(self, method: str, args: Json, token: str) -> Response:
        work = METHODS.get(method)
        if work is None:
            return answered({"ok": False, "error": "unknown_method", "req_method": method})
        self._may(method, args, token)
        wait = self._workspace.limits.wait_for(method, bucket_of(self._workspace, args))
        if wait:
            return limited(wait)
        return answered({"ok": True, **work(self._workspace, Arguments(args))})

    def _may(self, method: str, args: Json, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if self._workspace.shut_out and token == self._workspace.bot_token:
            raise SlackError(self._workspace.shut_out)
        app_level = method == "apps.connections.open"
        if token not in (self._workspace.bot_token, self._workspace.app_token):
            raise SlackError("invalid_auth")
        if app_level != (token == self._workspace.app_token):
            raise SlackError("not_allowed_token_type")
        absent = missing(self._workspace, method, args)
        if absent:
            provided = spelled(self._workspace.scopes)
            raise SlackError("missing_scope", needed=",".join(absent), provided=provided)

    def _note(
        self, request: Request, method: str, args: Json, response: Response, fault: Fault | None
    ) -> None:
        plain = response.media_type == "application/json"
        call = Call(
            at=self._workspace.clock(),
            method=method,
            args=args,
            answer=json.loads(bytes(response.body)) if plain else {},
            status=response.status_code,
            encoding=encoding_of(request),
            fault=fault.kind if fault else "",
        )
        self._workspace.journal.append(call)


def token_of(request: Request, args: Json) -> str:
    given = str(args.pop("token", ""))
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip() or given


def bucket_of(workspace: Workspace, args: Json) -> str:
    """A person and the direct message with that person are one place."""
    name = str(args.get("channel", ""))
    channel = workspace.channels.get(name)
    if channel is None or not channel.im:
        return name
    return next((user for user in channel.members if user != BOT_USER), name)


async def before(fault: Fault | None) -> Response | None:
    """The trouble that comes instead of the effect."""
    if fault is None:
        return None
    if fault.name == "delay":
        await asyncio.sleep(float(fault.detail))
        return None
    if fault.name == "429":
        return limited(int(fault.detail))
    if fault.name == "error":
        return answered({"ok": False, "error": fault.detail})
    return broken(fault) if fault.before else None


async def after(fault: Fault | None) -> Response | None:
    """The trouble that hides an effect: Slack did it, and the app cannot know."""
    if fault is not None and fault.name == "hold":
        await asyncio.sleep(float(fault.detail))
    two_sided = fault is not None and (fault.name == "hang_up" or fault.name.startswith("5"))
    return broken(fault) if fault and two_sided and not fault.before else None


def broken(fault: Fault) -> Response:
    if fault.name == "hang_up":
        return HangUp()
    return HTMLResponse(f"<html><body><h1>{fault.name}</h1></body></html>", int(fault.name))


def limited(wait: int) -> Response:
    response = answered({"ok": False, "error": "ratelimited"}, status=429)
    response.headers["retry-after"] = str(wait)
    return response


def answered(body: Json, *, status: int = 200) -> Response:
    return Response(packed(body), status, media_type="application/json")


def spelled(scopes: set[str]) -> str:
    return ",".join(sorted(scopes))
