"""Pictures and voices that came with a message."""

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.errors import InvalidInput, NotAllowed
from bot.usecases.replies.fetch_attachment import AttachmentTools, fetch_attachment
from tests.factories import NOW
from tests.fakes.attachments import PICTURE, Box
from tests.unit.usecases.posts.desk import WRITER
from tests.unit.usecases.replies.office import DESK, ReplyOffice


def tools(office: ReplyOffice) -> AttachmentTools:
    return AttachmentTools(office.publishing, {PlatformName.WECHAT: Box()})


def test_whoever_answers_sees_what_came_along_and_the_audit_says_so() -> None:
    """Nothing of it is kept."""
    office = ReplyOffice()
    reply = office.says(type_name="image")

    found = fetch_attachment(reply, actor=DESK, tools=tools(office))

    assert found == PICTURE
    assert office.actions() == ["reply.attachment_fetched"]


def test_where_nothing_came_there_is_nothing_to_fetch() -> None:
    """Nor from a platform that offers none, nor of somebody who was erased."""
    office = ReplyOffice()
    text, image = office.says(1), office.says(2, type_name="image")
    erased = office.says(3, type_name="image")
    with office.storage.begin() as uow:
        follower = uow.replies.get(erased).incoming
        uow.erasures.erase_follower(follower.account, follower.sender, until=NOW, limit=9)
        uow.commit()

    with pytest.raises(InvalidInput):
        fetch_attachment(text, actor=DESK, tools=tools(office))
    with pytest.raises(InvalidInput):
        fetch_attachment(erased, actor=DESK, tools=tools(office))
    with pytest.raises(InvalidInput):
        fetch_attachment(image, actor=DESK, tools=AttachmentTools(office.publishing, {}))
    with pytest.raises(NotAllowed):
        fetch_attachment(image, actor=WRITER, tools=tools(office))
