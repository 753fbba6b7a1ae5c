"""The review of a post and deputies at the command line."""

from bot.domain.posts.post import PostState
from tests import factories as make
from tests.unit.cli.desk import Desk


def with_draft(desk: Desk) -> str:
    """The hash of a draft that is there."""
    with desk.house().storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release())
        uow.accounts.add(make.account(), "{}")
        uow.posts.add_rollout(make.rollout())
        post = make.post(state=PostState.DRAFT, approved_hash=None, approved_by=None)
        uow.posts.add(post)
        uow.commit()
    return post.content_hash


def test_the_operator_submits_but_does_not_approve_the_same_post(desk: Desk) -> None:
    """One person is one person at the machine too."""
    shown = with_draft(desk)

    submitted = desk.run("post", "submit", "pst_1")
    approved = desk.run("post", "approve", "pst_1", "--hash", shown)
    desk.run("post", "comment", "pst_1", "封面偏暗")

    assert "second" in submitted.out
    assert approved.status == 1
    assert "提交人不能审核自己的稿件" in approved.err
    with desk.house().storage.begin() as uow:
        assert [line.text for line in uow.reviews.of_post(make.post().id)] == ["", "封面偏暗"]


def test_a_deputy_is_named_listed_and_ended(desk: Desk) -> None:
    """For somebody who is away."""
    for login, role in (("chen", "reviewer"), ("li", "writer")):
        typed = "correct horse 电池\n"
        desk.run("user", "add", login, "--role", role, "--password-stdin", typed=typed)

    named = desk.run(
        "deputy", "add", "chen", "li", "--since", "2099-01-01", "--until", "2099-01-09"
    )
    listed = desk.run("deputy", "list", "--json").json
    desk.run("deputy", "end", named.out.strip())

    assert [(one["principal"], one["deputy"]) for one in listed] == [("chen", "li")]
    assert desk.run("deputy", "list", "--json").json == []
