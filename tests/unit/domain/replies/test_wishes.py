"""What a follower asks to be looked up."""

import pytest

from bot.domain.replies.reply import ReplyKind
from bot.domain.replies.wishes import ReceiptWish, SearchWish, Wish, wish_of
from tests import factories as make


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("查 补贴", SearchWish("补贴", is_plain=True)),
        (" 查询　适老化 改造 ", SearchWish("适老化 改造", is_plain=True)),
        ("查：停车", SearchWish("停车", is_plain=True)),
        ("查一下,停车", SearchWish("停车", is_plain=True)),
        ("查补贴", SearchWish("补贴", is_plain=False)),
        ("查收一下邮件", SearchWish("收一下邮件", is_plain=False)),
        ("查 YL20261123-0001 7k3f", ReceiptWish("YL20261123-0001", "7K3F")),
        ("查询ＹＬ２０２６１１２３００１　７Ｋ３Ｆ", ReceiptWish("YL20261123001", "7K3F")),
        ("查 20261123 补贴", SearchWish("20261123 补贴", is_plain=True)),
        ("查", None),
        ("查询", None),
        ("查 ？？", None),
        ("我要查补贴", None),
        ("查 " + "长" * 31, None),
        ("", None),
    ],
)
def test_a_message_that_begins_with_the_word_asks(text: str, wish: Wish | None) -> None:
    """“查” or “查询”, then words; a number and a code are a receipt. A long text is no search."""
    assert wish_of(make.incoming(text=text)) == wish


def test_only_a_text_message_asks() -> None:
    """A comment is not answered; a link's title or a place is not typed by the follower."""
    assert wish_of(make.incoming(text="查 补贴", kind=ReplyKind.COMMENT)) is None
    assert wish_of(make.incoming(text="查 补贴", type_name="link")) is None
