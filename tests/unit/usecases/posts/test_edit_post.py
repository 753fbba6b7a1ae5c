"""A post's words are changed, put right, and taken back: never without a second person."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import EditedMeanwhile, IllegalMove, InvalidInput, NotAllowed
from bot.domain.permissions import Actor
from bot.domain.posts.edits import UNEDITED, BlockEdit, Edits, Field, FieldEdit
from bot.domain.posts.post import Post, PostState
from bot.domain.posts.rules import PostApproval
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.rendering import Rendered
from bot.usecases.posts.edit_post import edit_post
from bot.usecases.posts.repair_finding import repair_finding
from bot.usecases.posts.restore_revision import restore_revision
from bot.usecases.posts.review_post import approve_post, submit_post
from tests import factories as make
from tests.unit.usecases.posts.desk import AUDITOR, REVIEWER, WRITER, Desk, PlainRenderer

SLIP = make.document("请各单位按照要求布署。", "第二段。")


def titled(text: str, article: int = 0) -> Edits:
    return Edits((FieldEdit(Field.TITLE, text, article),))


def rewritten(text: str, number: int = 0) -> Edits:
    return Edits(blocks=(BlockEdit(0, number, "", text),))


def scheduled() -> tuple[Desk, Post]:
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned(body=SLIP)
    assert post.state is PostState.SCHEDULED
    return desk, post


def edit(desk: Desk, post: Post, edits: Edits, **others: object) -> Post:
    given = {"content_hash": post.content_hash, "actor": WRITER, **others}
    return edit_post(post.id, edits, tools=desk.tools, **given)  # type: ignore[arg-type]


def test_an_edit_makes_an_approved_post_a_draft_again() -> None:
    """Its delivery is cancelled, its approval void; the approved words are kept beside."""
    desk, post = scheduled()

    edited = edit(desk, post, titled("关于优化办事时间的通知"))

    assert (edited.state, edited.revision) == (PostState.DRAFT, 2)
    assert edited.approved_hash is None
    assert not edited.is_approved_as_is
    assert desk.delivery(post.id).state is DeliveryState.CANCELLED
    with desk.storage.begin() as uow:
        approved = uow.revisions.last_approved(post.id)
    assert approved is not None
    assert (approved.draft, approved.replaced_by) == (post.draft, WRITER.name)
    assert "post.edited" in desk.actions()


def test_an_edited_post_goes_nowhere_without_a_second_person() -> None:
    """Also where its rule asked for no review."""
    desk, post = scheduled()
    edited = edit(desk, post, titled("关于优化办事时间的通知"))
    both = Actor(WRITER.name, WRITER.roles | REVIEWER.roles)

    submitted = submit_post(edited.id, actor=WRITER, storage=desk.storage)

    assert submitted.state is PostState.IN_REVIEW
    with pytest.raises(NotAllowed):
        approve_post(post.id, content_hash=edited.content_hash, actor=both, storage=desk.storage)


def test_a_block_keeps_the_approved_words_it_stands_for() -> None:
    """It is drawn anew; a field edited beside it stays edited."""
    desk, post = scheduled()
    first = edit(desk, post, titled("优化办事时间"))

    both = Edits(titled("优化办事时间").fields, rewritten("第二段，改过。", 1).blocks)
    second = edit(desk, first, both)

    assert second.edits.blocks == (BlockEdit(0, 1, "第二段。", "第二段，改过。"),)
    article = second.draft.content.articles[0]
    assert article.title == "优化办事时间"
    assert "第二段，改过。" in article.html


class Digesting(PlainRenderer):
    """Draws a digest of what was edited."""

    def render(self, *given: Any, edits: Edits = UNEDITED, **named: Any) -> Rendered:
        drawn = super().render(*given, edits=edits, **named)
        digest = "".join(block.text for block in edits.blocks)
        articles = (replace(drawn.content.articles[0], digest=digest),)
        return replace(drawn, content=replace(drawn.content, articles=articles))


def test_a_field_that_nobody_wrote_in_follows_the_blocks() -> None:
    """A form sends every field: what stood in it before is no edit that keeps old figures."""
    desk, post = scheduled()
    tools = replace(desk.tools, renderer=Digesting())
    as_shown = FieldEdit(Field.DIGEST, post.draft.content.articles[0].digest, 0)

    edited = edit_post(
        post.id,
        Edits((as_shown,), rewritten("不超过15个工作日。").blocks),
        content_hash=post.content_hash,
        actor=WRITER,
        tools=tools,
    )

    assert edited.draft.content.articles[0].digest == "不超过15个工作日。"
    assert edited.edits.fields == ()


def test_an_edit_of_a_field_leaves_everything_else_as_it_was() -> None:
    """Nothing is drawn again, so nothing else can have changed."""
    desk, post = scheduled()
    asked = len(desk.renderer.asked)

    edited = edit(desk, post, titled("优化办事时间"))

    assert len(desk.renderer.asked) == asked
    assert edited.draft.content.articles[0].html == post.draft.content.articles[0].html


def test_saving_what_is_there_already_stores_nothing() -> None:
    """The approval of an unchanged post holds."""
    desk, post = scheduled()

    same = edit(desk, post, titled(post.draft.content.articles[0].title))

    assert same == desk.post(post.id) == post


def test_the_second_of_two_who_edit_at_once_is_refused() -> None:
    """What the first one saved stands."""
    desk, post = scheduled()
    edit(desk, post, titled("优化办事时间"))

    with pytest.raises(EditedMeanwhile):
        edit(desk, post, titled("办事时间调整"))

    assert desk.post(post.id).draft.content.articles[0].title == "优化办事时间"


def test_who_may_not_write_edits_nothing() -> None:
    desk, post = scheduled()
    for actor in (AUDITOR, REVIEWER):
        with pytest.raises(NotAllowed):
            edit(desk, post, titled("优化办事时间"), actor=actor)
        with pytest.raises(NotAllowed):
            restore_revision(
                post.id, 1, content_hash=post.content_hash, actor=actor, tools=desk.tools
            )
        with pytest.raises(NotAllowed):
            repair_finding(
                post.id, 0, content_hash=post.content_hash, actor=actor, tools=desk.tools
            )


def test_a_post_that_is_out_is_not_edited() -> None:
    desk, post = scheduled()
    desk.change_delivery(post.id, state=DeliveryState.DELIVERED, accepted_at=make.NOW)

    with pytest.raises(IllegalMove):
        edit(desk, post, titled("优化办事时间"))


def test_an_earlier_revision_is_taken_back_word_for_word() -> None:
    """As a new draft: that its words were once approved does not bring them out."""
    desk, post = scheduled()
    edited = edit(desk, post, rewritten("改过。", 1))

    restored = restore_revision(
        post.id, 1, content_hash=edited.content_hash, actor=WRITER, tools=desk.tools
    )

    assert restored.draft.content == post.draft.content
    assert (restored.revision, restored.state) == (3, PostState.DRAFT)
    assert restored.edits == post.edits
    assert not restored.is_approved_as_is
    assert "post.restored" in desk.actions()


def slipped(title: str = "关于布署办事时间的通知") -> tuple[Desk, Post, int]:
    desk = Desk(make.rule(approval=PostApproval.FOUR_EYES))
    (post,) = desk.arrives_and_is_planned(body=SLIP)
    edited = edit(desk, post, titled(title))
    rules = [each.rule for each in edited.draft.violations]
    return desk, edited, rules.index("misspelling")


def test_a_slip_is_put_right_with_one_click() -> None:
    """As an edit like any other, which the audit tells apart."""
    desk, post, number = slipped()

    mended = repair_finding(
        post.id, number, content_hash=post.content_hash, actor=WRITER, tools=desk.tools
    )

    assert mended.draft.content.articles[0].title == "关于部署办事时间的通知"
    assert "misspelling" not in [each.rule for each in mended.draft.violations]
    assert "post.repaired" in desk.actions()


def test_what_has_no_sure_repair_is_left_to_people() -> None:
    """A wrong name of the state is never changed by itself."""
    desk, post, _ = slipped("关于布署人民攻府办事时间的通知")
    number = [each.rule for each in post.draft.violations].index("state_name")

    with pytest.raises(InvalidInput, match="手工修改"):
        repair_finding(
            post.id, number, content_hash=post.content_hash, actor=WRITER, tools=desk.tools
        )


def test_edits_are_carried_into_a_new_version() -> None:
    """The post waits as a draft, and says what could not be carried."""
    desk, post = scheduled()
    both = Edits(titled("优化办事时间").fields, rewritten("第二段，改过。", 1).blocks)
    edit(desk, post, both)

    (newer,) = desk.arrives_and_is_planned(body=make.document("新的第一段。", "第二段。"))

    assert (newer.state, newer.release_version) == (PostState.DRAFT, 2)
    assert [each.text for each in newer.edits.blocks] == ["第二段，改过。"]
    assert "第二段，改过。" in newer.draft.content.articles[0].html
    # The templates write another title now: the one somebody wrote is not put over it.
    assert newer.draft.content.articles[0].title != "优化办事时间"
    assert any("优化办事时间" in note for note in newer.draft.notes)
    assert desk.post(post.id).state is PostState.CANCELLED
