"""`next_move` decides what a delivery does; these are its rules, one by one and at random."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.account import Mode, PlatformName
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from bot.domain.publishing.next_move import (
    Call,
    Done,
    Gate,
    Hold,
    LookForIt,
    Move,
    Prepared,
    Wait,
    next_move,
)
from bot.domain.publishing.route import AbsenceRule, Route, Step, StepKind, StepRole
from tests.factories import NOW, after

UPLOAD = Step("upload", StepKind.REPEAT, StepRole.PREPARE, polls_seconds=(2.0,), max_attempts=3)
SUBMIT = Step(
    "submit",
    StepKind.ONCE,
    StepRole.ACCEPT,
    timeout_seconds=10,
    settling_seconds=5,
    looks_seconds=(0, 10),
)
SEE = Step("see", StepKind.REPEAT, StepRole.SEE, polls_seconds=(2.0,), patience_seconds=60)
BY_HAND = Step("await_person", StepKind.REPEAT, StepRole.AWAIT_PERSON)
ROUTE = Route(PlatformName.WECHAT, Mode.PUBLISH, (UPLOAD, SUBMIT, SEE))
PROVABLE = replace(SUBMIT, absence=AbsenceRule(60, "a documented rule"))
KEYED = replace(SUBMIT, name="send", kind=StepKind.KEYED)
OPEN = Gate(NOW)


def entry(step: Step, outcome: Outcome | None, *, at: float = 0, **changes: object) -> Entry:
    """A journal line; finished one second after it began, if it has an outcome."""
    made = Entry(
        seq=int(changes.pop("seq", 1)),  # type: ignore[call-overload]
        step=step.name,
        act=Act.CALL,
        started_at=after(at),
        deadline_at=after(at + step.timeout_seconds),
        outcome=outcome,
        finished_at=None if outcome is None else after(at + 1),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def journal(*entries: Entry) -> Journal:
    """Entries in order, numbered."""
    return Journal(tuple(replace(e, seq=n) for n, e in enumerate(entries, 1)))


def route(*steps: Step) -> Route:
    return Route(PlatformName.WECHAT, Mode.PUBLISH, steps)


def moved(*entries: Entry, steps: tuple[Step, ...] = (SUBMIT,), at: float = 0) -> Move:
    return next_move(route(*steps), journal(*entries), OPEN, now=after(at))


def test_the_first_step_of_an_empty_journal_is_called() -> None:
    """A new delivery begins with its first step."""
    assert next_move(ROUTE, Journal(), OPEN, now=NOW) == Call(UPLOAD)


def test_the_accepting_step_waits_for_its_time() -> None:
    """Preparation may run ahead; nothing becomes public before the gate opens."""
    ready = journal(entry(UPLOAD, Outcome.DONE))

    assert next_move(ROUTE, ready, Gate(after(60)), now=NOW) == Prepared(after(60))


def test_a_closed_gate_leaves_the_delivery_prepared() -> None:
    """While siblings are not ready there is no time to wait for."""
    ready = journal(entry(UPLOAD, Outcome.DONE))

    assert next_move(ROUTE, ready, Gate(None), now=NOW) == Prepared(None)


def test_what_has_a_public_address_waits_for_the_embargo() -> None:
    """Uploaded pictures can be reached by anyone who knows the address."""
    upload = replace(UPLOAD, public_address=True)

    move = next_move(route(upload), Journal(), Gate(NOW, after(90)), now=NOW)

    assert move == Wait(after(90), StepRole.PREPARE)


def test_a_call_under_way_is_waited_for_until_its_deadline() -> None:
    """Somebody may still be working on it."""
    assert moved(entry(SUBMIT, None), at=3) == Wait(after(10), StepRole.ACCEPT)


def test_a_call_that_never_came_back_is_looked_for_after_settling() -> None:
    """A worker died: the effect may exist, so it is searched, never repeated."""
    assert moved(entry(SUBMIT, None), at=11) == Wait(after(15), StepRole.ACCEPT, unsure=True)
    assert moved(entry(SUBMIT, None), at=15) == LookForIt(SUBMIT)


@pytest.mark.parametrize("outcome", [Outcome.ABSENT, Outcome.UNCLEAR])
def test_without_an_absence_rule_looking_in_vain_ends_with_a_person(outcome: Outcome) -> None:
    """Not finding it proves nothing: a draft that is gone may have been deleted."""
    looks = [entry(SUBMIT, outcome, at=t, act=Act.LOOK) for t in (15, 25)]

    assert isinstance(moved(entry(SUBMIT, Outcome.UNKNOWN), *looks, at=500), Hold)


def test_an_early_absence_proves_nothing() -> None:
    """The rule says from when on absence counts; a look before that does not."""
    looks = [entry(PROVABLE, Outcome.ABSENT, at=20, act=Act.LOOK)]

    move = moved(entry(PROVABLE, Outcome.UNKNOWN), *looks, steps=(PROVABLE,), at=30)

    assert not isinstance(move, Call)


def test_a_proven_absence_allows_another_call() -> None:
    """The effect cannot exist any more: the step may run again."""
    looks = [entry(PROVABLE, Outcome.ABSENT, at=71, act=Act.LOOK)]

    move = moved(entry(PROVABLE, Outcome.UNKNOWN), *looks, steps=(PROVABLE,), at=75)

    assert move == Call(PROVABLE)


def test_an_effect_that_was_found_is_the_effect() -> None:
    """Found means done: the next step follows."""
    found = entry(SUBMIT, Outcome.FOUND, at=15, act=Act.LOOK)

    assert moved(entry(SUBMIT, Outcome.UNKNOWN), found, steps=(SUBMIT, SEE), at=16) == Call(SEE)


def test_a_keyed_step_is_repeated_with_its_key_after_a_minute() -> None:
    """The platform remembers the key, so that repeating is asking."""
    unknown = entry(KEYED, Outcome.UNKNOWN, key="k", key_valid_until=after(3600))

    assert moved(unknown, steps=(KEYED,), at=30) == Wait(after(61), StepRole.ACCEPT, unsure=True)
    assert moved(unknown, steps=(KEYED,), at=61) == Call(KEYED, "k")


def test_a_key_the_platform_forgot_is_worth_nothing() -> None:
    """After 23 hours a keyed step counts as `once`."""
    unknown = entry(KEYED, Outcome.UNKNOWN, key="k", key_valid_until=after(3600))

    assert moved(unknown, steps=(KEYED,), at=3600) == LookForIt(KEYED)


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (None, "发送时连接中断"),
        (Failure("OutcomeUnknown", message="reset", cause="连接中断"), "发送时连接中断"),
        (Failure("OutcomeUnknown", code="40007", cause="草稿不见了"), "草稿不见了"),
    ],
)
def test_what_stays_unclear_is_held_with_what_is_known(failure: Failure | None, says: str) -> None:
    """The platform's own word where it gave one, and that nothing is sent again by itself."""
    lost = entry(SUBMIT, Outcome.UNKNOWN, failure=failure)
    looks = [entry(SUBMIT, Outcome.UNCLEAR, at=20 + n, act=Act.LOOK) for n in range(2)]

    move = moved(lost, *looks, at=100)

    assert isinstance(move, Hold)
    assert move.reason.startswith(f"不能确定稿件是否已经发出：{says}。")
    assert "不会自动重发" in move.reason


