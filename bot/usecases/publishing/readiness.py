"""Whether the whole house works: for alarms, not for sending followers away."""

from collections.abc import Mapping, Sequence

from bot.ports.heartbeats import BEAT, TICK, WORKER, Heartbeats, Pulse
from bot.ports.overview import Overview
from bot.ports.storage import Storage, StorageUnavailable

SILENT_SECONDS = 10.0
OVERDUE_SECONDS = 60.0
WELL = "ok"
DATABASE_AWAY = "数据库连接不上：请检查数据库服务和磁盘空间"


def readiness(
    *,
    storage: Storage,
    overview: Overview,
    heartbeats: Heartbeats,
    queues: frozenset[str] = frozenset(),
    silent_seconds: float = SILENT_SECONDS,
) -> Mapping[str, str]:
    """Each part → "ok", or what is wrong with it and what to do, in one Chinese sentence.

    `queues` are those that some living worker must serve: work in another would lie.
    """
    parts = {"database": database_health(storage)}
    if not heartbeats.broker_answers():
        away = "要等消息队列恢复后才能知道"
        parts["broker"] = "消息队列（Redis 或 Valkey）没有响应：请启动它，到期的稿件不会丢失"
        return parts | {"worker": away, "beat": away, "tick": away, "overdue": _overdue(overview)}
    living = _living(heartbeats.pulses(WORKER), silent_seconds)
    beats = heartbeats.pulses(BEAT)
    parts["broker"] = WELL
    parts["worker"] = _workers(living, heartbeats.pulses(WORKER), queues)
    parts["beat"] = WELL if _living(beats, silent_seconds) else _silence("定时进程", BEAT, beats)
    parts["tick"] = _tick(heartbeats.pulses(TICK), silent_seconds)
    parts["overdue"] = _overdue(overview)
    return parts


def database_health(storage: Storage) -> str:
    """Whether a unit of work can be begun: all that callbacks need."""
    try:
        with storage.begin() as uow:
            uow.now()
    except StorageUnavailable:
        return DATABASE_AWAY
    return WELL


def _living(pulses: Sequence[Pulse], silent_seconds: float) -> list[Pulse]:
    return [pulse for pulse in pulses if pulse.age_seconds <= silent_seconds]


def _workers(living: Sequence[Pulse], pulses: Sequence[Pulse], queues: frozenset[str]) -> str:
    if not living:
        return _silence("工作进程", WORKER, pulses)
    unserved = queues.difference(*(pulse.queues for pulse in living))
    if unserved:
        names = sorted(unserved)
        start = f"请启动 tongbu worker --queues {','.join(names)}"
        return f"没有工作进程处理队列 {'、'.join(names)}：{start}"
    return WELL


def _silence(who: str, role: str, pulses: Sequence[Pulse]) -> str:
    if not pulses:
        return f"{who}（{role}）没有在运行：请启动 tongbu {role}"
    age = pulses[0].age_seconds
    return f"{who}（{role}）已有 {age:.0f} 秒没有响应：请检查或重新启动 tongbu {role}"


def _tick(pulses: Sequence[Pulse], silent_seconds: float) -> str:
    if not pulses:
        return "还没有检查过到期的稿件：请确认 tongbu beat 和 tongbu worker 都在运行"
    age = pulses[0].age_seconds
    if age <= silent_seconds:
        return WELL
    return f"已有 {age:.0f} 秒没有检查到期的稿件：工作进程可能卡住或忙不过来，请查看它的日志"


def _overdue(overview: Overview) -> str:
    try:
        late = overview.overdue(seconds=OVERDUE_SECONDS)
    except StorageUnavailable:
        return "要等数据库恢复后才能知道"
    return (
        WELL
        if late == 0
        else f"有 {late} 个投递到期超过一分钟还没有处理：请查看“待处理”和工作进程的日志"
    )
