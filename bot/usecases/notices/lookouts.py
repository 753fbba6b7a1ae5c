"""Where the house looks for what somebody must know of."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain.accounts.activity import VETO_DAYS, Silence, last_day, silence_of
from bot.domain.accounts.authorisation import asks_for_consent, life_in_words
from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.names import CLASS_NAMES, CaseClass
from bot.domain.notices.condition import Condition, ConditionKind
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.topics.alert import KIND_NAMES, AlertState, TopicAlert
from bot.domain.topics.brief import Brief
from bot.ports.case_overview import CaseFilter, CaseOverview, CaseRow
from bot.ports.heartbeats import Heartbeats
from bot.ports.overview import Overview, PostRow
from bot.ports.storage import Storage
from bot.usecases.notices.tools import Sighting
from bot.usecases.publishing.readiness import WELL, readiness

MOST_POSTS = MOST_CASES = 500
BACKUP_AGES_AFTER = timedelta(hours=48)
"""Where backups are made at all, two nights without one are a fault."""

_K = ConditionKind
_PARTS = {
    "database": _K.DATABASE_AWAY,
    "broker": _K.BROKER_AWAY,
    "worker": _K.WORKER_DEAD,
    "tick": _K.WORKER_DEAD,
    "beat": _K.BEAT_DEAD,
    "overdue": _K.WORK_OVERDUE,
}
_HIDDEN_BY_THE_BROKER = frozenset({_K.WORKER_DEAD, _K.BEAT_DEAD})


def stuck_posts(overview: Overview) -> Sighting:
    """Posts that the system holds, and those of which nobody knows whether they are out. What a
    person held is no news to people."""
    rows = overview.posts(
        states=("scheduled",),
        delivery_states=(DeliveryState.HELD.value, DeliveryState.UNKNOWN.value),
        limit=MOST_POSTS,
    )
    return Sighting(tuple(_stuck(row) for row in rows))


def due_cases(overview: CaseOverview) -> Sighting:
    """Cases whose clock has passed a warning or its end, until they are answered."""
    rows = overview.cases(CaseFilter(warned=True), limit=MOST_CASES)
    return Sighting(tuple(Condition(_K.REPLY_DUE, row.id, _due(row)) for row in rows))


def topic_alerts(storage: Storage) -> Sighting:
    """Themes that grew beyond chance, and grave words about us, until somebody has looked."""
    with storage.look() as uow:
        alerts = uow.topics.alerts(states=[AlertState.OPEN], limit=MOST_CASES)
    return Sighting(tuple(Condition(_K.TOPIC_ALERT, a.id, _spoken_of(a)) for a in alerts))


def weekly_brief(storage: Storage) -> Sighting:
    """The brief of last week, on the day on which it was made."""
    with storage.look() as uow:
        newest, now = uow.topics.briefs(limit=1), uow.now()
    fresh = [brief for brief in newest if now - brief.made_at < timedelta(days=1)]
    return Sighting(tuple(Condition(_K.BRIEF_MADE, str(b.monday), _brief(b)) for b in fresh))


def troubled_accounts(overview: Overview, storage: Storage) -> Sighting:
    """Accounts a platform refuses, and authorisations near their end."""
    with storage.look() as uow:
        now = uow.now()
    found: list[Condition] = []
    for row in overview.accounts():
        if not row.enabled:
            continue
        if row.trouble:
            words = f"{row.name}：{row.trouble}"
            found.append(Condition(_K.ACCOUNT_TROUBLE, row.id, words))
        ends = row.token_expires_at
        if ends is not None and asks_for_consent(row.platform, ends, now):
            words = f"{row.name}：{life_in_words(ends, now)}，请重新授权"
            found.append(Condition(_K.TOKEN_ENDS, row.id, words))
    return Sighting(tuple(found))


def silent_accounts(overview: Overview, storage: Storage) -> Sighting:
    """Accounts that come near the two weeks without a post: told at exactly 7, 10, 12 and 14 days,
    then once a week."""
    with storage.look() as uow:
        now = uow.now()
    found = []
    for row in overview.accounts():
        last = row.last_published_at
        if row.enabled and last is not None and silence_of(last, now) is not Silence.NONE:
            words, step = f"{row.name}：{_silent(last, now)}", silence_of(last, now).value
            found.append(Condition(_K.ACCOUNT_SILENT, row.id, words, step))
    return Sighting(tuple(found))


def _silent(last: datetime, now: datetime) -> str:
    days = (now - last).days
    if days >= VETO_DAYS:
        return f"已 {days} 天没有更新，超过两周，检查时单项否决"
    ends = last_day(last).astimezone(BEIJING)
    return f"已 {days} 天没有更新，请在 {ends.month}月{ends.day}日 {ends:%H:%M} 前发布一篇"


def working_parts(
    overview: Overview, storage: Storage, heartbeats: Heartbeats, queues: frozenset[str]
) -> Sighting:
    """What readiness says is not well."""
    parts = readiness(storage=storage, overview=overview, heartbeats=heartbeats, queues=queues)
    away = parts["broker"] != WELL
    found = _ill(parts, skip=_HIDDEN_BY_THE_BROKER if away else frozenset())
    return Sighting(tuple(found), _HIDDEN_BY_THE_BROKER if away else frozenset())


def _ill(parts: Mapping[str, str], *, skip: frozenset[ConditionKind]) -> Iterable[Condition]:
    """One condition a kind: a worker that hangs neither beats nor ticks."""
    told: set[ConditionKind] = set()
    for part, said in parts.items():
        kind = _PARTS[part]
        if said != WELL and kind not in skip and kind not in told:
            told.add(kind)
            yield Condition(kind, "all", said)


def backups(storage: Storage) -> Sighting:
    """The last backup failed, or is old. Nothing where nobody ever made one."""
    with storage.look() as uow:
        last, now = uow.notices.last_backup(), uow.now()
    if last is None:
        return Sighting(())
    at, fault = last
    if fault:
        words = "最近一次数据备份没有成功：请查看 tongbu backup 的输出"
        return Sighting((Condition(_K.BACKUP_FAILED, "all", words),))
    if now - at > BACKUP_AGES_AFTER:
        words = "已超过 48 小时没有新的数据备份：请检查备份任务"
        return Sighting((Condition(_K.BACKUP_FAILED, "all", words),))
    return Sighting(())


def _stuck(row: PostRow) -> Condition:
    unknown = row.delivery_state == DeliveryState.UNKNOWN.value
    kind = _K.POST_UNKNOWN if unknown else _K.POST_HELD
    why = f"：{row.hold_reason.partition('。')[0]}" if row.hold_reason else ""
    return Condition(kind, row.id, f"{row.account_name}《{row.title}》{why}")


def _spoken_of(alert: TopicAlert) -> str:
    """Words that many used, and how many; nothing that one follower wrote."""
    return f"{KIND_NAMES[alert.kind]}：{alert.name}，{alert.askers} 人"


def _brief(brief: Brief) -> str:
    concerns = "、".join(one.words for one in brief.concerns[:3]) or "没有突出的话题"
    return f"{concerns}；待答复 {brief.owed.running} 件，超期 {brief.owed.overdue} 件"


def _due(row: CaseRow) -> str:
    """Number, class and department; nothing of what was written."""
    ends = row.due_at.astimezone(BEIJING)
    where = row.department_name or "尚未交办"
    kind = CLASS_NAMES[CaseClass(row.case_class)]
    return f"{row.number}（{kind}，{where}）：期限 {ends.month}月{ends.day}日 {ends:%H:%M}"
