"""A unit of work in front of another: it hands on everything a test does not change."""

from types import TracebackType
from typing import Any, Self

from bot.ports.storage import UnitOfWork


class WrappedUnitOfWork:
    """Keeps the promises of `ports.storage.UnitOfWork` as far as its subclass does."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)

    def __enter__(self) -> Self:
        self._uow.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._uow.__exit__(kind, error, trace)

    def commit(self) -> None:
        self._uow.commit()
