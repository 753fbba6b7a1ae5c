"""Nobody takes personal data away unseen."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.usecases.open_export import open_export
from tests.fakes.storage import FakeStorage

DESK = Actor("li", frozenset({Role.DESK}))
WRITER = Actor("wang", frozenset({Role.WRITER}))


def taken(storage: FakeStorage) -> list[tuple[str, str]]:
    with storage.begin() as uow:
        return [(record.actor, record.object_id) for record in uow.audit.records()]


def test_who_took_what_is_in_the_audit() -> None:
    """With and without personal data; masked ones anybody may take who may read."""
    storage = FakeStorage()

    open_export("replies", asked="", actor=DESK, storage=storage, unmasked=True)
    open_export("replies", asked="", actor=WRITER, storage=storage, unmasked=False)
    open_export("posts", asked="acc_1", actor=WRITER, storage=storage)

    assert taken(storage) == [("li", "unmasked"), ("wang", "masked"), ("wang", "impersonal")]


def test_personal_data_needs_its_permission() -> None:
    """And nothing is written when it was refused."""
    storage = FakeStorage()

    with pytest.raises(NotAllowed):
        open_export("replies", asked="", actor=WRITER, storage=storage, unmasked=True)

    assert taken(storage) == []
