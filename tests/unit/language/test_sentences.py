"""Where sentences end."""

from bot.language.sentences import split_sentences


def test_ends_at_full_stops_outside_brackets() -> None:
    """A stop inside a bracket or a title ends nothing; a semicolon goes on."""
    text = "甲方（含乙方。）应当到场；丙方可以不到。《通知。》另行印发！完"

    assert split_sentences(text) == (
        "甲方（含乙方。）应当到场；丙方可以不到。",
        "《通知。》另行印发！",
        "完",
    )


def test_a_closing_quotation_belongs_to_its_sentence() -> None:
    """The mark inside a closed quotation ends the sentence after the quotation mark."""
    assert split_sentences("他说：“应当公开。”会议结束。") == ("他说：“应当公开。”", "会议结束。")


def test_a_line_end_ends_a_sentence_and_english_stops_need_a_blank() -> None:
    """3.5 is one number."""
    assert split_sentences("Rise by 3.5 percent. Then stop.\nNext") == (
        "Rise by 3.5 percent.",
        "Then stop.",
        "Next",
    )
