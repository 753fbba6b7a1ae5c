"""A question that three ask, one like it, and a demand that came of it."""

from bot.domain.ids import DemandId, QuestionId, ReplyId
from bot.domain.questions.demand import Demand, DemandKind
from bot.domain.questions.group import Member, QuestionGroup
from bot.storage.database import Database
from tests import factories as make


def settle_questions(database: Database) -> None:
    """Fill a town with qst_1 (rpy_m1 to rpy_m3), qst_2 (rpy_m4, rpy_m5) and dem_1."""
    with database.begin() as uow:
        said = [
            make.incoming(key=f"m{n}", sender=f"o_{n}", text=f"耕地补贴几时发，电话 1390000000{n}")
            for n in range(1, 6)
        ]
        uow.replies.store(
            [make.reply(id=ReplyId(f"rpy_m{n}"), incoming=one) for n, one in enumerate(said, 1)]
        )
        for group, members in ((1, (1, 2, 3)), (2, (4, 5))):
            id_ = QuestionId(f"qst_{group}")
            uow.questions.add(QuestionGroup(id_, make.NOW))
            for n in members:
                uow.questions.put_member(Member(id_, ReplyId(f"rpy_m{n}"), 0.6, make.after(-n)))
        uow.demands.add(
            Demand(DemandId("dem_1"), DemandKind.QUESTION, "qst_1", make.NOW, "tongbu", make.NOW)
        )
        uow.commit()
