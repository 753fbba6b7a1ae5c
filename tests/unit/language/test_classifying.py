"""A model learns what an office has labelled, keeps silent where it would guess, and is the same
file for the same examples."""

from pathlib import Path

import pytest

from bot.language.classifying import Example, cross_validate, f1_by_label, suggest, train
from bot.language.issue_classes import suggest_issue_class
from bot.language.model_file import UnreadableModel, load_model, save_model

TOPICS = {
    "交通": ["公交车几点收班", "公交站台太远", "路口红绿灯坏了", "停车位不够用", "公交改道不通知"],
    "教育": ["小学几号报名", "老师补课收费", "幼儿园学位不够", "学校食堂太贵", "小学转学手续"],
}
EXAMPLES = [
    Example(f"{text}，请问{number}月能解决吗", topic)
    for topic, texts in TOPICS.items()
    for text in texts
    for number in range(1, 9)
]


def test_a_text_like_the_examples_gets_their_label_with_the_reason() -> None:
    """The terms that spoke for it are named."""
    found = suggest(train(EXAMPLES), "公交站台的公交车什么时候来")

    assert found is not None
    assert found.label == "交通"
    assert "公交" in found.because


def test_a_text_like_none_of_them_gets_no_label() -> None:
    """A guess helps nobody."""
    assert suggest(train(EXAMPLES), "谢谢") is None


def test_hints_teach_words_that_no_example_holds() -> None:
    """The names of what belongs to a label."""
    without, hinted = train(EXAMPLES), train(EXAMPLES, [Example("地铁 轻轨 航班", "交通")])

    assert "地铁" not in without.weights["交通"]
    assert hinted.weights["交通"]["地铁"] > hinted.weights["教育"]["地铁"]


def test_each_example_is_judged_by_a_model_that_has_not_seen_it() -> None:
    """Once, on the same side every time."""
    tried = cross_validate(EXAMPLES)

    assert tried == cross_validate(EXAMPLES)
    assert len(tried) == len(EXAMPLES)
    assert f1_by_label(tried) == {"交通": 1.0, "教育": 1.0}


def test_the_same_examples_give_the_same_file(tmp_path: Path) -> None:
    """And the file gives the same suggestions."""
    for name in ("one", "two"):
        save_model(train(EXAMPLES), tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    read = load_model(tmp_path / "one")
    assert suggest(read, "小学老师") == suggest(train(EXAMPLES), "小学老师")


def test_one_label_is_nothing_to_learn_from() -> None:
    """There would be no choice."""
    with pytest.raises(ValueError, match="two labels"):
        train(EXAMPLES[:3])


@pytest.mark.parametrize("written", ["", "{}", '{"format": 0}', "[1]"])
def test_a_file_that_is_no_model_is_said_to_be_none(tmp_path: Path, written: str) -> None:
    """With what to do."""
    (tmp_path / "model").write_text(written)

    with pytest.raises(UnreadableModel, match="train it again"):
        load_model(tmp_path / "model")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("请问怎么办理居住证，需要什么材料", "咨询"),
        ("投诉楼下烧烤店深夜扰民", "投诉"),
        ("建议在路口增设红绿灯", "建议"),
        ("网站上的电话是空号，请更正", "纠错"),
        ("我要依申请公开征地批复", "依申请公开"),
        ("家人重病走投无路，求助", "求助"),
        ("谢谢", None),
        ("", None),
    ],
)
def test_phrases_tell_what_a_follower_wants(text: str, label: str | None) -> None:
    """Or nothing does."""
    found = suggest_issue_class(text)

    assert (found.label if found else None) == label
