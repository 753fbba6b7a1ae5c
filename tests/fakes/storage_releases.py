"""In-memory sources, releases, accounts and rules."""

from collections.abc import Mapping, Sequence

from bot.domain.accounts.account import Account
from bot.domain.accounts.check import AccountCheck
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, ReleaseId, RuleId, SourceId
from bot.domain.posts.rules import Rule
from bot.domain.releases.release import Release, ReleaseState
from bot.domain.releases.source import Source
from bot.domain.replies.answering import AnswerRule
from tests.fakes.storage_state import State


class FakeSources:
    """Sources by id."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, source: Source) -> None:
        if source.id in self._state.sources:
            raise Conflict(f"来源 {source.id} 已经存在")
        self._state.sources[source.id] = source

    def save(self, source: Source) -> None:
        self.get(source.id)
        self._state.sources[source.id] = source

    def get(self, source: SourceId) -> Source:
        if source not in self._state.sources:
            raise NotFound("来源", source)
        return self._state.sources[source]

    def all(self) -> Sequence[Source]:
        return sorted(self._state.sources.values(), key=lambda s: s.id)


class FakeReleases:
    """Releases by (id, version)."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, release: Release) -> None:
        taken = {(r.source, r.source_key, r.version) for r in self._state.releases.values()}
        if (release.source, release.source_key, release.version) in taken:
            raise Conflict(f"政策“{release.content.title}”的第 {release.version} 版已经存在")
        self._state.releases[release.id, release.version] = release

    def save(self, release: Release) -> None:
        self.get(release.id, version=release.version)
        self._state.releases[release.id, release.version] = release

    def get(self, release: ReleaseId, *, version: int | None = None) -> Release:
        found = (
            self._state.releases.get((release, version))
            if version is not None
            else next((r for r in self._newest() if r.id == release), None)
        )
        if found is None:
            raise NotFound("发布", release)
        return found

    def by_key(self, source: SourceId, source_key: str) -> Release | None:
        wanted = (source, source_key)
        return next((r for r in self._newest() if (r.source, r.source_key) == wanted), None)

    def by_document_number(self, number: str) -> Release | None:
        return next((r for r in self._newest() if r.content.document_number == number), None)

    def in_state(self, state: ReleaseState, *, limit: int = 100) -> Sequence[Release]:
        return [r for r in self._newest() if r.state is state][:limit]

    def emergencies(self, *, limit: int = 20) -> Sequence[Release]:
        found = [(r.emergency_since, r) for r in self._newest() if r.emergency_since is not None]
        newest = sorted(found, key=lambda pair: (pair[0], pair[1].id), reverse=True)
        return [release for _, release in newest[:limit]]

    def awaiting_plan(self, *, limit: int = 20) -> Sequence[ReleaseId]:
        planned = {(r.release, r.release_version) for r in self._state.rollouts.values()}
        approved = self.in_state(ReleaseState.APPROVED, limit=len(self._state.releases))
        return [r.id for r in approved if (r.id, r.version) not in planned][:limit]

    def _newest(self) -> list[Release]:
        newest: dict[str, Release] = {}
        for release in sorted(self._state.releases.values(), key=lambda r: r.version):
            newest[release.id] = release
        return sorted(newest.values(), key=lambda r: (r.received_at, r.id))


class FakeAccounts:
    """Accounts by id, names unique."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, account: Account, sealed_secrets: str) -> None:
        if account.id in self._state.accounts or self.by_name(account.name) is not None:
            raise Conflict(f"账号“{account.name}”已经存在，请换一个名称或修改已有账号")
        self._state.accounts[account.id] = account
        self._state.secrets[account.id] = sealed_secrets

    def save(self, account: Account) -> None:
        self.get(account.id)
        self._state.accounts[account.id] = account

    def get(self, account: AccountId) -> Account:
        if account not in self._state.accounts:
            raise NotFound("账号", account)
        return self._state.accounts[account]

    def by_name(self, name: str) -> Account | None:
        return next((a for a in self._state.accounts.values() if a.name == name), None)

    def all(self) -> Sequence[Account]:
        return sorted(self._state.accounts.values(), key=lambda a: a.id)

    def sealed_secrets(self, account: AccountId) -> str:
        self.get(account)
        return self._state.secrets[account]

    def save_secrets(self, account: AccountId, sealed: str) -> None:
        self.get(account)
        self._state.secrets[account] = sealed

    def save_check(self, check: AccountCheck) -> None:
        self.get(check.account)
        self._state.checks[check.account] = check

    def last_checks(self) -> Mapping[AccountId, AccountCheck]:
        return dict(self._state.checks)

    def last_check(self, account: AccountId) -> AccountCheck | None:
        return self._state.checks.get(account)

    def save_trouble(self, trouble: AccountTrouble) -> None:
        self._state.troubles.setdefault(trouble.account, trouble)

    def trouble(self, account: AccountId) -> AccountTrouble | None:
        return self._state.troubles.get(account)

    def end_trouble(self, account: AccountId) -> None:
        self._state.troubles.pop(account, None)


class FakeRules:
    """Rules in the order they were added."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, rule: Rule) -> None:
        if rule.id in self._state.rules:
            raise Conflict(f"规则 {rule.id} 已经存在")
        self._state.rules[rule.id] = rule

    def save(self, rule: Rule) -> None:
        self.get(rule.id)
        self._state.rules[rule.id] = rule

    def get(self, rule: RuleId) -> Rule:
        if rule not in self._state.rules:
            raise NotFound("规则", rule)
        return self._state.rules[rule]

    def all(self) -> Sequence[Rule]:
        return list(self._state.rules.values())

    def arrange(self, order: Sequence[RuleId]) -> None:
        ordered = {rule: self._state.rules[rule] for rule in order}
        self._state.rules.clear()
        self._state.rules.update(ordered)

    def answer_rules(self) -> Sequence[AnswerRule]:
        return list(self._state.answer_rules.values())

    def replace_answer_rules(self, rules: Sequence[AnswerRule]) -> None:
        self._state.answer_rules.clear()
        self._state.answer_rules.update(enumerate(rules))
