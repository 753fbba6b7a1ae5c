"""In-memory replies, people, audit records, remembered requests and stops."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.audit import GENESIS, AuditRecord, keyed_hash, sealed
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, ApiTokenId, ReplyId, UserId
from bot.domain.people import ApiToken, Handover, Session, User
from bot.domain.replies.reply import Incoming, Reply
from bot.ports.clock import Clock
from tests.fakes.storage_state import State


class FakeReplies:
    """Replies by (account, key); an erased one's key is a keyed hash."""

    def __init__(self, state: State, key: bytes) -> None:
        self._state = state
        self._key = key

    def store(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        identities = [(reply.incoming.account, reply.incoming.key) for reply in replies]
        for identity, reply in zip(identities, replies, strict=True):
            known = self._state.replies.get(identity)
            if known is None:
                self._state.replies[identity] = replace(reply, times_received=1)
                if reply.incoming.job is not None:
                    self._state.pending_jobs[reply.id] = reply.received_at
            else:
                again = replace(known, times_received=known.times_received + 1)
                self._state.replies[identity] = again
        return [self._state.replies[identity] for identity in identities]

    def get(self, reply: ReplyId) -> Reply:
        found = next((r for r in self._state.replies.values() if r.id == reply), None)
        if found is None:
            raise NotFound("回复", reply)
        return found

    def some(self, replies: Collection[ReplyId]) -> Mapping[ReplyId, Reply]:
        return {r.id: r for r in self._state.replies.values() if r.id in replies}

    def unhandled_jobs(self, *, limit: int = 100) -> Sequence[Reply]:
        pending = sorted(self._state.pending_jobs.items(), key=lambda item: (item[1], item[0]))
        return [self.get(ReplyId(reply)) for reply, _ in pending[:limit]]

    def mark_applied(self, replies: Sequence[ReplyId]) -> None:
        for reply in replies:
            self._state.pending_jobs.pop(reply, None)

    def cursor(self, account: AccountId, stream: str) -> Mapping[str, str]:
        return self._state.cursors.get((account, stream), {})

    def save_cursor(self, account: AccountId, stream: str, cursor: Mapping[str, str]) -> None:
        self._state.cursors[account, stream] = dict(cursor)

    def known_keys(self, account: AccountId, keys: Sequence[str]) -> frozenset[str]:
        known = self._state.replies
        return frozenset(
            key
            for key in keys
            if (account, key) in known or (account, keyed_hash(self._key, account, key)) in known
        )

    def recent(self, account: AccountId, *, limit: int = 100) -> Sequence[Incoming]:
        own = [r for r in self._state.replies.values() if r.incoming.account == account]
        newest = sorted(own, key=lambda r: (r.received_at, r.id), reverse=True)
        return [reply.incoming for reply in newest[:limit]]

    def file_pending(self, *, limit: int) -> int:
        waiting = [r.id for r in self._state.replies.values() if r.id not in self._state.filed]
        self._state.filed.update(dict.fromkeys(waiting[:limit], True))
        return len(waiting[:limit])


class FakePeople:
    """Users, sessions and API tokens."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add_user(self, user: User) -> None:
        if user.id in self._state.users or self.by_login(user.login) is not None:
            raise Conflict(f"登录名 {user.login} 已经有人使用，请换一个")
        self._state.users[user.id] = user

    def save_user(self, user: User) -> None:
        self.user(user.id)
        self._state.users[user.id] = user

    def user(self, user: UserId) -> User:
        if user not in self._state.users:
            raise NotFound("用户", user)
        return self._state.users[user]

    def by_login(self, login: str) -> User | None:
        return next((u for u in self._state.users.values() if u.login == login), None)

    def users(self) -> Sequence[User]:
        return sorted(self._state.users.values(), key=lambda u: u.id)

    def add_session(self, session: Session) -> None:
        self._state.sessions[session.key_hash] = session

    def session(self, key_hash: str) -> tuple[Session, User] | None:
        session = self._state.sessions.get(key_hash)
        return None if session is None else (session, self.user(session.user))

    def sessions_of(self, user: UserId, *, after: datetime) -> Sequence[Session]:
        mine = [s for s in self._state.sessions.values() if s.user == user and s.expires_at > after]
        return sorted(mine, key=lambda s: s.created_at, reverse=True)

    def end_sessions(self, user: UserId, *, but: str = "") -> None:
        for key, session in list(self._state.sessions.items()):
            if session.user == user and key != but:
                del self._state.sessions[key]

    def add_handover(self, handover: Handover) -> None:
        self._state.handovers[handover.id] = handover

    def handovers_of(self, login: str, *, limit: int = 20) -> Sequence[Handover]:
        found = [h for h in self._state.handovers.values() if login in (h.giver, h.taker)]
        return sorted(found, key=lambda h: h.id, reverse=True)[:limit]

    def end_session(self, key_hash: str) -> None:
        self._state.sessions.pop(key_hash, None)

    def add_token(self, token: ApiToken) -> None:
        if token.id in self._state.api_tokens:
            raise Conflict(f"令牌 {token.id} 已经存在")
        self._state.api_tokens[token.id] = token

    def save_token(self, token: ApiToken) -> None:
        self.token(token.id)
        self._state.api_tokens[token.id] = token

    def token(self, token: ApiTokenId) -> ApiToken:
        if token not in self._state.api_tokens:
            raise NotFound("令牌", token)
        return self._state.api_tokens[token]

    def token_by_hash(self, token_hash: str) -> ApiToken | None:
        return next((t for t in self.tokens() if t.token_hash == token_hash), None)

    def tokens(self) -> Sequence[ApiToken]:
        return sorted(self._state.api_tokens.values(), key=lambda t: (t.created_at, t.id))


class FakeAudit:
    """The chain, sealed with `key`."""

    def __init__(self, state: State, clock: Clock, key: bytes) -> None:
        self._state = state
        self._clock = clock
        self._key = key

    def write(
        self,
        *,
        actor: str,
        action: str,
        object_kind: str,
        object_id: str,
        details: Mapping[str, str] | None = None,
    ) -> AuditRecord:
        number = len(self._state.audit)
        record = AuditRecord(
            sequence=number + 1,
            at=self._clock.now(),
            actor=actor,
            action=action,
            object_kind=object_kind,
            object_id=object_id,
            details=dict(details or {}),
            previous_hash=self._state.audit[number].hash if number else GENESIS,
        )
        self._state.audit[number + 1] = sealed(record, self._key)
        return self._state.audit[number + 1]

    def records(self, *, after: int = 0, limit: int = 1000) -> Sequence[AuditRecord]:
        later = [record for number, record in self._state.audit.items() if number > after]
        return later[:limit]

    def length(self) -> int:
        return len(self._state.audit)

    def keyed_hash(self, *parts: str) -> str:
        return keyed_hash(self._key, *parts)


class FakeRequests:
    """Answers by (scope, key)."""

    def __init__(self, state: State) -> None:
        self._state = state

    def answer_to(self, scope: str, key: str) -> tuple[str, str] | None:
        return self._state.requests.get((scope, key))

    def remember(self, scope: str, key: str, *, digest: str, answer: str) -> None:
        if (scope, key) in self._state.requests:
            raise Conflict("同一 Idempotency-Key 的请求已经处理")
        self._state.requests[scope, key] = (digest, answer)


class FakeStops:
    """The stop of everything."""

    def __init__(self, state: State) -> None:
        self._state = state

    def everything_is_stopped(self) -> bool:
        return bool(self._state.stops)

    def why_stopped(self) -> tuple[str, str] | None:
        return self._state.stops.get("everything")

    def stop_everything(self, *, by: str, reason: str = "") -> None:
        self._state.stops.setdefault("everything", (by, reason))

    def lift(self) -> None:
        self._state.stops.clear()