def test_a_refusal_is_held_with_its_cause_and_next_step() -> None:
    """What the platform refuses goes to a person, in words they can act on."""
    failure = Failure("ContentRejected", cause="标题超过 32 个字", next_step="请缩短标题")

    move = moved(entry(SUBMIT, Outcome.REFUSED, failure=failure))

    assert move == Hold("稿件没有发出，已保留在待处理。标题超过 32 个字。请缩短标题")


def test_what_is_public_in_part_is_not_called_unsent() -> None:
    """Weibo's article without its post: part of it can be read."""
    failure = Failure("PartlyDone", cause="文章已生成，微博没有发出")

    move = moved(entry(SUBMIT, Outcome.REFUSED, failure=failure))

    assert move == Hold("稿件只发出了一部分，不会自动重发。文章已生成，微博没有发出")


def test_what_is_public_otherwise_than_approved_is_said_so() -> None:
    """Somebody edited the draft and published it before we looked."""
    failure = Failure("NotAsApproved", cause="有人在平台后台改动后发布")

    move = moved(entry(BY_HAND, Outcome.REFUSED, failure=failure), steps=(BY_HAND,))

    assert move == Hold("稿件已经公开，但内容与批准的不同。有人在平台后台改动后发布")


def test_a_draft_nobody_has_published_is_not_called_unsent() -> None:
    """We were refused while looking; meanwhile anybody may have pressed the button."""
    failure = Failure("Misconfigured", cause="IP 不在白名单里")

    move = moved(entry(BY_HAND, Outcome.REFUSED, failure=failure), steps=(BY_HAND,))

    assert isinstance(move, Hold)
    assert move.reason.startswith("草稿已送到平台后台，系统没有看到它公开")


