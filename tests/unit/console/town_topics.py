"""A day on which everybody speaks of gas, after weeks of water bills."""

import re

from bot.domain.cases.department import Department
from bot.domain.ids import DepartmentId, ReplyId
from bot.regulations.watch_rules import default_watch_rules
from bot.storage.database import Database
from bot.usecases.replies.file_replies import file_replies
from bot.usecases.topics.count_terms import count_terms
from bot.usecases.topics.judge_growth import judge_growth
from bot.usecases.topics.tools import WatchTools
from tests import factories as make

WEEK = 7 * 86_400


def speak_of_gas(storage: Database) -> None:
    """Weeks of water bills, and then nine who speak of gas."""
    said = [("水费怎么缴", -WEEK * n - 3600) for n in range(5)]
    said += [("燃气突然涨价，电话13812345678", -60)] * 9
    watch = WatchTools(
        storage,
        storage.searching(),
        lambda text: re.split("，|怎么|突然", text),
        numbered(),
        default_watch_rules(),
    )
    with storage.begin() as uow:
        uow.departments.add(Department(DepartmentId("gas"), "住建局", make.NOW.date()))
        uow.replies.store(
            [
                make.reply(
                    id=ReplyId(f"said_{n}"),
                    incoming=make.incoming(
                        key=f"s{n}", sender=f"o_{n}", text=text, said_at=make.after(at)
                    ),
                )
                for n, (text, at) in enumerate(said)
            ]
        )
        uow.commit()
    file_replies(storage)
    count_terms(watch)
    judge_growth(watch)


def numbered():
    numbers = iter(range(1, 99))
    return lambda prefix: f"{prefix}_{next(numbers)}"
