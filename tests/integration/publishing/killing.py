"""Workers that die: a fuse, and what burns it at every commit and every request."""

from collections.abc import Collection

import httpx

from bot.ports.storage import Storage, UnitOfWork
from tests.fakes.wrapped import WrappedUnitOfWork


class Killed(BaseException):
    """The process is gone. Nothing may catch it: no clean-up code runs in a killed process."""


class Fuse:
    """Counts the boundaries a worker passes, and kills it at some of them (from 1)."""

    def __init__(self, kills_at: Collection[int] = ()) -> None:
        self._kills_at = kills_at
        self.passed = 0
        self.killed_at: list[str] = []

    def burn(self, where: str) -> None:
        """Pass one boundary.

        Raises:
            Killed: this is one of the chosen ones.
        """
        self.passed += 1
        if self.passed in self._kills_at:
            self.killed_at.append(where)
            raise Killed(where)


class MortalStorage:
    """A storage whose user may be killed just before or just after each commit."""

    def __init__(self, storage: Storage, fuse: Fuse) -> None:
        self._storage, self._fuse = storage, fuse

    def begin(self) -> UnitOfWork:
        return _MortalUnitOfWork(self._storage.begin(), self._fuse)  # type: ignore[return-value]


class _MortalUnitOfWork(WrappedUnitOfWork):
    def __init__(self, uow: UnitOfWork, fuse: Fuse) -> None:
        super().__init__(uow)
        self._fuse = fuse

    def commit(self) -> None:
        self._fuse.burn("before commit")
        self._uow.commit()
        self._fuse.burn("after commit")


class MortalTransport(httpx.BaseTransport):
    """Requests whose sender may be killed before they leave, or before it hears the answer."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()
        self.fuse = Fuse()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.fuse.burn(f"before {request.url.path}")
        response = self._inner.handle_request(request)
        response.read()
        try:
            self.fuse.burn(f"after {request.url.path}")
        except Killed:
            response.close()
            raise
        return response

    def close(self) -> None:
        self._inner.close()