def test_waiting_ends_although_nobody_answers() -> None:
    """Quotas spent day after day: one more question after patience has ended, then a person."""
    step = replace(BY_HAND, patience_seconds=100)
    first = entry(step, Outcome.NOT_DONE, retry_at=after(500))
    second = entry(step, Outcome.NOT_DONE, at=500, retry_at=after(900))

    assert moved(first, steps=(step,), at=400) == Wait(after(500), StepRole.AWAIT_PERSON)
    assert moved(first, steps=(step,), at=500) == Call(step)
    assert isinstance(moved(first, second, steps=(step,), at=501), Hold)


def test_an_event_lets_a_step_look_that_waits_for_its_quota() -> None:
    """Somebody published by hand: the next question need not wait its time."""
    waiting = entry(BY_HAND, Outcome.NOT_DONE, retry_at=after(500))
    told = entry(BY_HAND, Outcome.PENDING, at=10, act=Act.EVENT)

    assert moved(waiting, told, steps=(BY_HAND,), at=20) == Call(BY_HAND)


def test_preparing_waits_as_long_as_the_platform_says() -> None:
    """A spent quota of uploads is no reason to give up."""
    late = entry(UPLOAD, Outcome.NOT_DONE, at=50_000, retry_at=after(90_000))
    steps = (UPLOAD,)

    move = moved(entry(UPLOAD, Outcome.NOT_DONE, retry_at=after(50_000)), late, steps=steps, at=9e4)

    assert move == Call(UPLOAD)


def test_trouble_after_acceptance_does_not_claim_that_nothing_went_out() -> None:
    """The platform has it; only the last proof is missing."""
    move = moved(entry(SEE, Outcome.REFUSED, failure=Failure("NotPermitted")), steps=(SEE,))

    assert isinstance(move, Hold)
    assert move.reason.startswith("平台已受理稿件")


def test_a_step_that_never_becomes_clear_ends_with_a_person() -> None:
    """Proven absence allows another call, but not for ever."""
    step = replace(PROVABLE, max_attempts=2)
    lines = []
    for at in (0, 200):
        lines += [
            entry(step, Outcome.UNKNOWN, at=at),
            entry(step, Outcome.ABSENT, at=at + 80, act=Act.LOOK),
        ]

    assert moved(*lines[:2], steps=(step,), at=100) == Call(step)
    assert isinstance(moved(*lines, steps=(step,), at=300), Hold)


def test_what_was_not_sent_is_tried_again_when_its_time_comes() -> None:
    """No connection was made: nothing can have happened."""
    not_sent = entry(SUBMIT, Outcome.NOT_DONE, retry_at=after(8))

    assert moved(not_sent, at=5) == Wait(after(8), StepRole.ACCEPT)
    assert moved(not_sent, at=8) == Call(SUBMIT)


def test_trying_ends_after_the_last_attempt() -> None:
    """A step that never gets through is a person's matter."""
    why = Failure("PlatformUnavailable", cause="平台繁忙", next_step="系统会自动重试")
    tries = [
        entry(UPLOAD, Outcome.NOT_DONE, at=t, retry_at=after(t + 2), failure=why)
        for t in (0, 5, 10)
    ]

    move = moved(*tries, steps=(UPLOAD,), at=100)

    assert isinstance(move, Hold)
    assert "平台繁忙" in move.reason
    assert "系统会自动重试" not in move.reason


def test_a_person_who_says_go_on_gives_new_patience() -> None:
    """“重新发布” after a hold runs the step again."""
    refused = entry(SUBMIT, Outcome.REFUSED)
    person = entry(SUBMIT, Outcome.RETRY, at=50, act=Act.PERSON)

    assert moved(refused, person, at=51) == Call(SUBMIT)


def test_the_platforms_word_that_it_failed_holds_the_delivery() -> None:
    """An event of failure outranks polling."""
    told = entry(SEE, Outcome.REFUSED, at=2, act=Act.EVENT)

    assert isinstance(moved(told, steps=(SEE,), at=3), Hold)


def test_pending_answers_end_when_patience_does() -> None:
    """A platform that never finishes is a person's matter."""
    pending = entry(SEE, Outcome.PENDING, retry_at=after(4))

    assert moved(pending, steps=(SEE,), at=2) == Wait(after(4), StepRole.SEE)
    assert moved(pending, steps=(SEE,), at=5) == Call(SEE)
    assert isinstance(moved(pending, steps=(SEE,), at=61), Hold)


def test_when_every_step_is_proven_the_receipt_has_its_facts() -> None:
    """accepted and seen live are different facts with different times."""
    done = journal(
        entry(UPLOAD, Outcome.DONE),
        entry(SUBMIT, Outcome.DONE, at=5, evidence={"urls": "https://a.example/1"}),
        entry(SEE, Outcome.DONE, at=9),
    )

    move = next_move(ROUTE, done, OPEN, now=after(20))

    assert isinstance(move, Done)
    assert move.receipt.urls == ("https://a.example/1",)
    assert move.receipt.accepted
    assert move.receipt.accepted.at == after(6)
    assert move.receipt.seen_live
    assert move.receipt.seen_live.at == after(10)


