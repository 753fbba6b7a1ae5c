"""What a release would become on every kind of account, without storing or sending anything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import typer

from bot.cli.office import read_settings
from bot.cli.refusing import EXPECTED, sentences_of
from bot.domain.accounts.account import MODES_OF, PUBLISHING_PLATFORMS, Account
from bot.domain.ids import AccountId, ReleaseId, SourceId
from bot.domain.posts.draft import Draft
from bot.domain.posts.post import PostKind
from bot.domain.releases.release import Release, ReleaseState
from bot.ports.fetching import Fetched, FetchRefused

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.releases.release import ReleaseReading


SOME_DOMAIN = "registered.invalid"
"""Stands for the office's own site when a release has no address."""


@dataclass(frozen=True)
class PostReport:
    """One post the release could become."""

    account: Account
    kind: PostKind
    template: str
    draft: Draft

    @property
    def name(self) -> str:
        """Platform, mode, kind, and template where it is not the kind's own."""
        words = [self.account.platform.value, self.account.mode.value, self.kind.value]
        return " ".join(words + [self.template] * (self.template != "default"))


@dataclass(frozen=True)
class ReleaseReport:
    """One release file: what refuses it, or every post it could become."""

    path: Path
    refusals: tuple[str, ...] = ()
    reading: ReleaseReading | None = None
    posts: tuple[PostReport, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it is accepted and every post could be sent."""
        return not self.refusals and all(post.draft.is_sendable for post in self.posts)

    def as_json(self) -> dict[str, object]:
        """The report as one object for programs."""
        reading = self.reading
        return {
            "path": str(self.path),
            "ok": self.ok,
            "refusals": self.refusals,
            "title": reading.content.title if reading else None,
            "findings": reading.findings if reading else (),
            "posts": [
                {
                    "platform": post.account.platform,
                    "mode": post.account.mode,
                    "account": post.account.name,
                    "kind": post.kind,
                    "template": post.template,
                    "form": post.draft.form,
                    "titles": [article.title for article in post.draft.content.articles],
                    "ok": post.draft.is_sendable,
                    "violations": post.draft.violations,
                    "notes": post.draft.notes,
                }
                for post in self.posts
            ],
        }


class NoFetching:
    """Keeps the promise of `ports.fetching.Fetcher` by fetching nothing."""

    def fetch(
        self,
        url: str,
        *,
        max_bytes: int,  # noqa: ARG002 - the port names the arguments
        etag: str = "",  # noqa: ARG002
        last_modified: str = "",  # noqa: ARG002
    ) -> Fetched:
        """Never anything."""
        raise FetchRefused(f"检查时没有下载 {url}")


def check_files(
    paths: Sequence[Path], *, account_file: Path | None, offline: bool
) -> Iterator[ReleaseReport]:
    """A report for every file. Pictures live in a folder that is gone at the end.

    Raises:
        Refused: settings or the account file cannot be used.
    """
    from bot.bootstrap import build_house
    from bot.cli.account_file import read_account_file

    settings = read_settings()
    with tempfile.TemporaryDirectory(prefix="tongbu-check-") as folder:
        scratch = f"sqlite:///{folder}/scratch.sqlite3"
        house = build_house(replace(settings, home=Path(folder), database_url=scratch))
        given = read_account_file(account_file, ids=house.ids) if account_file else ()
        desk = _Desk(house, tuple(entry.account for entry in given), offline=offline)
        yield from (desk.check(path) for path in paths)
        house.close()


class _Desk:
    def __init__(self, house: House, accounts: tuple[Account, ...], *, offline: bool) -> None:
        from bot.bootstrap import renderer_of

        self._house, self._accounts, self._offline = house, accounts, offline
        fetcher = NoFetching() if offline else house.fetcher
        renderer = renderer_of(house.media, fetcher, public_url=house.settings.public_url)
        self._tools = replace(house.posts, renderer=renderer, may_cut_titles=True)

    def check(self, path: Path) -> ReleaseReport:
        try:
            reading = self._house.reader.read_file(path)
            return ReleaseReport(path, reading=reading, posts=tuple(self._posts(reading)))
        except EXPECTED as error:
            return ReleaseReport(path, refusals=sentences_of(error))

    def _posts(self, reading: ReleaseReading) -> Iterator[PostReport]:
        from bot.usecases.posts.render_draft import render_draft

        release = _as_release(reading, self._house)
        for account in self._accounts or default_accounts(release):
            for kind in kinds_of(release, offline=self._offline):
                for template in self._tools.renderer.templates(account.platform, kind):
                    draft = render_draft(
                        release, account, kind=kind, template=template, tools=self._tools
                    )
                    yield PostReport(account, kind, template, draft)


def default_accounts(release: Release) -> tuple[Account, ...]:
    """A well set up account of every mode: the release's own site is a registered domain."""
    host = urlsplit(release.content.source_url or "").hostname or SOME_DOMAIN
    return tuple(
        Account(
            id=AccountId(f"{platform.value}-{mode.value}"),
            name=release.content.issuing_bodies[0],
            platform=platform,
            mode=mode,
            options={"safe_domains": host},
        )
        for platform in PUBLISHING_PLATFORMS
        for mode in sorted(MODES_OF[platform])
    )


def kinds_of(release: Release, *, offline: bool) -> tuple[PostKind, ...]:
    """Every kind; not interpretations or pictures where the release has none to be had."""
    missing = set()
    if not release.content.interpretations:
        missing.add(PostKind.INTERPRETATION)
    if not any(image.sha256 or not offline for image in release.content.images):
        missing.add(PostKind.PICTURES)
    return tuple(kind for kind in PostKind if kind not in missing)


def _as_release(reading: ReleaseReading, house: House) -> Release:
    return Release(
        id=ReleaseId("rel_check"),
        source=SourceId("check"),
        source_key=reading.source_id,
        version=1,
        content=reading.content,
        content_hash=reading.content.hash,
        state=ReleaseState.RECEIVED,
        received_at=house.clock.now(),
        findings=reading.findings,
        approval=reading.approval,
        release_at=reading.release_at,
    )


def print_report(report: ReleaseReport) -> None:
    """The report for people; equal remarks of several posts are said once."""
    title = report.reading.content.title if report.reading else "refused"
    typer.echo(f"{report.path}: {title}")
    for refusal in report.refusals:
        typer.echo(f"  refused: {refusal}")
    for finding in report.reading.findings if report.reading else ():
        typer.echo(f"  finding: {finding.message}")
    remarks: dict[str, list[str]] = {}
    for post in report.posts:
        for violation in post.draft.violations:
            remarks.setdefault(f"{violation.severity.value}: {violation.message}", []).append(
                post.name
            )
        for note in post.draft.notes:
            remarks.setdefault(f"note: {note}", []).append(post.name)
    for remark, names in remarks.items():
        where = "every post" if len(names) == len(report.posts) else ", ".join(names)
        typer.echo(f"  {remark}  [{where}]")
    sendable = sum(post.draft.is_sendable for post in report.posts)
    typer.echo(f"  {sendable} of {len(report.posts)} posts could be sent")
