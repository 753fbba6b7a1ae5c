"""Everything one person holds goes to another in one action, with a note of what to know."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case
from bot.domain.cases.history import CaseEvent, EventKind
from bot.domain.deputies import Deputy
from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import HandoverId
from bot.domain.people import Handover, User
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import POST_MOVES, Post
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.people.change_user import user_named
from bot.usecases.people.sign_in import actor_of

MOST = 500
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Holdings:
    """What a person holds: running cases, posts they write that are not over, and deputyships
    that they gave or were given."""

    cases: Sequence[Case]
    posts: Sequence[Post]
    deputies: Sequence[Deputy]

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.cases) + len(self.posts) + len(self.deputies)


def see_holdings(login: str, *, actor: Actor, storage: Storage) -> Holdings:
    """What would be handed over, at most 500 of each.

    Raises:
        NotAllowed: it is somebody else's, and the actor does not manage people.
        NotFound.
    """
    _require_right(login, actor)
    with storage.look() as uow:
        return _holdings(uow, user_named(uow, login))


def hand_over(
    giver: str, taker: str, *, note: str, actor: Actor, storage: Storage, ids: Ids
) -> Handover:
    """Give all of it to `taker`. Who wrote and who signed what stays as it was; deputyships end,
    since nobody inherits a confidence.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no note, the same person, somebody who cannot sign in, or who may not do
            what is handed over.
    """
    _require_right(giver, actor)
    with storage.begin() as uow:
        source, target = user_named(uow, giver), user_named(uow, taker)
        held = _holdings(uow, source)
        _require_able(source, target, held, note.strip())
        _give_cases(uow, held.cases, target, actor, note.strip())
        for post in held.posts:
            uow.posts.save(replace(post, keeper=target.login))
        for deputy in held.deputies:
            uow.deputies.save(replace(deputy, ended_at=uow.now()))
        done = Handover(
            HandoverId(ids.new("hnd")),
            source.login,
            target.login,
            by=actor.name,
            at=uow.now(),
            note=note.strip(),
            cases=tuple(case.id for case in held.cases),
            posts=tuple(post.id for post in held.posts),
        )
        uow.people.add_handover(done)
        uow.audit.write(
            actor=actor.name,
            action="user.handed_over",
            object_kind="user",
            object_id=source.id,
            details={
                "to": target.login,
                "cases": str(len(held.cases)),
                "posts": str(len(held.posts)),
                "deputies": str(len(held.deputies)),
            },
        )
        uow.commit()
    return done


def _holdings(uow: UnitOfWork, user: User) -> Holdings:
    today = uow.now().astimezone(BEIJING).date()
    deputies = uow.deputies.not_over(day=today)
    return Holdings(
        cases=uow.cases.handled_by(user.login, limit=MOST),
        posts=[p for p in uow.posts.kept_by(user.login, limit=MOST) if p.state in POST_MOVES],
        deputies=[one for one in deputies if user.login in (one.principal, one.deputy)],
    )


def _give_cases(
    uow: UnitOfWork, cases: Sequence[Case], target: User, actor: Actor, note: str
) -> None:
    for case in cases:
        changed = replace(case, handler=target.login).changed(by=actor.name, at=uow.now())
        uow.cases.save(changed)
        uow.cases.note(CaseEvent(case.id, EventKind.HANDED_OVER, uow.now(), actor.name, note=note))


def _require_able(source: User, target: User, held: Holdings, note: str) -> None:
    able = actor_of(target)
    problems = []
    if not note or len(note) > LONGEST_NOTE:
        problems.append(Problem("note", f"请写交接说明，最多 {LONGEST_NOTE} 字"))
    if target.id == source.id or not target.enabled:
        problems.append(Problem("taker", "请选择另一位可以登录的同事"))
    handles = able.may(Permission.HANDLE_CASES) or (
        able.may(Permission.HANDLE_OWN_CASES)
        and all(case.department == target.department for case in held.cases)
    )
    if held.cases and not handles:
        problems.append(
            Problem("taker", f"{target.name}不能办理这些办理件，请换人或先调整角色和部门")
        )
    if held.posts and not able.may(Permission.WRITE_POST):
        problems.append(Problem("taker", f"{target.name}不能撰写稿件，请换人或先调整角色"))
    if problems:
        raise InvalidInput(problems)


def _require_right(login: str, actor: Actor) -> None:
    if login != actor.name:
        actor.require(Permission.MANAGE_PEOPLE)