@dataclass
class Platform:
    """A platform whose every answer hypothesis chooses; it counts real effects."""

    effects: int = 0
    journal: Journal = field(default_factory=Journal)
    clock: datetime = NOW

    def play(self, the_route: Route, choices: st.DataObject) -> Move:
        """Follow `next_move` until it ends or stands still."""
        move: Move = Prepared(None)
        for _ in range(60):
            move = next_move(the_route, self.journal, OPEN, now=self.clock)
            if isinstance(move, Done | Hold):
                return move
            self._obey(move, choices)
        return move

    def _obey(self, move: Move, choices: st.DataObject) -> None:
        match move:
            case Call(step=step, key=key):
                self._call(step, key, choices)
            case LookForIt(step=step):
                self._look(step, choices)
            case Wait(until=until):
                self.clock = max(self.clock, until)
            case Prepared(until=until):
                self.clock = max(self.clock, until or self.clock)

    def _call(self, step: Step, key: str, choices: st.DataObject) -> None:
        known = step.kind is StepKind.KEYED and self.effects > 0
        happens = choices.draw(st.booleans()) and not known
        public = step.role is StepRole.ACCEPT
        if happens and public:
            self.effects += 1
        honest = [Outcome.UNKNOWN, None]
        if happens or known or not public:
            honest.append(Outcome.DONE)
        if not happens and not known:
            honest += [Outcome.NOT_DONE, Outcome.REFUSED]
        self._write(step, Act.CALL, choices.draw(st.sampled_from(honest)), key or "k")

    def _look(self, step: Step, choices: st.DataObject) -> None:
        truth = Outcome.FOUND if self.effects else Outcome.ABSENT
        self._write(step, Act.LOOK, choices.draw(st.sampled_from([truth, Outcome.UNCLEAR])))

    def _write(self, step: Step, act: Act, outcome: Outcome | None, key: str = "") -> None:
        ends = self.clock + timedelta(seconds=1)
        made = Entry(
            seq=self.journal.next_seq,
            step=step.name,
            act=act,
            started_at=self.clock,
            deadline_at=self.clock + timedelta(seconds=step.timeout_seconds),
            outcome=outcome,
            finished_at=ends if outcome else None,
            retry_at=ends if outcome is Outcome.NOT_DONE else None,
            key=key,
            key_valid_until=NOW + timedelta(hours=23),
        )
        self.journal = self.journal.with_entry(made)
        self.clock = ends


@given(choices=st.data(), accepting=st.sampled_from([SUBMIT, PROVABLE, KEYED]))
def test_whatever_the_platform_answers_the_public_sees_at_most_one_post(
    choices: st.DataObject, accepting: Step
) -> None:
    """The promise of the product: at most one effect; done only if there is exactly one."""
    platform = Platform()

    ended = platform.play(route(UPLOAD, accepting), choices)

    assert platform.effects <= 1
    assert isinstance(ended, Done | Hold)
    if isinstance(ended, Done):
        assert platform.effects == 1


@given(
    outcomes=st.lists(
        st.tuples(
            st.sampled_from([UPLOAD, SUBMIT, SEE]),
            st.sampled_from(list(Act)),
            st.one_of(st.none(), st.sampled_from(list(Outcome))),
        ),
        max_size=8,
    ),
    seconds=st.integers(0, 10_000),
    gate=st.sampled_from([Gate(None), OPEN, Gate(after(5000), after(100))]),
)
def test_every_journal_has_a_next_move(
    outcomes: list[tuple[Step, Act, Outcome | None]], seconds: int, gate: Gate
) -> None:
    """`next_move` is total: no journal, however odd, leaves a delivery without an answer."""
    lines = [entry(s, o, at=n, act=a) for n, (s, a, o) in enumerate(outcomes)]

    move = next_move(ROUTE, journal(*lines), gate, now=after(seconds))

    assert isinstance(move, Call | Wait | Prepared | LookForIt | Done | Hold)


def test_time_in_which_the_platform_could_not_be_asked_is_no_waiting() -> None:
    """A quota used up until the next day: the first answer after it is not the last."""
    quota = entry(SEE, Outcome.NOT_DONE, retry_at=after(5000))
    first = entry(SEE, Outcome.PENDING, at=5000, retry_at=after(5010))

    assert moved(quota, first, steps=(SEE,), at=5010) == Call(SEE)
    assert isinstance(moved(quota, first, steps=(SEE,), at=5060), Hold)
