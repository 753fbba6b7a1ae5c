"""What every storage promises about sources, releases, accounts and rules."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.accounts.account import QuietHours
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, ReleaseId, RuleId, SourceId
from bot.domain.releases.document import (
    Attachment,
    Cell,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from bot.domain.releases.release import (
    Finding,
    FiveOpens,
    Interpretation,
    InterpretationKind,
    Release,
    ReleaseState,
)
from bot.domain.replies.answering import AnswerRule, Match
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, account, after, content, release, rollout, rule, source

EVERY_BLOCK = Document(
    (
        Heading("一、总则", level=1),
        Paragraph((Run("正文", bold=True), Run("链接", link="https://a.example")), align="right"),
        ListBlock(((Run("第一"),), (Run("第二"),)), ordered=True),
        Table(((Cell("项目", header=True), Cell("金额", columns=2)),), caption="附表"),
        Image("https://a.example/1.png", alt="图", sha256="0" * 64),
        Quote(("引文",)),
        Rule(),
        Attachment("附件.pdf", "https://a.example/1.pdf"),
    )
)


def add(storage: CompleteStorage, *releases: Release) -> None:
    with storage.begin() as uow:
        for made in releases:
            uow.releases.add(made)
        uow.commit()


@pytest.fixture
def sourced(storage: CompleteStorage) -> CompleteStorage:
    """A storage with one source."""
    with storage.begin() as uow:
        uow.sources.add(source())
        uow.commit()
    return storage


def test_a_release_comes_back_as_it_was_stored(sourced: CompleteStorage) -> None:
    """Every kind of block, every field, and the content hash survive the round trip."""
    reading = Interpretation("一图读懂", InterpretationKind.INFOGRAPHIC, EVERY_BLOCK)
    body = content(
        body=EVERY_BLOCK,
        interpretations=(reading,),
        five_opens=(FiveOpens.DECISION,),
        contact="\x00 咨询电话 ‖ 12345",
    )
    made = release(
        content=body,
        findings=(Finding("date", "没有成文日期", "第一段"),),
        release_at=after(60),
    )

    add(sourced, made)

    with sourced.begin() as uow:
        found = uow.releases.get(ReleaseId("rel_1"))
    assert found == made
    assert found.content.hash == made.content_hash


def test_the_newest_version_is_what_is_found(sourced: CompleteStorage) -> None:
    """Every version is kept; lookups give the newest unless one is named."""
    second = release(version=2, content=content(title="修订后的通知"), received_at=after(1))
    add(sourced, release(), second)

    with sourced.begin() as uow:
        found = [
            uow.releases.get(ReleaseId("rel_1")),
            uow.releases.by_key(SourceId("site"), "7"),
            uow.releases.by_document_number("云岭政办发〔2026〕7号"),
        ]
        first = uow.releases.get(ReleaseId("rel_1"), version=1)
        waiting = uow.releases.in_state(ReleaseState.APPROVED)

    assert found == [second] * 3
    assert first == release()
    assert waiting == [second]


def test_the_same_version_is_not_stored_twice(sourced: CompleteStorage) -> None:
    """Of two who take in the same document at once, the second is told so."""
    add(sourced, release())

    with pytest.raises(Conflict):
        add(sourced, release(id=ReleaseId("rel_2")))


def test_saving_changes_one_version(sourced: CompleteStorage) -> None:
    """The state of a version changes; an unknown one is not found."""
    add(sourced, release())

    with sourced.begin() as uow:
        uow.releases.save(release(state=ReleaseState.WITHDRAWN))
        with pytest.raises(NotFound, match="找不到发布"):
            uow.releases.save(release(version=2))
        uow.commit()

    with sourced.begin() as uow:
        assert uow.releases.get(ReleaseId("rel_1")).state is ReleaseState.WITHDRAWN


def test_approved_releases_await_a_plan_once(sourced: CompleteStorage) -> None:
    """A version without rollout is offered, oldest first; a planned one is not; a new one is."""
    late = release(id=ReleaseId("rel_0"), source_key="8", received_at=after(5))
    received = release(id=ReleaseId("rel_3"), source_key="9", state=ReleaseState.RECEIVED)
    add(sourced, late, release(), received)
    with sourced.begin() as uow:
        before = uow.releases.awaiting_plan()
        uow.posts.add_rollout(rollout())
        planned = uow.releases.awaiting_plan()
        uow.releases.add(release(version=2))
        amended = uow.releases.awaiting_plan()

    assert before == ["rel_1", "rel_0"]
    assert planned == ["rel_0"]
    assert amended == ["rel_1", "rel_0"]


def test_sources_are_kept(sourced: CompleteStorage) -> None:
    """A source is added once, saved, and not found when unknown."""
    with sourced.begin() as uow:
        uow.sources.save(source(etag='"1"'))
        uow.commit()

    with sourced.begin() as uow:
        assert uow.sources.all() == [source(etag='"1"')]
        with pytest.raises(Conflict):
            uow.sources.add(source())
        with pytest.raises(NotFound, match="找不到来源：nowhere"):
            uow.sources.get(SourceId("nowhere"))


def test_accounts_are_kept_apart_from_their_secrets(storage: CompleteStorage) -> None:
    """Saving an account leaves its secrets, and the other way round."""
    made = account(quiet_hours=QuietHours(time(22), time(7)), options={"uid": "1"})
    with storage.begin() as uow:
        uow.accounts.add(made, "sealed")
        uow.accounts.save(replace(made, stopped=True))
        uow.accounts.save_secrets(AccountId("acc_1"), "sealed again")
        uow.commit()

    with storage.begin() as uow:
        assert uow.accounts.by_name("云岭发布") == replace(made, stopped=True)
        assert uow.accounts.all() == [replace(made, stopped=True)]
        assert uow.accounts.sealed_secrets(AccountId("acc_1")) == "sealed again"
        assert uow.accounts.by_name("别的账号") is None


def test_account_names_are_unique(storage: CompleteStorage) -> None:
    """Two accounts with one name would be confused by everybody."""
    with storage.begin() as uow:
        uow.accounts.add(account(), "sealed")

        with pytest.raises(Conflict, match="云岭发布"):
            uow.accounts.add(account(id=AccountId("acc_2")), "sealed")
        with pytest.raises(NotFound, match="找不到账号：acc_2"):
            uow.accounts.get(AccountId("acc_2"))


def test_rules_keep_their_order(storage: CompleteStorage) -> None:
    """The first matching rule wins, so the order they were added in is kept."""
    first, second = rule(id=RuleId("z")), rule(id=RuleId("a"), slot=time(9, 30))
    with storage.begin() as uow:
        uow.rules.add(first)
        uow.rules.add(second)
        uow.commit()

    with storage.begin() as uow:
        assert uow.rules.all() == [first, second]
        assert uow.rules.get(RuleId("a")) == second
        with pytest.raises(NotFound, match="找不到规则"):
            uow.rules.get(RuleId("b"))


def test_a_rule_is_changed_in_its_place(storage: CompleteStorage) -> None:
    """One that is not there cannot be changed."""
    first, second = rule(id=RuleId("z")), rule(id=RuleId("a"))
    renamed = rule(id=RuleId("z"), name="改过的")
    with storage.begin() as uow:
        uow.rules.add(first)
        uow.rules.add(second)
        uow.rules.save(renamed)
        uow.commit()

    with storage.begin() as uow:
        assert uow.rules.all() == [renamed, second]
        with pytest.raises(NotFound, match="找不到规则"):
            uow.rules.save(rule(id=RuleId("c")))


def test_rules_are_put_in_another_order(storage: CompleteStorage) -> None:
    """And one that is added later comes last."""
    first, second, third = (rule(id=RuleId(one)) for one in ("z", "a", "m"))
    with storage.begin() as uow:
        for one in (first, second):
            uow.rules.add(one)
        uow.rules.arrange([second.id, first.id])
        uow.rules.add(third)
        uow.commit()

    with storage.begin() as uow:
        assert uow.rules.all() == [second, first, third]


def test_answer_rules_are_replaced_as_a_whole(storage: CompleteStorage) -> None:
    """The new list is all there is, in its order."""
    rules = [AnswerRule(name, Match.CONTAINS, ("社保",), "答") for name in ("乙", "甲", "丙")]
    with storage.begin() as uow:
        uow.rules.replace_answer_rules(rules)
        uow.rules.replace_answer_rules(rules[:2])
        uow.commit()

    with storage.begin() as uow:
        assert uow.rules.answer_rules() == rules[:2]


def test_rollouts_and_posts_are_listed_by_what_they_belong_to(peopled: CompleteStorage) -> None:
    """Posts are found by rollout and release, rollouts by release."""
    with peopled.begin() as uow:
        uow.posts.save_rollout(rollout(due_at=None))

        assert uow.posts.rollouts_of(ReleaseId("rel_1")) == [rollout(due_at=None)]
        assert [p.id for p in uow.posts.of_rollout(rollout().id)] == ["pst_1"]
        assert [p.due_at for p in uow.posts.of_release(ReleaseId("rel_1"))] == [NOW]
        assert uow.posts.of_release(ReleaseId("rel_2")) == []
