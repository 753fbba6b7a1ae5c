"""How much a chaos run asks of the house, and for how long."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """Posts on accounts of three routes, and followers who write meanwhile.

    Posts fall due and disasters strike within `storm_seconds`; `limit_seconds` after its beginning
    everything must rest. `share_doubled` is how many of the messages come twice. A mass account
    may send once a day, and has one post; a share account has no more than Weibo's timeline shows,
    or what got no answer could not be proven absent within a run.
    """

    name: str
    posts: int = 3000
    publish_accounts: int = 30
    share_accounts: int = 5
    mass_accounts: int = 5
    posts_a_share_account: int = 4
    messages: int = 50_000
    share_doubled: float = 0.1
    storm_seconds: float = 60.0
    limit_seconds: float = 480.0
    disasters: float = 1.0
    faults: int = 180
    quota_profile: str = "load"

    @property
    def wechat_accounts(self) -> int:
        """Those that publish, then those that push."""
        return self.publish_accounts + self.mass_accounts


FULL = Extent("full")
SMALL = Extent(
    "small",
    posts=150,
    publish_accounts=6,
    share_accounts=1,
    mass_accounts=1,
    posts_a_share_account=4,
    messages=3000,
    storm_seconds=18.0,
    limit_seconds=300.0,
    disasters=0.3,
    faults=20,
)
DOCUMENTED = Extent(
    "documented quotas",
    posts=90,
    publish_accounts=5,
    share_accounts=2,
    mass_accounts=2,
    posts_a_share_account=4,
    messages=2000,
    storm_seconds=20.0,
    limit_seconds=300.0,
    disasters=0.3,
    faults=12,
    quota_profile="documented",
)
