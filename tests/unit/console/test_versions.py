"""版本: who handed each version in, and what is different."""

from dataclasses import replace

from bot.domain.ids import AccountId, DeliveryId, PostId, ReleaseId
from bot.domain.people import Role
from bot.domain.publishing.delivery import DeliveryState
from tests import factories as make
from tests.unit.console.desk import Desk
from tests.unit.console.town import add_post


def test_two_versions_are_compared_word_by_word(busy: Desk) -> None:
    """The last two unless others are named; fields beside the text."""
    with busy.storage.begin() as uow:
        first = uow.releases.get(ReleaseId("rel_3"))
        for version, amount in ((2, "九千元"), (3, "一万元")):
            content = replace(
                first.content,
                body=make.document(f"每户补贴{amount}整。"),
                contact=f"{version}号窗口",
            )
            uow.releases.add(replace(first, version=version, content=content, handed_in_by="li"))
        uow.commit()
    browser = busy.signed_in("wang", Role.AUDITOR)

    last = browser.get("/releases/rel_3/versions").text
    chosen = browser.get("/releases/rel_3/versions?from=1&to=2").text

    assert "第 3 版与第 2 版的不同" in last
    assert "每户补贴<del>九千</del><ins>一万</ins>元整。" in last
    assert "<del>2号窗口</del> <ins>3号窗口</ins>" in last
    assert "第 2 版与第 1 版的不同" in chosen


def test_a_first_version_is_compared_with_nothing(busy: Desk) -> None:
    """Its row is there all the same."""
    page = busy.signed_in("wang", Role.AUDITOR).get("/releases/rel_1/versions").text

    assert "第 1 版" in page
    assert "的不同" not in page


def test_a_post_whose_correction_is_public_is_marked(busy: Desk) -> None:
    """On the release, in its story and on its own page; the correction itself is not."""
    with busy.storage.begin() as uow:
        first = uow.releases.get(ReleaseId("rel_1"))
        second = replace(first.content, correction="“八千元”应为“九千元”")
        uow.releases.add(replace(first, version=2, content=second))
        add_post(uow, 12, account=AccountId("acc_1"), release_version=2)
        done = make.delivery(
            id=DeliveryId("dlv_12"),
            post=PostId("pst_12"),
            state=DeliveryState.DELIVERED,
            next_at=None,
            accepted_at=make.after(600),
        )
        uow.deliveries.add(done)
        uow.commit()
    browser = busy.signed_in("wang", Role.AUDITOR)

    table, story = (browser.get(f"/releases/rel_1/{tab}").text for tab in ("posts", "history"))

    assert table.count("已更正") == 1
    assert '<a href="/posts/pst_12">更正稿</a>' in table
    assert "原来的稿件标为已更正" in story
    assert "已更正：" in browser.get("/posts/pst_1").text
    assert "已更正：" not in browser.get("/posts/pst_12").text
