"""`tongbu question`: the same question from many, judged by people and answered once for all."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import question_demands
from bot.cli.figures import FiguresReason, answered_for
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.domain.ids import QuestionId, ReplyId
from bot.domain.personal.masking import mask
from bot.domain.questions.group import GroupState, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.bootstrap import House
    from bot.domain.questions.group import Member, QuestionGroup
    from bot.domain.replies.reply import Reply

app = typer.Typer(help="The same question from many.", no_args_is_help=True)
app.add_typer(question_demands.app, name="demand")

Group = Annotated[str, typer.Argument(metavar="QUESTION", help="The id of the group.")]
Replies = Annotated[list[str] | None, typer.Argument(metavar="[REPLY]...", help="Their ids.")]
_LONGEST_SHOWN = 60


@app.command("list")
def list_questions(
    state: Annotated[
        list[GroupState] | None, typer.Option(help="May be given several times.")
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Groups, the newest first, with how many ask."""
    with open_house().storage.begin() as uow:
        found = uow.questions.counts(states=tuple(state or ()), limit=limit)
    if as_json:
        print_json(found)
        return
    print_table(
        ("id", "name", "state", "askers", "replies", "confirmed", "first asked", "last asked"),
        [
            (
                *(c.group.id, c.group.name, c.group.state, c.askers, c.replies, c.confirmed),
                *(c.first_asked_at, c.last_asked_at),
            )
            for c in found
        ],
    )


@app.command()
def show(question: Group, as_json: AsJson = False) -> None:
    """One group: its answer, and each member with what came of it; words are masked."""
    with open_house().storage.begin() as uow:
        count = uow.questions.count(QuestionId(question))
        members = [(m, uow.replies.get(m.reply)) for m in uow.questions.members(count.group.id)]
    if as_json:
        said = [{**asdict(member), "words": mask(reply.incoming.text)} for member, reply in members]
        print_json({"question": count, "members": said})
        return
    answer = count.group.answer
    print_facts(
        [
            ("id", count.group.id),
            ("name", count.group.name),
            ("state", count.group.state),
            ("askers", count.askers),
            ("first asked", count.first_asked_at),
            ("last asked", count.last_asked_at),
            ("answer", answer.text if answer else ""),
            ("written by", answer.by if answer else ""),
            ("approved by", answer.approved_by if answer else ""),
        ]
    )
    columns = ("reply", "standing", "likeness", "judged by", "words", "answer", "not answered")
    print_table(columns, [_row(member, reply) for member, reply in members])


@app.command()
def confirm(
    question: Group,
    replies: Replies = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="All that are proposed.")] = False,
    name: Annotated[str, typer.Option(help="What the question is called from now on.")] = "",
) -> None:
    """Say that these replies ask it; one that nobody proposed is put in."""
    from bot.usecases.questions.judge_members import confirm_members

    house, group = open_house(), QuestionId(question)
    chosen = _proposed(house, group) if everything else _ids(replies)
    _print_state(confirm_members(group, chosen, actor=operator(), storage=house.storage, name=name))


@app.command("take-out")
def take_out(question: Group, replies: Replies = None) -> None:
    """Say that these replies ask something else."""
    from bot.usecases.questions.judge_members import take_out_members

    house, group = open_house(), QuestionId(question)
    chosen = _ids(replies)
    _print_state(take_out_members(group, chosen, actor=operator(), storage=house.storage))


@app.command()
def answer(
    question: Group,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What every asker reads.")],
    figures_reason: FiguresReason = "",
) -> None:
    """Answer all confirmed members; where a case asks for review, somebody else approves first."""
    from bot.usecases.questions.answer_group import answer_group

    house, group = open_house(), QuestionId(question)
    left, letters = answered_for(text, figures_reason), house.correspondence
    _print_state(answer_group(group, text, actor=operator(), tools=letters, unsourced=left))


@app.command()
def approve(question: Group) -> None:
    """Let the answer go out that waits for approval."""
    from bot.usecases.questions.answer_group import approve_group_answer

    house, group = open_house(), QuestionId(question)
    with house.storage.begin() as uow:
        seen = uow.questions.get(group).version
    _print_state(
        approve_group_answer(group, seen=seen, actor=operator(), tools=house.correspondence)
    )


@app.command()
def split(
    question: Group,
    replies: Replies = None,
    *,
    name: Annotated[str, typer.Option(help="What the new question is called.")] = "",
) -> None:
    """Say that these replies ask one question of their own: they become a group."""
    from bot.usecases.questions.arrange_groups import split_group

    house, chosen = open_house(), _ids(replies)
    by, storage, group = operator(), house.storage, QuestionId(question)
    _print_state(split_group(group, chosen, actor=by, storage=storage, ids=house.ids, name=name))


@app.command()
def join(
    question: Group,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The group that takes it in.")],
) -> None:
    """Say that both ask the same: every reply moves to the second."""
    from bot.usecases.questions.arrange_groups import join_groups

    house, by, one, other = open_house(), operator(), QuestionId(question), QuestionId(into)
    _print_state(join_groups(one, other, actor=by, storage=house.storage, ids=house.ids))


@app.command("send-back")
def send_back(question: Group, reason: Annotated[str, typer.Option(help="Why.")] = "") -> None:
    """Give the answer back to whoever wrote it."""
    from bot.usecases.questions.answer_group import send_back_group_answer

    house, group = open_house(), QuestionId(question)
    done = send_back_group_answer(group, reason=reason, actor=operator(), storage=house.storage)
    _print_state(done)


def _ids(replies: Sequence[str] | None) -> list[ReplyId]:
    return [ReplyId(reply) for reply in replies or ()]


def _proposed(house: House, group: QuestionId) -> list[ReplyId]:
    with house.storage.begin() as uow:
        members = uow.questions.members(group)
    return [member.reply for member in members if member.standing is Standing.PROPOSED]


def _row(member: Member, reply: Reply) -> Sequence[object]:
    words = mask(reply.incoming.text)[:_LONGEST_SHOWN]
    like, judge = f"{member.likeness:.2f}", member.judged_by
    return (member.reply, member.standing, like, judge, words, member.answer, member.why_not)


def _print_state(group: QuestionGroup) -> None:
    typer.echo(f"{group.id}  {group.state.value}  {group.name}".rstrip())
