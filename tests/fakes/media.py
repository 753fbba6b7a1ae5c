"""A media store in memory."""

import hashlib

from bot.domain.errors import NotFound


class FakeMediaStore:
    """Keeps the promise of `ports.media.MediaStore`."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        self.kept[name] = content
        return name

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.kept:
            raise NotFound("图片", sha256)
        return self.kept[sha256]
