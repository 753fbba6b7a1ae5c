"""版本: who handed each version in, and what is different."""

from dataclasses import replace

from bot.domain.ids import ReleaseId
from bot.domain.people import Role
from tests import factories as make
from tests.unit.console.desk import Desk


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
