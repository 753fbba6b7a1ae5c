"""Take in what another desk received, from a file: looked at first, then stored once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.errors import Conflict, InvalidInput, NotFound, Problem
from bot.domain.ids import AccountId, ImportId, ReplyId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.erasure import RETENTION_OPTION
from bot.domain.replies.importing import (
    ImportProfile,
    Letter,
    ReplyImport,
    RowFault,
    Sorted,
    sort_out,
)
from bot.domain.replies.reply import Reply
from bot.ports.clock import Ids
from bot.ports.importing import ReadTable
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.vault import Vault

ROWS_A_TURN = 200
"""Storing takes the database's only writer: pushes wait no longer than for this many."""
STAGED_FOR = timedelta(days=1)
MOST_FAULTS_KEPT = 500


@dataclass(frozen=True)
class ImportTools:
    """`default_profiles` are in force until the office sets its own."""

    storage: Storage
    read_table: ReadTable
    vault: Vault
    ids: Ids
    default_profiles: tuple[ImportProfile, ...]

    def profiles(self, uow: UnitOfWork) -> Sequence[ImportProfile]:
        """Those in force."""
        rules = uow.case_rules.newest()
        return (rules.profiles if rules else ()) or self.default_profiles


@dataclass(frozen=True)
class Looked:
    """A file that waits to be taken: its record, and what became of its rows."""

    record: ReplyImport
    profile: ImportProfile
    sorted: Sorted


def stage_import(
    content: bytes, file_name: str, profile_id: str, *, actor: Actor, tools: ImportTools
) -> Looked:
    """Read a file and keep its rows for a day; no reply is stored.

    Raises:
        NotAllowed.
        NotFound: there is no such profile.
        InvalidInput: the file cannot be read, or has not the columns of the profile.
    """
    actor.require(Permission.HANDLE_CASES)
    table = tools.read_table(content, file_name)
    with tools.storage.begin() as uow:
        now, profile = uow.now(), _profile(uow, profile_id, tools)
        found = sort_out(table, profile, now=now)
        record = ReplyImport(
            id=ImportId(tools.ids.new("imp")),
            profile=profile.id,
            profile_name=profile.name,
            file_name=file_name,
            sha256=hashlib.sha256(content).hexdigest(),
            staged_by=actor.name,
            staged_at=now,
            rows=len(table.rows),
            faults=found.faults[:MOST_FAULTS_KEPT],
        )
        uow.imports.forget_staged(before=now - STAGED_FOR)
        uow.imports.stage(record, table)
        uow.commit()
    return Looked(record, profile, found)


def look_at_import(import_id: ImportId, *, actor: Actor, tools: ImportTools) -> Looked:
    """The staged file again, sorted out by the profile as it is now.

    Raises:
        NotAllowed, NotFound, InvalidInput.
        Conflict: it has been taken.
    """
    actor.require(Permission.HANDLE_CASES)
    with tools.storage.look() as uow:
        record, table = uow.imports.get(import_id), uow.imports.table(import_id)
        if table is None:
            raise Conflict(f"“{record.file_name}”已经导入，不会再导入一次")
        profile = _profile(uow, record.profile, tools)
        return Looked(record, profile, sort_out(table, profile, now=uow.now()))


def take_import(import_id: ImportId, *, actor: Actor, tools: ImportTools) -> ReplyImport:
    """Store every row that can be taken, as a reply of the source's own account; a row that was
    stored before, by its number or else by everything it says, is passed over. Who is stopped in
    the middle begins again and stores nothing twice.

    Raises:
        NotAllowed, NotFound, InvalidInput.
        Conflict: it has been taken; or an official account has the name of the source.
    """
    found = look_at_import(import_id, actor=actor, tools=tools)
    new = 0
    letters = found.sorted.letters
    account = _account_of(found.profile, tools)
    for first in range(0, len(letters), ROWS_A_TURN):
        turn = letters[first : first + ROWS_A_TURN]
        new += _stored(turn, account, found.profile, tools)
    with tools.storage.begin() as uow:
        known = len(letters) - new + found.sorted.repeated
        faults: tuple[RowFault, ...] = found.sorted.faults[:MOST_FAULTS_KEPT]
        taken = replace(found.record, faults=faults, new=new, known=known, taken_at=uow.now())
        uow.imports.finish(taken)
        uow.audit.write(
            actor=actor.name,
            action="replies.imported",
            object_kind="reply_import",
            object_id=taken.id,
            details={
                "profile": taken.profile,
                "sha256": taken.sha256,
                "new": str(new),
                "known": str(known),
                "faults": str(len(found.sorted.faults)),
            },
        )
        uow.commit()
    return taken


def _profile(uow: UnitOfWork, wanted: str, tools: ImportTools) -> ImportProfile:
    found = next((each for each in tools.profiles(uow) if each.id == wanted), None)
    if found is None:
        raise NotFound("导入方案", wanted)
    return found


def _account_of(profile: ImportProfile, tools: ImportTools) -> AccountId:
    """The account that stands for the source; made when its first file is taken."""
    options = {RETENTION_OPTION: str(profile.keep_days)} if profile.keep_days else {}
    with tools.storage.begin() as uow:
        there = uow.accounts.by_name(profile.name)
        if there is None:
            account = Account(
                id=AccountId(tools.ids.new("acc")),
                name=profile.name,
                platform=PlatformName.FILES,
                mode=Mode.COLLECT,
                options=options,
                enabled=False,
            )
            uow.accounts.add(account, tools.vault.seal({}))
            uow.commit()
            return account.id
        if there.platform is not PlatformName.FILES:
            words = f"已有名为“{profile.name}”的官方账号，请给导入方案换一个名称"
            raise InvalidInput([Problem("profile", words)])
        if there.options != options:
            uow.accounts.save(replace(there, options=options))
            uow.commit()
        return there.id


def _stored(
    turn: Sequence[Letter], account: AccountId, profile: ImportProfile, tools: ImportTools
) -> int:
    with tools.storage.begin() as uow:
        now: datetime = uow.now()
        known = uow.replies.known_keys(account, [letter.key for letter in turn])
        replies = [
            Reply(ReplyId(tools.ids.new("rpy")), letter.incoming(account, profile), now)
            for letter in turn
            if letter.key not in known
        ]
        uow.replies.store(replies)
        uow.commit()
    return len(replies)
