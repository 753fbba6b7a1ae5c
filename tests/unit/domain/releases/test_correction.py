"""更正: which public posts a published correction takes the place of."""

from bot.domain.ids import AccountId, PostId
from bot.domain.releases.correction import OutPost, correcting_versions, replaced_by
from tests import factories as make


def out(post: str, version: int, account: str = "acc_1") -> OutPost:
    return OutPost(PostId(post), AccountId(account), version, make.after(version))


def test_a_version_corrects_where_it_says_so_first() -> None:
    """The words are carried on by later versions, which correct nothing more by that."""
    assert correcting_versions([None, "应为九千元", "应为九千元", "应为一万元"]) == {2, 4}


def test_a_post_is_replaced_by_the_newest_correction_of_its_own_account() -> None:
    """Another account's correction is none, and a later version without such words neither."""
    posts = [out("a", 1), out("b", 2), out("c", 3), out("d", 4), out("x", 1, "acc_2")]

    found = replaced_by(posts, frozenset({2, 4}))

    assert {post: by.post for post, by in found.items()} == {"a": "d", "b": "d", "c": "d"}


def test_nothing_is_replaced_before_its_correction_is_out() -> None:
    """What is only planned is not among what is out."""
    assert replaced_by([out("a", 1)], frozenset({2})) == {}
