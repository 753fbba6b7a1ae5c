"""A database that is away."""

from typing import NoReturn

from bot.ports.storage import StorageUnavailable


class AwayLedger:
    """Stands for any store whose every call is a transaction of its own."""

    def spend(self, *_: object, **__: object) -> NoReturn:
        raise StorageUnavailable("the database is away")

    def get(self, *_: object, **__: object) -> NoReturn:
        raise StorageUnavailable("the database is away")
