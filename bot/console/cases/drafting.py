"""起草答复: approved words are found and put in, a template is filled, what was written is checked.
Nothing of it is stored: the page comes back with the text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.console.visit import Visit
from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.drafting import AnswerTemplate, Quotation, facts_of
from bot.usecases.cases.find_quotations import Checked, check_answer, find_quotations

FINDING, QUOTING, FILLING, CHECKING = "find", "quote", "fill", "check"
DRAFTING = frozenset({FINDING, QUOTING, FILLING, CHECKING})


@dataclass(frozen=True)
class Drafting:
    """What stands beside the text: `words` that were looked for and what holds them, templates of
    the class, and what a person should look at."""

    words: str
    quotations: Sequence[Quotation]
    templates: Sequence[AnswerTemplate]
    checked: Checked | None


def redrafted(visit: Visit, name: str) -> Visit:
    """The visit with its text as the button leaves it."""
    text = visit.fields.get("text", "").replace("\r\n", "\n")
    if name == QUOTING:
        text = _with_quotation(visit, text)
    elif name == FILLING:
        chosen = visit.fields.get("template", "")
        fitting = (one for one in visit.tools.answer_templates if one.id == chosen)
        template = next(fitting, None)
        text = template.filled(text) if template else text
    return replace(visit, fields={**visit.fields, "text": text})


def drafting_for(visit: Visit, case: Case, question: str, *, tried: str, writes: bool) -> Drafting:
    """What the page of a case shows beside an answer that is written, or waits for approval."""
    words = visit.fields.get("words", "").strip()
    if not writes:
        words = ""
    templates = [one for one in visit.tools.answer_templates if one.fits(case.case_class)]
    text = _text(visit.fields, case, tried)
    return Drafting(
        words,
        find_quotations(words, actor=visit.actor, tools=visit.tools.quoting) if words else (),
        templates,
        _checked(visit, case, text, question) if text else None,
    )


def _checked(visit: Visit, case: Case, text: str, question: str) -> Checked:
    facts = [case.subject, *facts_of(case, visit.tools.clock.now())]
    tools, actor = visit.tools.quoting, visit.actor
    return check_answer(text, question, actor=actor, tools=tools, facts=facts)


def _text(fields: Mapping[str, str], case: Case, tried: str) -> str:
    """What there is to be checked: what is being written, or waits for approval."""
    if tried in {"answer", *DRAFTING}:
        return fields.get("text", "").strip()
    in_review = case.state is CaseState.IN_REVIEW and case.draft is not None
    return case.draft.text if in_review and case.draft else ""


def _with_quotation(visit: Visit, text: str) -> str:
    words, given = visit.fields.get("words", ""), visit.fields.get("quote", "")
    found = find_quotations(words, actor=visit.actor, tools=visit.tools.quoting)
    if not (given.isascii() and given.isdigit() and int(given) < len(found)):
        return text
    return f"{text.rstrip()}\n{found[int(given)].as_text}".lstrip()
