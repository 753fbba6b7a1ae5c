"""The template folders are named as the kinds of post are in code."""

import pytest

from bot.domain.posts.post import PostKind

from .house import ROOT


@pytest.mark.parametrize("platform", ["wechat", "weibo"])
def test_every_kind_of_post_has_its_template_folder(platform: str) -> None:
    """A kind without a template would fail on release day; a folder without a kind is dead."""
    folders = {path.name for path in (ROOT / "templates" / platform).iterdir() if path.is_dir()}

    assert {kind.value for kind in PostKind} <= folders
    assert {folder for folder in folders if not folder.startswith("_")} <= set(PostKind)
