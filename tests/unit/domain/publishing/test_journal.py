"""What a journal has learnt, also when a worker that lost its lease adds to it."""

from bot.domain.publishing.journal import Act, Entry, Journal, Outcome
from tests.factories import NOW


def entry(seq: int, step: str, act: Act, outcome: Outcome, **evidence: str) -> Entry:
    return Entry(seq, step, act, NOW, NOW, outcome, NOW, evidence=evidence)


def test_a_later_entry_overrides_an_earlier_one() -> None:
    """What the platform says last of the same thing counts."""
    journal = Journal(
        (
            entry(1, "confirm", Act.CALL, Outcome.PENDING, status="1"),
            entry(2, "confirm", Act.CALL, Outcome.DONE, status="0"),
        )
    )

    assert journal.evidence == {"status": "0"}


def test_what_a_step_did_first_stands() -> None:
    """A worker slept past its lease while another did the step again; the one who woke tells of
    its own draft. The one that was read back and handed in is still the first."""
    journal = Journal(
        (
            entry(1, "add_draft", Act.CALL, Outcome.DONE, draft="first"),
            entry(2, "read_back", Act.CALL, Outcome.DONE),
            entry(3, "add_draft", Act.EVENT, Outcome.DONE, draft="second", added="late"),
        )
    )

    assert journal.evidence == {"draft": "first", "added": "late"}
