"""提交政策: an input is read, shown with what was recognised, corrected, and only then stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.responses import RedirectResponse, Response

from bot.console.answering import back_to, page
from bot.console.intake.asked import first_answers, payload
from bot.console.intake.attaching import NEW, listed, put_beside, with_files
from bot.console.intake.handed import (
    Handed,
    Part,
    Purpose,
    keep_input,
    kept_input,
    purpose_of,
)
from bot.console.intake.picturing import added_pictures, own_records, places, put_in
from bot.console.refusals import Fault, faults_of, status_of
from bot.console.visit import Visit
from bot.domain.errors import Conflict, InvalidInput, Problem, Refusal
from bot.domain.ids import ReleaseId
from bot.domain.permissions import Permission
from bot.domain.releases.attachments import KINDS
from bot.domain.releases.document import Document, Image
from bot.domain.releases.pictures import AddedPicture, PictureRecord, illustrated, record_problems
from bot.domain.releases.release import (
    DisclosureAttribute,
    Finding,
    FiveOpens,
    Interpretation,
    InterpretationKind,
    ReleaseReading,
)
from bot.ports.reading import InputForm, InterpretationReading
from bot.usecases.releases.accept_release import Accepted, Arrival
from bot.usecases.releases.attach_file import MEGABYTE
from bot.usecases.releases.hand_in_release import (
    hand_in_interpretation,
    hand_in_release,
    hand_in_version,
)

ADD_PICTURE, ADD_ATTACHMENT = "add_picture", "add_attachment"


@dataclass(frozen=True)
class _Look:
    """An input as its page shows it: the text as it would be stored, what was noticed, and what
    still lacks before it can be handed in."""

    body: Document
    findings: Sequence[Finding]
    lacks: Sequence[Problem]
    images: Sequence[Image]
    records: Sequence[PictureRecord]
    added: Sequence[AddedPicture]


def show_start(visit: Visit) -> Response:
    """Where an input is chosen, pasted or typed."""
    visit.actor.require(Permission.HAND_IN_RELEASE)
    return _started(visit)


def take_input(visit: Visit) -> Response:
    """Keep the input and go to its page; what cannot be read is told here."""
    visit.actor.require(Permission.HAND_IN_RELEASE)
    try:
        handed = keep_input(visit)
        visit.tools.reader.recognise(handed.raw)
    except InvalidInput as refusal:
        return _started(visit, refusal)
    return RedirectResponse(handed.address, status_code=303)


def show_read(visit: Visit) -> Response:
    """What was recognised, to be corrected; nothing is stored yet."""
    visit.actor.require(Permission.HAND_IN_RELEASE)
    handed = kept_input(visit)
    recognised = visit.tools.reader.recognise(handed.raw)
    return _read(visit, handed, first_answers(handed, recognised.fields))


def hand_in(visit: Visit) -> Response:
    """Put a picture or an attachment in, or store the release; every refusal shows the page with
    what was written."""
    visit.actor.require(Permission.HAND_IN_RELEASE)
    handed, answers = kept_input(visit), dict(visit.fields)
    try:
        if answers.get("deed") == ADD_ATTACHMENT:
            upload, tools = visit.files.get(NEW), visit.tools
            largest = tools.largest_attachment
            answers = put_beside(upload, answers, largest=largest, media=tools.media)
            return _read(visit, handed, answers)
        if answers.get("deed") == ADD_PICTURE:
            answers = put_in(visit.files.get("new_picture"), answers, visit.tools.media)
            return _read(visit, handed, answers)
        accepted = _stored(visit, handed, answers)
    except Refusal as refusal:
        return _read(visit, handed, answers, refusal)
    tab = "interpretations" if handed.purpose.part is Part.INTERPRETATION else "text"
    said = "unchanged" if accepted.arrival is Arrival.UNCHANGED else "handed_in"
    return back_to(f"/releases/{accepted.release.id}/{tab}", done=said)


def _stored(visit: Visit, handed: Handed, answers: Mapping[str, str]) -> Accepted:
    tools, of = visit.tools, handed.purpose.of
    seen = visit.fields.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 7 else 0
    if of is None:
        return hand_in_release(
            _reading(visit, handed, answers),
            actor=visit.actor,
            storage=tools.storage,
            ids=tools.ids,
            person_says_same=answers.get("same_document") == "yes",
        )
    if handed.purpose.part is Part.VERSION:
        return hand_in_version(
            of.id,
            _reading(visit, handed, answers),
            seen_version=version,
            actor=visit.actor,
            storage=tools.storage,
            ids=tools.ids,
        )
    return hand_in_interpretation(
        of.id,
        _interpretation(visit, handed, answers),
        seen_version=version,
        actor=visit.actor,
        storage=tools.storage,
        ids=tools.ids,
    )


def _reading(visit: Visit, handed: Handed, answers: Mapping[str, str]) -> ReleaseReading:
    reading = visit.tools.reader.read_input(handed.raw, payload(handed, answers))
    body = _illustrated(reading.content.body, answers)
    content = with_files(reading.content, answers, visit.tools.media)
    return replace(reading, content=replace(content, body=body))


def _interpretation(visit: Visit, handed: Handed, answers: Mapping[str, str]) -> Interpretation:
    read = visit.tools.reader.read_interpretation(handed.raw, payload(handed, answers))
    return replace(read.interpretation, body=_illustrated(read.interpretation.body, answers))


def _illustrated(body: Document, answers: Mapping[str, str]) -> Document:
    """Raises InvalidInput where a picture's source or rights are not told."""
    records, added = own_records(body.images, answers), added_pictures(answers)
    if problems := record_problems([*records, *(each.record for each in added)]):
        raise InvalidInput(problems)
    return illustrated(body, records, added)


