"""What the platform does to an account when a fault says so."""

from tests.proof.faults import Fault
from tests.proof.platforms import CODES, EVENTS, TWISTS, Platform

DEADLY_REQUESTS = 4


class Affliction:
    """The platform's part in the faults of a day."""

    def __init__(self) -> None:
        self.deadly_requests = 0

    def strike(self, fault: Fault, platform: Platform, account: str) -> None:
        """Let the platform be as `fault` says, from now on."""
        if fault in CODES[platform.name]:
            platform.refuse_once(fault, account)
        elif fault in EVENTS:
            platform.disturb_event(fault, account)
        elif fault in TWISTS:
            act, arguments = TWISTS[fault]
            platform.act(act, account=account, **arguments)
        elif fault is Fault.FROZEN:
            platform.freeze(account)
        elif fault is Fault.REVOKED:
            platform.revoke(account)
        elif fault is Fault.TOKEN_DEAD:
            platform.kill_tokens(account)
        elif fault is Fault.TOKEN_DEAD_AGAIN:
            self.deadly_requests = DEADLY_REQUESTS

    def meet(self, path: str, platform: Platform, account: str) -> None:
        """A request arrives; while tokens die again and again, it finds its own dead."""
        if self.deadly_requests > 0 and not path.endswith("/stable_token"):
            self.deadly_requests -= 1
            platform.kill_tokens(account)
