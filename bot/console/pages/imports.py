"""导入: what other desks received, from a file: uploaded, looked at, then taken."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from bot.console.answering import back_to, page
from bot.console.refusals import faults_of, status_of
from bot.console.visit import Visit
from bot.domain.cases.names import ENTRY_NAMES
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, Problem, Refusal
from bot.domain.ids import ImportId
from bot.domain.permissions import Permission
from bot.domain.replies.importing import ImportProfile, Letter
from bot.usecases.replies.import_replies import look_at_import, stage_import, take_import

SHOWN, MOST_LISTED, MOST_FAULTS = 10, 20, 100


@dataclass(frozen=True)
class Became:
    """One row of the preview, as it will be read at the desk."""

    row: int
    number: str
    said_at: datetime
    sender: str
    text: str


def show_imports(visit: Visit) -> Response:
    """The form, what each profile needs, and the files of late."""
    return _shown(visit)


def upload(visit: Visit) -> Response:
    """Stage a file and show what would become of it."""
    visit.actor.require(Permission.HANDLE_CASES)
    given = visit.files.get("file")
    try:
        if given is None:
            raise InvalidInput([Problem("file", "请选择要导入的文件")])
        found = stage_import(
            given.content,
            given.name,
            visit.fields.get("profile", ""),
            actor=visit.actor,
            tools=visit.tools.imports,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _shown(visit, refusal)
    return back_to(f"/imports/{found.record.id}")


def show_import(visit: Visit) -> Response:
    """What became of one file; before it is taken, what its first rows would become."""
    visit.actor.require(Permission.HANDLE_CASES)
    return _one(visit)


def take(visit: Visit) -> Response:
    """Store what can be taken. A second click finds it done."""
    wanted = ImportId(visit.named("import"))
    try:
        take_import(wanted, actor=visit.actor, tools=visit.tools.imports)
    except (NotAllowed, NotFound):
        raise
    except Conflict:
        return back_to(f"/imports/{wanted}")
    except Refusal as refusal:
        return _one(visit, refusal)
    return back_to(f"/imports/{wanted}", done="take")


def _shown(visit: Visit, refusal: Refusal | None = None) -> Response:
    visit.actor.require(Permission.HANDLE_CASES)
    with visit.tools.storage.look() as uow:
        profiles = visit.tools.imports.profiles(uow)
        newest = uow.imports.newest(limit=MOST_LISTED)
    return page(
        visit,
        "imports.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        profiles=profiles,
        entry_names=ENTRY_NAMES,
        newest=newest,
    )


def _one(visit: Visit, refusal: Refusal | None = None) -> Response:
    wanted = ImportId(visit.named("import"))
    with visit.tools.storage.look() as uow:
        record = uow.imports.get(wanted)
    found, letters, faults = None, 0, record.faults
    if record.taken_at is None:
        looked = look_at_import(wanted, actor=visit.actor, tools=visit.tools.imports)
        letters, faults = len(looked.sorted.letters), looked.sorted.faults
        found = [_became(letter, looked.profile) for letter in looked.sorted.letters[:SHOWN]]
    return page(
        visit,
        "import.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        record=record,
        found=found,
        letters=letters,
        bad=faults[:MOST_FAULTS],
        bad_count=len(faults),
    )


def _became(letter: Letter, profile: ImportProfile) -> Became:
    who = "，".join(part for part in (letter.sender_name, letter.sender) if part)
    number = letter.number if profile.number else ""
    return Became(letter.row, number, letter.said_at, who, letter.text)
