"""Marks that must not reach the public."""

import pytest

from tests.unit.domain.posts.checks.posts import article, found, short


@pytest.mark.parametrize("mark", ["机密★10年", "秘密 ★ 长期", "绝密☆", "\n秘密\n"])
def test_a_mark_stops_the_post_and_is_not_repeated(mark: str) -> None:
    """Findings are stored, logged and shown."""
    (hit,) = found(short(f"云岭市人民政府文件{mark}关于某事"), "secrecy_mark")

    assert hit.is_in_the_way
    assert hit.quote == ""
    assert mark.strip() not in hit.message


@pytest.mark.parametrize("words", ["保守国家秘密", "涉及商业秘密和个人隐私", "机密级以外的资料"])
def test_talking_of_secrets_is_no_mark(words: str) -> None:
    assert found(article(html=f"<p>{words}的，按规定办理。</p>"), "secrecy_mark") == []


@pytest.mark.parametrize(
    ("words", "is_told"),
    [("内部资料，注意保存", True), ("此件不予公开", True), ("此件公开发布", False)],
)
def test_papers_for_the_office_are_told(words: str, is_told: bool) -> None:
    assert bool(found(short(words), "internal_paper")) is is_told
