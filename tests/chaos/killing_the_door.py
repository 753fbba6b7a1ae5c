"""Killing the door under load: a crowd writes, the callbacks' process dies again and again."""

import random
import time
from collections.abc import Sequence

from tests.chaos.city import City
from tests.chaos.crowd import Plan
from tests.chaos.disasters import CALLBACKS
from tests.chaos.extent import Extent
from tests.chaos.followers import Followers, Said, addresses_of, wrongs_of_words
from tests.chaos.scene import OWN_DOOR, open_callbacks, opened_scene

STEP_SECONDS = 0.05
LIFE_SECONDS = 0.9
"""How long a door lives at most, once it has opened."""
TWO_ACCOUNTS = Extent(
    "the door", posts=0, publish_accounts=2, share_accounts=1, mass_accounts=0, messages=0
)


def kill_the_door(
    database: str,
    *,
    messages: int,
    seconds: float,
    kills: int,
    seed: int,
    door: Sequence[str] = OWN_DOOR,
) -> tuple[Said, list[str]]:
    """What followers said, and every wrong that is found when all is quiet again.

    Raises:
        LookupError: this kind of database is not installed here.
    """
    city, dice = City(TWO_ACCOUNTS), random.Random(seed)
    with opened_scene(city, database) as scene:
        city.open_accounts(scene.house, {name: one.url for name, one in scene.controls.items()})
        open_callbacks(scene, door)
        crowd = Followers(scene.household, "crowd")
        plan = Plan(
            port=scene.callbacks_port,
            addresses=addresses_of(city),
            messages=messages,
            seconds=seconds,
            seed=seed,
            share_doubled=0.1,
        )
        crowd.write(plan)
        while not crowd.have_finished:
            if kills and scene.household.parts[CALLBACKS].is_ready():
                time.sleep(dice.uniform(0.1, LIFE_SECONDS))
                scene.household.kill(CALLBACKS)
                kills -= 1
            scene.household.keep()
            time.sleep(STEP_SECONDS)
        said = crowd.said()
        wrongs = list(wrongs_of_words(said, scene.site))
    return said, wrongs
