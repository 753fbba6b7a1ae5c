"""Figures of an answer that stand in no source: it does not leave before somebody says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import InvalidInput, Problem

SHORTEST_REASON = 4
"""Characters; “无” explains nothing."""
FIELD = "figures_reason"


@dataclass(frozen=True)
class Unsourced:
    """Figures, dates, amounts and numbers that stand in no source, and why they may be told."""

    figures: tuple[str, ...]
    reason: str

    @property
    def words(self) -> str:
        """As a history tells it."""
        return f"没有出处的数字：{'、'.join(self.figures)}。保留的理由：{self.reason}"


def justified(found: Sequence[str], given: Unsourced | None) -> Unsourced | None:
    """What was found, with the reason that somebody gave who saw all of it; None where every
    figure has a source.

    Raises:
        InvalidInput: naming the figures that nobody has answered for.
    """
    known = given.figures if given else ()
    left = list(dict.fromkeys(figure for figure in found if figure not in known))
    if left:
        words = (
            f"没有在引用的文件、公开的答复或者来信里找到：{'、'.join(left)}。"
            "请改正，或用《》注明出处；确实无误的，写明为什么可以保留"
        )
        raise InvalidInput([Problem(FIELD, words)])
    if not found:
        return None
    reason = given.reason.strip() if given else ""
    if len(reason) < SHORTEST_REASON:
        words = f"请写明没有出处的数字为什么可以保留（至少 {SHORTEST_REASON} 个字）"
        raise InvalidInput([Problem(FIELD, words)])
    return Unsourced(tuple(dict.fromkeys(found)), reason)
