"""Every call of the app passes here: fault, method, token, scope, rate, work, journal."""

import asyncio
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.faults import Fault
from bot.sandbox.journal import Call
from bot.sandbox.records import Json, SlackError
from bot.sandbox.web_api import METHODS
from bot.sandbox.web_api.arguments import Arguments, arguments_of
from bot.sandbox.web_api.scopes import NEEDED
from bot.sandbox.workspace import Workspace

UNAVAILABLE = "<html><body><h1>503 Service Unavailable</h1></body></html>"


class HangUp(Response):
    """Closes the connection where an answer should have been."""

    async def __call__(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        scope["sandbox.hang_up"]()
        await asyncio.sleep(0.01)


class Door:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def api(self, request: Request) -> Response:
        method = request.path_params["method"]
        fault = self._workspace.faults.take(method)
        args: Json = {}
        try:
            args = await arguments_of(request)
            token = token_of(request, args)
            broken = await trouble(fault)
            response = broken or self._call(method, args, token)
        except SlackError as no:
            response = answered(no.answer())
        except ValueError:
            response = answered({"ok": False, "error": "invalid_json"})
        self._note(method, args, response)
        return HangUp() if fault and fault.name == "hang_up" else response

    async def response_url(self, request: Request) -> Response:
        fault = self._workspace.faults.take("response_url")
        body: Json = {}
        try:
            body = orjson.loads(await request.body())
            response = await trouble(fault)
            if response is None:
                self._workspace.response_urls.use(request.path_params["name"], body)
                response = Response("ok", media_type="text/plain")
        except SlackError as no:
            gone = no.code in ("used_url", "expired_url")
            response = answered(no.answer(), status=404 if gone else 400)
        except ValueError:
            response = answered({"ok": False, "error": "invalid_payload"}, status=400)
        self._note("response_url", body, response)
        return HangUp() if fault and fault.name == "hang_up" else response

    def _call(self, method: str, args: Json, token: str) -> Response:
        work = METHODS.get(method)
        if work is None:
            return answered({"ok": False, "error": "unknown_method", "req_method": method})
        self._may(method, token)
        wait = self._workspace.limits.wait_for(method, args)
        if wait:
            return limited(wait)
        scopes = ",".join(sorted(self._workspace.scopes))
        return answered({"ok": True, **work(self._workspace, Arguments(args))}, scopes=scopes)

    def _may(self, method: str, token: str) -> None:
        if not token:
            raise SlackError("not_authed")
        app_level = method == "apps.connections.open"
        if token not in (self._workspace.bot_token, self._workspace.app_token):
            raise SlackError("invalid_auth")
        if app_level != (token == self._workspace.app_token):
            raise SlackError("not_allowed_token_type")
        needed = NEEDED.get(method, ())
        granted = self._workspace.scopes
        if needed and not granted & set(needed):
            provided = ",".join(sorted(granted))
            raise SlackError("missing_scope", needed=",".join(needed), provided=provided)

    def _note(self, method: str, args: Json, response: Response) -> None:
        plain = response.media_type == "application/json"
        answer = orjson.loads(bytes(response.body)) if plain else {}
        self._workspace.journal.append(Call(method, args, answer, response.status_code))
        self._workspace.bell.ring()


def token_of(request: Request, args: Json) -> str:
    given = str(args.pop("token", ""))
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip() or given


async def trouble(fault: Fault | None) -> Response | None:
    match fault.name if fault else "":
        case "delay" if fault:
            await asyncio.sleep(float(fault.detail))
        case "503":
            return HTMLResponse(UNAVAILABLE, status_code=503)
        case "429" if fault:
            return limited(int(fault.detail))
        case "error" if fault:
            return answered({"ok": False, "error": fault.detail})
    return None


def limited(wait: int) -> Response:
    response = answered({"ok": False, "error": "ratelimited"}, status=429)
    response.headers["retry-after"] = str(wait)
    return response


def answered(body: Json, *, status: int = 200, **headers: Any) -> Response:
    named = {f"x-oauth-{name}": str(value) for name, value in headers.items()}
    content = orjson.dumps(body)
    return Response(content, status, named, media_type="application/json")