def _look(visit: Visit, handed: Handed, answers: Mapping[str, str]) -> _Look:
    """What is there, and everything that lacks, told before somebody tries."""
    reader, told = visit.tools.reader, payload(handed, answers)
    lacks: Sequence[Problem] = ()
    try:
        if handed.purpose.part is Part.INTERPRETATION:
            read: InterpretationReading = reader.read_interpretation(handed.raw, told)
            body, findings = read.interpretation.body, read.findings
        else:
            judged = reader.read_input(handed.raw, told)
            body, findings = judged.content.body, judged.findings
    except InvalidInput as refusal:
        recognised, lacks = reader.recognise(handed.raw), refusal.problems
        body, findings = recognised.body, recognised.findings
    records, added = own_records(body.images, answers), added_pictures(answers)
    shown = illustrated(body, records, added)
    return _Look(shown, findings, lacks, body.images, records, added)


def _started(visit: Visit, refusal: Refusal | None = None) -> Response:
    purpose = purpose_of(visit)
    return page(
        visit,
        "intake_start.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        purpose=purpose,
        text=visit.fields.get("text") or _typed(visit),
    )


def _typed(visit: Visit) -> str:
    """The text that is to be changed."""
    key = visit.asked("input")
    return visit.tools.media.get(key).decode(errors="replace") if key else ""


def _read(
    visit: Visit, handed: Handed, answers: Mapping[str, str], refusal: Refusal | None = None
) -> Response:
    look = _look(visit, handed, answers)
    return page(
        visit,
        "intake_read.html.j2",
        status=status_of(refusal) if refusal else 200,
        faults=faults_of(refusal) if refusal else (),
        handed=handed,
        answers=answers,
        look=look,
        lacks=() if refusal else [Fault(each.message, each.field) for each in look.lacks],
        places=places(look.body),
        attached=listed(answers),
        largest_mb=visit.tools.largest_attachment // MEGABYTE,
        endings="、".join(KINDS),
        taken=_as_version(visit, handed, refusal) if isinstance(refusal, Conflict) else None,
        kinds=list(InterpretationKind),
        stages=list(FiveOpens),
        disclosures=list(DisclosureAttribute),
        is_text=handed.raw.form is InputForm.TEXT,
    )


def _as_version(visit: Visit, handed: Handed, conflict: Conflict) -> Handed:
    """The same input as another version of the release that has its 文号 already."""
    with visit.tools.storage.look() as uow:
        there = uow.releases.get(ReleaseId(conflict.existing))
    return replace(handed, purpose=Purpose(Part.VERSION, there))
