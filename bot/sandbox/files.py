"""Files on their way into the workspace and in it: expected, brought, shared, each once."""

from dataclasses import dataclass, field
from secrets import token_hex

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.sandbox.records import Json, SlackError
from bot.sandbox.stamps import new_id


@dataclass(slots=True)
class File:
    """`content` is None until its bytes were brought."""

    id: str
    key: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    shared: bool = False

    def wire(self) -> Json:
        return {"id": self.id, "name": self.name, "title": self.title, "size": self.length}


@dataclass(slots=True)
class Files:
    base_url: str = ""
    all: dict[str, File] = field(default_factory=dict)

    def expect(self, name: str, length: int) -> File:
        file = File(new_id("F"), token_hex(12), name, length)
        self.all[file.id] = file
        return file

    def arrived(self, file_id: str) -> File:
        file = self.all.get(file_id)
        if file is None or file.content is None or file.shared:
            raise SlackError("file_not_found")
        return file

    def share(self, file: File, title: str) -> None:
        file.title, file.shared = title, True

    async def take(self, request: Request) -> Response:
        """The address works once, and for exactly as many bytes as were announced."""
        key = request.path_params["key"]
        file = next((each for each in self.all.values() if each.key == key), None)
        content = await request.body()
        if file is None or file.content is not None or len(content) != file.length:
            return PlainTextResponse("Bad Request", 400)
        file.content = content
        return PlainTextResponse(f"OK - {len(content)}")
