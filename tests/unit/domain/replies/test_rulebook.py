"""Automatic answers: the first rule that fits."""

import pytest

from bot.domain.ids import AccountId
from bot.domain.replies.answering import AnswerRule, Match
from bot.domain.replies.reply import AnswerKind, LinkCard, ReplyKind
from bot.domain.replies.rulebook import Rulebook
from tests import factories as make


def rule(match: Match, *words: str, **changes: object) -> AnswerRule:
    return AnswerRule("r", match, words, "答", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "text", "fits"),
    [
        (rule(Match.EXACT, "电话"), "电话", True),
        (rule(Match.EXACT, "电话"), " 电 话\u200b", True),
        (rule(Match.EXACT, "电话"), "咨询电话", False),
        (rule(Match.CONTAINS, "电话"), "咨询电话是多少", True),
        (rule(Match.CONTAINS, "地址", "电话"), "电话？", True),
        (rule(Match.CONTAINS, "1.5"), "125", False),
        (rule(Match.CONTAINS), "随便", False),
        (rule(Match.STARTS, "查"), "查 补贴", True),
        (rule(Match.STARTS, "查"), "我要查", False),
        (rule(Match.EXACT, "abc"), "ＡＢＣ".lower(), True),
        (rule(Match.ANY_MESSAGE), "随便", True),
        (rule(Match.EVENT, "subscribe"), "subscribe", False),
        (rule(Match.EXACT, "电话", enabled=False), "电话", False),
        (rule(Match.EXACT, "电话", accounts=(AccountId("acc_2"),)), "电话", False),
    ],
)
def test_a_rule_fits_by_its_words(made: AnswerRule, text: str, fits: bool) -> None:
    """Spaces, width and invisible characters do not matter; accounts and switches do."""
    assert (Rulebook([made]).fitting(make.incoming(text=text)) is not None) is fits


def test_events_are_answered_by_event_rules_only() -> None:
    """A new follower is greeted; “any message” is not about events."""
    event = make.incoming(kind=ReplyKind.EVENT, type_name="subscribe", text="")

    assert Rulebook([rule(Match.EVENT, "subscribe")]).fitting(event) is not None
    assert Rulebook([rule(Match.EVENT, "SUBSCRIBE")]).fitting(event) is not None
    assert Rulebook([rule(Match.EVENT, "click")]).fitting(event) is None
    assert Rulebook([rule(Match.ANY_MESSAGE)]).fitting(event) is None


@pytest.mark.parametrize(
    ("event", "target", "made", "fits"),
    [
        ("CLICK", "GUIDE", rule(Match.MENU, "GUIDE"), True),
        ("CLICK", "guide", rule(Match.MENU, "GUIDE"), False),
        ("scancode_waitmsg", "GUIDE", rule(Match.MENU, "GUIDE"), True),
        ("VIEW", "https://a.example", rule(Match.MENU, "https://a.example"), False),
        ("SCAN", "hall", rule(Match.SCENE, "hall"), True),
        ("subscribe", "qrscene_hall", rule(Match.SCENE, "hall"), True),
        ("scan_follow", "hall", rule(Match.SCENE, "hall"), True),
        ("subscribe", "", rule(Match.SCENE, "hall"), False),
        ("subscribe", "", rule(Match.SCENE, ""), False),
        ("CLICK", "hall", rule(Match.SCENE, "hall"), False),
        ("SCAN", "hall", rule(Match.MENU, "hall"), False),
    ],
)
def test_taps_and_scans_are_answered_by_key_and_scene(
    event: str, target: str, made: AnswerRule, fits: bool
) -> None:
    """A code scanned to follow counts like one scanned later; a page that opens needs no answer."""
    said = make.incoming(kind=ReplyKind.EVENT, type_name=event, target=target, text="")

    assert (Rulebook([made]).fitting(said) is not None) is fits


def test_a_message_that_reads_like_a_key_is_no_tap() -> None:
    """Menu and scene rules are about events."""
    rules = [rule(Match.MENU, "指南"), rule(Match.SCENE, "指南"), rule(Match.EVENT, "指南")]

    assert Rulebook(rules).fitting(make.incoming(text="指南")) is None


def test_an_answer_with_an_article_shows_it() -> None:
    """And has the same in words."""
    card = LinkCard("办事指南", "", "https://a.example")
    made = rule(Match.ANY_MESSAGE, card=card)

    assert made.answered.card == card
    assert made.answered.kind is AnswerKind.NEWS


@pytest.mark.parametrize("kind", [ReplyKind.COMMENT, ReplyKind.MENTION])
def test_what_is_said_in_public_gets_no_automatic_answer(kind: ReplyKind) -> None:
    """There is no passive answer to a comment."""
    assert Rulebook([rule(Match.ANY_MESSAGE)]).fitting(make.incoming(kind=kind)) is None


def test_earlier_rules_win_and_the_answer_names_its_rule() -> None:
    """The order is the office's."""
    first = AnswerRule("补贴", Match.CONTAINS, ("补贴",), "见政策原文")
    last = AnswerRule("兜底", Match.ANY_MESSAGE, (), "已收到")

    rule = Rulebook([first, last]).fitting(make.incoming())

    assert rule is not None
    assert (rule.answered.text, rule.answered.rule) == ("见政策原文", "补贴")
    assert Rulebook([first]).fitting(make.incoming(text="你好")) is None


def test_a_long_letter_is_left_to_people_whatever_words_it_holds() -> None:
    """A keyword answers who asks by keyword; a rule for everything still answers everything."""
    short, long = (make.incoming(text=f"我想咨询{'商' * more}") for more in (56, 57))
    by_word = Rulebook([rule(Match.CONTAINS, "咨询")])

    assert by_word.fitting(short) is not None
    assert by_word.fitting(long) is None
    assert Rulebook([rule(Match.ANY_MESSAGE)]).fitting(long) is not None
