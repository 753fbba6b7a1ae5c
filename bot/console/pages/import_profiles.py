"""导入方案: which column of another desk's files becomes what, seen, tried and set."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.rule_forms import (
    is_confirmed,
    lines_in,
    number_in,
    sent_again,
    version_seen,
)
from bot.console.visit import Visit
from bot.domain.cases.names import ENTRY_NAMES, Entry
from bot.domain.errors import InvalidInput, Problem, Refusal
from bot.domain.permissions import Permission
from bot.domain.replies.importing import ImportProfile, Sorted, profile_faults
from bot.usecases.cases.set_case_rules import stored_rules
from bot.usecases.replies.set_import_profiles import set_import_profiles
from bot.usecases.replies.try_profile import try_profile

ADDRESS = "/import-profiles"
REMOVE = "remove"
SHOWN = 10
DONE = {"set": "已保存，从下一个文件起生效"}
ENTRIES = {
    entry: ENTRY_NAMES[entry] for entry in (Entry.HOTLINE, Entry.MAILBOX, Entry.FORM, Entry.MEDIA)
}


def show_profiles(visit: Visit) -> Response:
    """Those in force; `profile` names the one to be changed."""
    profiles = _profiles(visit)
    chosen = next((one for one in profiles if one.id == visit.asked("profile")), None)
    return _shown(visit, profiles, written=_written(chosen) if chosen else {})


def set_profiles(visit: Visit) -> Response:
    """First tried on what the source has sent before; in force once somebody has seen that."""
    visit.actor.require(Permission.MANAGE_CASE_RULES)
    profiles, given = _profiles(visit), visit.fields
    storage = visit.tools.storage
    try:
        is_less = given.get("what") == REMOVE
        one = None if is_less else _profile(given)
        wanted = _with(profiles, given.get("profile", ""), one)
        problems = [] if one is None else _faults(one, wanted)
        if problems:
            raise InvalidInput(problems)
        if not is_confirmed(visit):
            found = try_profile(one, actor=visit.actor, storage=storage) if one else None
            return _shown(visit, profiles, written=given, preview=(one, found))
        set_import_profiles(wanted, actor=visit.actor, storage=storage, seen=version_seen(visit))
    except Refusal as refusal:
        return _shown(visit, profiles, written=given, refusal=refusal)
    return back_to(ADDRESS, done="set")


def _profiles(visit: Visit) -> Sequence[ImportProfile]:
    with visit.tools.storage.look() as uow:
        return visit.tools.imports.profiles(uow)


def _with(
    profiles: Sequence[ImportProfile], was: str, one: ImportProfile | None
) -> Sequence[ImportProfile]:
    """Those there are, with one in the place of the one it changes, or at the end."""
    changed = [one if each.id == was and one else each for each in profiles]
    if one is None:
        return [each for each in profiles if each.id != was]
    return changed if was in {each.id for each in profiles} else [*changed, one]


def _profile(given: Mapping[str, str]) -> ImportProfile:
    entry = given.get("entry", "")
    return ImportProfile(
        id=given.get("id", "").strip(),
        name=given.get("name", "").strip(),
        entry=Entry(entry) if entry in set(ENTRIES) else Entry.HOTLINE,
        text=lines_in(given, "text"),
        said_at=given.get("said_at", "").strip(),
        number=given.get("number", "").strip(),
        sender=given.get("sender", "").strip(),
        sender_name=given.get("sender_name", "").strip(),
        keep_days=number_in(given, "keep_days", 0),
    )


def _faults(one: ImportProfile, wanted: Sequence[ImportProfile]) -> list[Problem]:
    """By the fields of the form."""
    asked = (("id", one.id, "编号"), ("name", one.name, "名称"), ("said_at", one.said_at, "时间列"))
    problems = [Problem(field, f"请填写{word}") for field, value, word in asked if not value]
    told = profile_faults(wanted)
    return [*problems, *(Problem(each.field.rpartition(".")[2], each.message) for each in told)]


def _written(profile: ImportProfile) -> dict[str, str]:
    return {
        "profile": profile.id,
        "id": profile.id,
        "name": profile.name,
        "entry": profile.entry,
        "text": "\n".join(profile.text),
        "said_at": profile.said_at,
        "number": profile.number,
        "sender": profile.sender,
        "sender_name": profile.sender_name,
        "keep_days": str(profile.keep_days or ""),
    }


def _shown(
    visit: Visit,
    profiles: Sequence[ImportProfile],
    *,
    written: Mapping[str, str],
    preview: tuple[ImportProfile | None, Sorted | None] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    with visit.tools.storage.look() as uow:
        rules = stored_rules(uow)
    return page(
        visit,
        "import_profiles.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        wrong={fault.field for fault in faults_of(refusal)} if refusal else set(),
        said=DONE.get(visit.asked("done"), ""),
        version=rules.version,
        profiles=profiles,
        is_ours=not rules.profiles,
        preview=preview,
        most=SHOWN,
        written=written,
        sent=sent_again(visit),
        entry_choices=ENTRIES,
        entry_names=ENTRY_NAMES,
        may_set=visit.may(Permission.MANAGE_CASE_RULES),
    )
