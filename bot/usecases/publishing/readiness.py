"""Whether the whole house works: for alarms, not for sending followers away."""

from collections.abc import Mapping

from bot.ports.heartbeats import BEAT, WORKER, Heartbeats
from bot.ports.overview import Overview
from bot.ports.storage import Storage, StorageUnavailable

SILENT_SECONDS = 10.0
OVERDUE_SECONDS = 60.0
WELL = "ok"


def readiness(*, storage: Storage, overview: Overview, heartbeats: Heartbeats) -> Mapping[str, str]:
    """Each part → "ok", or what is wrong with it in one English sentence."""
    return {
        "database": database_health(storage),
        "broker": WELL if heartbeats.broker_answers() else "the broker does not answer",
        "worker": _alive(heartbeats, WORKER),
        "beat": _alive(heartbeats, BEAT),
        "overdue": _overdue(overview),
    }


def database_health(storage: Storage) -> str:
    """Whether a unit of work can be begun: all that callbacks need."""
    try:
        with storage.begin() as uow:
            uow.now()
    except StorageUnavailable as error:
        return f"the database is away: {error}"
    return WELL


def _alive(heartbeats: Heartbeats, role: str) -> str:
    age = heartbeats.age_seconds(role)
    if age is None:
        return f"no sign of life of the {role}"
    return WELL if age <= SILENT_SECONDS else f"the {role} has been silent for {age:.0f} s"


def _overdue(overview: Overview) -> str:
    try:
        late = overview.overdue(seconds=OVERDUE_SECONDS)
    except StorageUnavailable:
        return "unknown while the database is away"
    return WELL if late == 0 else f"{late} deliveries are overdue by more than a minute"
