"""What an arriving release is: new, the same, another version, or a conflict."""

import pytest

from bot.domain.errors import Conflict
from bot.domain.ids import ReleaseId
from bot.domain.releases.accepting import NewRelease, NewVersion, SameAgain, decide_acceptance
from tests import factories as make

KNOWN = make.release(version=3)
OTHER = make.release(id=ReleaseId("rel_9"), source_key="9", content=make.content(title="另一份"))
CHANGED = make.content(body=make.document("更正后的正文。"))


def test_the_same_hash_is_the_same_release() -> None:
    """Also when its 文号 is, naturally, known: its own."""
    decision = decide_acceptance(make.content(), known=KNOWN, same_number=KNOWN)

    assert decision == SameAgain(KNOWN)


def test_another_hash_is_the_next_version() -> None:
    """Counted from the newest."""
    assert decide_acceptance(CHANGED, known=KNOWN, same_number=KNOWN) == NewVersion(KNOWN, 4)


def test_nothing_like_it_is_new() -> None:
    """Version 1."""
    assert decide_acceptance(CHANGED, known=None, same_number=None) == NewRelease()


def test_a_taken_document_number_needs_a_persons_word() -> None:
    """Both are named, with what to do."""
    with pytest.raises(Conflict, match="同一文件") as conflict:
        decide_acceptance(CHANGED, known=None, same_number=OTHER)

    assert conflict.value.existing == "rel_9"
    said = decide_acceptance(CHANGED, known=None, same_number=OTHER, person_says_same=True)
    assert said == NewRelease()
