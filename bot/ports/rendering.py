"""Rendering: from a release to a draft for one account."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.errors import Problem
from bot.domain.posts.draft import DraftContent
from bot.domain.posts.edits import UNEDITED, Edits
from bot.domain.posts.limits import Limits
from bot.domain.posts.post import PostKind
from bot.domain.releases.related import NOTHING_BESIDE, Beside
from bot.domain.releases.release import Release


@dataclass(frozen=True)
class Rendered:
    """Draft content, what was done to make it fit, and what a person must know or decide."""

    content: DraftContent
    form: str = "whole"
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Renderer(Protocol):
    """Draws posts from templates."""

    def render(
        self,
        release: Release,
        account: Account,
        *,
        kind: PostKind,
        template: str,
        limits: Limits,
        may_cut_titles: bool = False,
        beside: Beside = NOTHING_BESIDE,
        edits: Edits = UNEDITED,
    ) -> Rendered:
        """The post of `kind` for `account`, which mentions what is public `beside` it.

        Of `edits` the blocks and the words on covers are drawn; a post with edited blocks says
        so, and its check sum stays that of the approved text. Fields are not written here.

        `problems` lists what only a person can solve (a title still too long). Only checks and
        demonstrations may set `may_cut_titles`; the cut is marked and noted.
        """
        ...

    def templates(self, platform: PlatformName, kind: PostKind) -> tuple[str, ...]:
        """The names of the templates a post of `kind` can be drawn from, the default first."""
        ...


@dataclass(frozen=True)
class Sight:
    """How a draft is looked at: `shown` is `all` of it, what a `list` shows before anybody opens
    it, or one article by its number from 0; `shade` is `light`, `dark`, or the reader's own;
    `marked` words are marked; `account` is whose post it is."""

    shown: str = "all"
    shade: str = ""
    marked: tuple[str, ...] = ()
    account: str = ""


PLAIN_SIGHT = Sight()


class Previewer(Protocol):
    """Shows a draft as its readers will see it."""

    def preview(
        self,
        content: DraftContent,
        platform: PlatformName,
        *,
        picture_url: Callable[[str], str],
        sight: Sight = PLAIN_SIGHT,
    ) -> str:
        """A standalone HTML page without script, for a sandboxed frame or a file.

        `picture_url` gives the address a picture is loaded from, by its SHA-256.
        """
        ...
