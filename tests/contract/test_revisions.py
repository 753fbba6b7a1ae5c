"""Former drafts of posts, on every storage."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from tests import factories as make
from tests.contract.conftest import CompleteStorage


def test_a_revision_remembers_approval_and_successor(peopled: CompleteStorage) -> None:
    """Whichever is told first."""
    post = make.post()
    newer = make.post(revision=2, draft=make.draft("<p>二</p>"), approved_by=None)
    with peopled.begin() as uow:
        uow.revisions.keep(post)
        uow.revisions.keep(replace(post, approved_by=None), replaced_by="李撰稿")
        uow.revisions.keep(newer, replaced_by="赵编辑")
        uow.commit()

    with peopled.begin() as uow:
        kept = uow.revisions.of_post(post.id)
        approved = uow.revisions.last_approved(post.id)
        found = uow.revisions.with_hash(post.id, newer.content_hash)

    assert [each.number for each in kept] == [2, 1]
    assert approved == kept[1]
    assert (kept[1].approved_by, kept[1].replaced_by) == ("王审核", "李撰稿")
    assert found is not None
    assert found.draft == newer.draft
    with peopled.begin() as uow, pytest.raises(NotFound):
        uow.revisions.get(post.id, 3)
