"""Which kept files something refers to, in every database."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.ids import PostId
from bot.domain.posts.draft import Draft, DraftContent, Picture
from bot.domain.releases.document import Attachment, Document, Image
from bot.storage.database import Database
from bot.vault.secrets import FernetVault
from tests.factories import account, content, post, release, rollout, source
from tests.fakes.clock import StillClock

FILES = {
    place: number * 64
    for number, place in zip(
        "123456",
        ("attachment", "former version", "draft", "former draft", "nobody", "quoted"),
        strict=True,
    )
}


@pytest.fixture(
    params=[pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database of each kind."""
    url = request.getfixturevalue(f"{request.param}_url")
    opened = Database(url, audit_key=b"key", vault=FernetVault("k" * 32), clock=StillClock())
    yield opened
    opened.dispose()


def shown(sha256: str) -> Draft:
    return Draft(DraftContent(pictures=(Picture(sha256, "image/png", 1, 1),), marker="m"))


def test_files_of_releases_posts_and_former_ones_are_named(database: Database) -> None:
    """Of every version and every revision; what stands in a text is no reference."""
    attached = Attachment("表.pdf", "", FILES["attachment"])
    first = release(content=content(body=Document((Image("", sha256=FILES["former version"]),))))
    with database.begin() as uow:
        uow.sources.add(source())
        uow.releases.add(first)
        newer = content(title=f"见 {FILES['quoted']} 附件", attachments=(attached,))
        uow.releases.add(replace(first, version=2, content=newer))
        uow.accounts.add(account(), "{}")
        uow.posts.add_rollout(rollout())
        before = post(id=PostId("pst_1"), draft=shown(FILES["former draft"]))
        uow.posts.add(before)
        uow.revisions.keep(before, replaced_by="li")
        uow.posts.save(replace(before, revision=2, draft=shown(FILES["draft"])))
        uow.commit()

    left = database.media_references().unnamed(FILES.values())

    assert left == {FILES["nobody"], FILES["quoted"]}
