"""What to do with a release that arrives: the pure decision behind `accept_release`."""

from dataclasses import dataclass

from bot.domain.errors import Conflict
from bot.domain.releases.release import Release, ReleaseContent


@dataclass(frozen=True)
class NewRelease:
    """Nothing like it is here: store version 1."""


@dataclass(frozen=True)
class SameAgain:
    """The same content came again: answer as the first time, change nothing."""

    release: Release


@dataclass(frozen=True)
class NewVersion:
    """The same document with other content: unpublished posts are held, approvals void."""

    of: Release
    version: int


Acceptance = NewRelease | SameAgain | NewVersion


def decide_acceptance(
    content: ReleaseContent,
    *,
    known: Release | None,
    same_number: Release | None,
    person_says_same: bool = False,
) -> Acceptance:
    """Decide from the newest version under the same (source, key) and one with the same 文号.

    Raises:
        Conflict: another release already carries this 发文字号 and nobody said it is the same.
    """
    if known is not None:
        if known.content_hash == content.hash:
            return SameAgain(known)
        return NewVersion(known, known.version + 1)
    if same_number is not None and not person_says_same:
        raise Conflict(
            f"发文字号 {content.document_number} 已经属于另一份文件："
            f"“{same_number.content.title}”（编号 {same_number.id}，来源 {same_number.source} 的 "
            f"{same_number.source_key}）；本次提交的是“{content.title}”。"
            "如果确是同一份文件，请注明“同一文件”后重新提交；否则请核对文号",
            existing=same_number.id,
        )
    return NewRelease()
