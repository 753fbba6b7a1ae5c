"""Whatever becomes of the accepting call: one effect at most, and the end tells the truth."""

import pytest

from bot.domain.publishing.delivery import DeliveryState
from bot.sandbox.faults import Fault, FaultKind
from tests.integration.publishing.killing import Fuse
from tests.integration.publishing.routes import WAYS, Way
from tests.integration.publishing.test_killed_at_every_boundary import assert_true_end
from tests.integration.publishing.town import town

ACCEPTING = {name: way for name, way in WAYS.items() if way.accepting}
FAULTS = [
    FaultKind.TIMEOUT_BEFORE,
    FaultKind.TIMEOUT_AFTER,
    FaultKind.RESET_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.HTTP_5XX,
    FaultKind.HTTP_5XX_AFTER,
    FaultKind.HTML_200,
    FaultKind.HTML_200_AFTER,
    FaultKind.ERROR_AFTER,
]


@pytest.mark.parametrize("way", ACCEPTING.values(), ids=ACCEPTING.keys())
def test_a_fault_of_the_accepting_call_never_doubles_a_post(way: Way, sqlite_url: str) -> None:
    """Delivered with one effect, or held with a reason; a person's word then makes it one."""
    with town(way, sqlite_url, accounts=len(FAULTS)) as place:
        for number, kind in enumerate(FAULTS, 1):
            post = place.order_post(number)
            account = f"a{number}"
            place.platform.add_fault(Fault(kind, way.accepting, account, seconds=0.2))

            end = place.work(post, Fuse())

            assert place.platform.calls(way.accepting, account)[0]["fault"] == kind
            assert_true_end(place, post, end, f"{kind} on {way.accepting}")


@pytest.mark.parametrize("way", ACCEPTING.values(), ids=ACCEPTING.keys())
def test_an_effect_the_platform_shows_is_found_without_a_person(way: Way, sqlite_url: str) -> None:
    """The answer was lost after the effect: looking finds it, on every route."""
    with town(way, sqlite_url, accounts=1) as place:
        post = place.order_post(1)
        place.platform.add_fault(Fault(FaultKind.RESET_AFTER, way.accepting))

        end = place.work(post, Fuse())

        assert end.state is DeliveryState.DELIVERED, end.hold_reason
        assert place.effects(post) == 1
