"""The proof itself is tried: bugs that others have had are planted, and it finds each."""

import pytest

from tests.proof.cases import run_case, single_cuts
from tests.proof.faults import Fault, Kind
from tests.proof.guide import Cut
from tests.proof.office import Plan, Seams
from tests.proof.plans import PLANS
from tests.proof.planted import (
    HastyWriter,
    LeaselessStorage,
    ResendingAdapter,
    ResendingCorrespondent,
)
from tests.proof.running import ground

PUBLISH = next(plan for plan in PLANS if plan.name == "wechat publish")
SHARE = next(plan for plan in PLANS if plan.name == "weibo share, same text is no duplicate")
ANSWERS = next(plan for plan in PLANS if plan.name == "weibo, answers")
EVENING = next(plan for plan in PLANS if plan.name == "wechat, the evening")


def first_find(plan: Plan, seams: Seams, *faults: Fault) -> str:
    """What is wrong with the first single fault of these kinds that finds anything."""
    clean = run_case(ground(), plan)
    for cut in single_cuts(plan, clean.passed):
        if cut.fault in faults:
            verdict = run_case(ground(), plan, [cut], seams=seams)
            if verdict.wrongs:
                return "; ".join(verdict.wrongs)
    return ""


def test_it_finds_a_post_that_is_sent_again_after_a_time_out() -> None:
    """What got no answer is taken for not sent, and the platform's own books show two posts."""
    found = first_find(SHARE, Seams(adapter=ResendingAdapter), Fault.TIMEOUT_AFTER)

    assert "is out 2 times" in found
    assert "was sent again after the platform had taken it" in found


def test_it_finds_the_same_where_the_platform_lets_nothing_out_twice() -> None:
    """A draft that is handed in is consumed; the post is out, and is said not to be."""
    found = first_find(PUBLISH, Seams(adapter=ResendingAdapter), Fault.TIMEOUT_AFTER)

    assert "is out, yet held as" in found


def test_it_finds_an_answer_that_is_sent_again_after_a_time_out() -> None:
    """The follower reads it twice."""
    seams = Seams(correspondent=ResendingCorrespondent)

    assert "arrived 2 times" in first_find(ANSWERS, seams, Fault.TIMEOUT_AFTER)


@pytest.mark.parametrize("fault", [Fault.KILLED_BEFORE, Fault.DATABASE_GONE])
def test_it_finds_an_answer_that_was_given_before_the_commit(fault: Fault) -> None:
    """The platform never pushes again what we said we have."""
    seams = Seams(writer=HastyWriter)

    assert "was acknowledged, and is lost" in first_find(EVENING, seams, fault)


def test_it_finds_a_worker_that_writes_without_its_lease() -> None:
    """It slept, another took over, and it goes on as if nothing had happened."""
    seams = Seams(storage=LeaselessStorage)

    assert "was written without its lease" in first_find(PUBLISH, seams, Fault.STOPPED_AFTER)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_without_a_fault_nothing_is_wrong(plan: Plan) -> None:
    """A proof that cries wolf proves nothing."""
    verdict = run_case(ground(), plan)

    assert verdict.wrongs == ()
    assert verdict.passed


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_a_day_passes_its_boundaries_in_the_same_order_every_time(plan: Plan) -> None:
    """Else a cut would strike another place than the one it is named after."""
    first, second = run_case(ground(), plan), run_case(ground(), plan)

    assert first.passed == second.passed


def test_a_cut_strikes_where_and_what_it_says() -> None:
    """Named in the verdict, so that whoever reads it can run it again."""
    clean = run_case(ground(), SHARE)
    (number,) = (n for n, b in enumerate(clean.passed, 1) if b.where == SHARE.ways[0].accepting)

    verdict = run_case(ground(), SHARE, [Cut(number, Fault.HTTP_5XX)])

    assert clean.passed[number - 1].kind is Kind.CALL
    assert verdict.struck == ("5xx at call /2/statuses/share.json",)
