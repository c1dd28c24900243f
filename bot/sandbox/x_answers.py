"""Whole answers of the loopback X that are no data."""

from dataclasses import dataclass

from starlette.responses import JSONResponse, Response


@dataclass(frozen=True, slots=True)
class Refused:
    status: int
    title: str
    detail: str
    type: str = "about:blank"

    def response(self) -> Response:
        body = {
            "title": self.title,
            "detail": self.detail,
            "type": self.type,
            "status": self.status,
        }
        return JSONResponse(body, self.status, media_type="application/problem+json")


UNAUTHORIZED = Refused(401, "Unauthorized", "Unauthorized")
FORBIDDEN = Refused(
    403,
    "Unsupported Authentication",
    "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.",
    "https://api.twitter.com/2/problems/unsupported-authentication",
)
# X documents that calls are blocked without credits, not the body: title and type are from memory.
NO_CREDITS = Refused(
    402,
    "CreditsDepleted",
    "Your enrolled account does not have any credits to fulfill this request.",
    "https://api.twitter.com/2/problems/credits",
)
OVER_CAPACITY = (
    "<html><head><title>Over Capacity</title></head><body>503 Service Unavailable</body></html>"
)


def too_many() -> Response:
    return JSONResponse({"errors": [{"code": 88, "message": "Rate limit exceeded"}]}, 429)
