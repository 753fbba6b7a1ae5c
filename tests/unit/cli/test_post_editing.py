"""A post's words at the command line."""

from bot.domain.ids import ReleaseId
from bot.usecases.posts.plan_release import plan_release
from tests.unit.cli.desk import Desk
from tests.unit.cli.test_accounts import ACCOUNTS, RULE
from tests.unit.cli.test_releases import NOTICE


def planned(desk: Desk) -> str:
    """A post of the notice, whatever account it is for."""
    desk.run(
        "account",
        "add",
        desk.write("accounts.toml", ACCOUNTS.replace("env:CITY_SECRET", "invented")),
    )
    desk.run("rule", "add", desk.write("rule.toml", RULE))
    added = desk.run("release", "add", desk.write("notice.md", NOTICE), "--json").json[0]
    release = ReleaseId(added["release"]["id"])
    desk.run("release", "approve", release)
    plan_release(release, desk.house().posts)
    posts = desk.run("post", "list", "--json").json
    return str(posts[0]["id"])


def test_a_post_is_edited_and_taken_back(desk: Desk) -> None:
    """Block by its name, field by its option; the former draft comes back word for word."""
    post = planned(desk)
    before = desk.run("post", "show", post, "--json").json["post"]["draft"]["content"]
    words = desk.run("post", "blocks", post, "--json").json[0]["approved"]

    edited = desk.run("post", "edit", post, "--block", f"0-0={words}另行通知。")

    assert edited.out == f"{post}: revision 2, draft\n"
    assert desk.run("post", "blocks", post, "--json").json[0]["now"] == f"{words}另行通知。"
    assert desk.run("post", "revisions", post, "--json").json[0]["number"] == 1
    assert desk.run("post", "restore", post, 1).status == 0
    after = desk.run("post", "show", post, "--json").json["post"]["draft"]["content"]
    assert after == before


def test_what_cannot_be_edited_is_told(desk: Desk) -> None:
    post = planned(desk)

    assert desk.run("post", "edit", post, "--block", "first=新").status == 2
    refused = desk.run("post", "edit", post, "--block", "0-99=新")
    assert refused.status == 1
    assert "没有这一段" in refused.err
