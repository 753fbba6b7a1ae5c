"""One chaos run: a house is settled, a storm passes over it, and when it rests it is judged."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.publishing.delivery import OPEN_STATES
from tests.chaos import disasters, weather
from tests.chaos.books import Books, Reckoning
from tests.chaos.city import City, Order
from tests.chaos.crowd import Plan
from tests.chaos.databases import Away
from tests.chaos.extent import Extent
from tests.chaos.followers import Followers, Said, addresses_of, wrongs_of_words
from tests.chaos.scene import Scene, open_callbacks, open_doors, open_platforms, opened_scene

STEP_SECONDS = 0.1
LOOK_SECONDS = 1.0
LAST_WORDS = 50
"""Messages after the storm, each of which must be taken."""
RECOVERY_SECONDS = 20.0

# What waits for a person because of its whole account says so, and waits on.
_OPEN = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
UNFINISHED = (
    f"SELECT id FROM deliveries WHERE state IN ({_OPEN}) AND NOT (hold_reason <> '' AND"
    " account_id IN (SELECT account_id FROM account_troubles))"
)


@dataclass
class Outcome:
    """What a run showed."""

    database: str
    extent: Extent
    seed: int
    struck: Mapping[str, int]
    faults: Mapping[str, int] = field(default_factory=dict)
    posts: int = 0
    effects: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    messages: int = 0
    acknowledged: int = 0
    violations: list[str] = field(default_factory=list)
    seconds: float = 0.0
    storm_and_rest_seconds: float = 0.0


def run(extent: Extent, database: str, seed: int, say: Callable[[str], None]) -> Outcome:
    """Settle, let it storm, wait until it rests, judge. Leaves nothing behind, however it ends.

    Raises:
        LookupError: this kind of database is not installed here.
    """
    began, city = time.monotonic(), City(extent)
    strikes = disasters.planned(extent, seed)
    gusts = weather.planned(city, extent, seed)
    outcome = Outcome(database, extent, seed, disasters.tally(strikes))
    with opened_scene(city, database) as scene:
        city.open_accounts(scene.house, {name: one.url for name, one in scene.controls.items()})
        open_platforms(scene)
        open_callbacks(scene)
        open_doors(scene)
        orders = city.order_posts(scene.house)
        say(f"{database}: {len(orders):,} posts are planned, the storm begins")
        storm = _Storm(scene, strikes, gusts, seed)
        storm.blow_over()
        say(f"{database}: the storm is over, it comes to rest")
        is_at_rest = storm.wait_for_rest()
        outcome.storm_and_rest_seconds = storm.seconds
        if not is_at_rest:
            outcome.violations.append(storm.unrest())
        _judge(outcome, scene, orders, storm.said())
        outcome.faults = weather.tally(gusts, scene.controls)
    outcome.seconds = time.monotonic() - began
    return outcome


class _Storm:
    """Everything that happens from the first due post until all rests."""

    def __init__(
        self,
        scene: Scene,
        strikes: list[disasters.Strike],
        gusts: list[weather.Gust],
        seed: int,
    ) -> None:
        self._scene, self._extent = scene, scene.city.extent
        self._strikes, self._gusts = list(strikes), list(gusts)
        self._monkey = disasters.Monkey(scene.household, scene.site)
        self._crowd = Followers(scene.household, "crowd")
        self._plan = Plan(
            port=scene.callbacks_port,
            addresses=addresses_of(scene.city),
            messages=self._extent.messages,
            seconds=self._extent.storm_seconds,
            seed=seed,
            share_doubled=self._extent.share_doubled,
        )

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def blow_over(self) -> None:
        """Until its time is over."""
        self._began = time.monotonic()
        self._crowd.write(self._plan)
        while self.seconds < self._extent.storm_seconds:
            while self._strikes and self._strikes[0].at <= self.seconds:
                self._monkey.strike(self._strikes.pop(0), time.monotonic())
            while self._gusts and self._gusts[0].at <= self.seconds:
                weather.blow(self._gusts.pop(0), self._scene.controls)
            self._step()

    def wait_for_rest(self) -> bool:
        """Let everything be; whether it comes to rest in time by itself. Faults of the platforms
        that have not met their call yet still do."""
        looked_at = 0.0
        while self.seconds < self._extent.limit_seconds:
            self._step()
            if time.monotonic() - looked_at < LOOK_SECONDS:
                continue
            looked_at = time.monotonic()
            if self._monkey.is_at_rest and self._crowd.have_finished and not self._unfinished():
                return True
        return False

    def unrest(self) -> str:
        """What keeps it from rest."""
        under_way = self._unfinished()
        return (
            f"it did not rest within {self._extent.limit_seconds:.0f} s: under way are"
            f" {len(under_way)} posts, such as {sorted(under_way)[:3]}; followers are"
            f" {'done' if self._crowd.have_finished else 'still writing'}"
        )

    def said(self) -> Said:
        """All that followers said."""
        return self._crowd.said() + self._last_words()

    def _last_words(self) -> Said:
        """Now that all rests, everybody is heard."""
        late = Followers(self._scene.household, "last-words")
        number, count = self._extent.messages, min(LAST_WORDS, self._extent.messages)
        changes = {"first": number, "messages": count, "seconds": 1.0, "share_doubled": 0.0}
        late.write(Plan(**(vars(self._plan) | changes)))
        while not late.have_finished:
            time.sleep(STEP_SECONDS)
        return late.said()

    def _step(self) -> None:
        self._monkey.look_after(time.monotonic())
        self._scene.household.keep()
        time.sleep(STEP_SECONDS)

    def _unfinished(self) -> set[str]:
        try:
            return {delivery for (delivery,) in self._scene.site.ask(UNFINISHED)}
        except Away as error:
            return {f"unknown: {error}"}


def _judge(outcome: Outcome, scene: Scene, orders: list[Order], said: Said) -> None:
    # Our own connections are as old as the run; the database has been away since.
    scene.house.storage.dispose()
    books = Books.read(scene.city, scene.controls)
    reckoning = Reckoning(scene.city, orders, books, scene.house)
    outcome.posts, outcome.effects = len(orders), reckoning.effects
    outcome.held = reckoning.held
    outcome.messages, outcome.acknowledged = len(said.words), len(said.acknowledged)
    outcome.violations += reckoning.wrongs()
    outcome.violations += wrongs_of_words(said, scene.site)
    outcome.violations += _wrongs_of_the_house(scene, said)


def _wrongs_of_the_house(scene: Scene, said: Said) -> list[str]:
    """Nothing is broken for good: everybody is heard again, and the whole says that it is well."""
    last = said.words[scene.city.extent.messages :]
    unheard = [words for words in last if words not in said.acknowledged]
    wrong = scene.what_is_wrong(seconds=RECOVERY_SECONDS)
    told = [f"after the storm, {name} is not well: {what}" for name, what in wrong.items()]
    return [*told, *(f"after the storm, “{words}” was not taken" for words in unheard)]
