"""One released document: read, taken along, rated once."""

import hashlib
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from bot.domain.ids import ReleaseId
from bot.domain.releases.release import Attachment, ReleaseState
from bot.public.release import VOTES_AN_ADDRESS
from tests import factories as make
from tests.unit.console.browser import Browser
from tests.unit.public.street import Street, street_on

PAGE = "/gongkai/rel_1"
FORM = f"{PAGE}/pingjia"
FILE = "区,户数".encode()
HELD = f"{PAGE}/fujian/{hashlib.sha256(FILE).hexdigest()[:16]}"


@pytest.fixture
def street(sqlite_url: str) -> Iterator[Street]:
    with street_on(sqlite_url) as made:
        content = make.content(
            body=make.document("第一条 免费办理。<b>"),
            attachments=(
                Attachment("申请表.docx", "https://gov.test/a.docx"),
                Attachment("坏的", "javascript:alert(1)"),
                Attachment("情况说明.csv", "", made.media.put(FILE), size=len(FILE)),
            ),
        )
        with made.storage.begin() as uow:
            uow.sources.add(make.source())
            uow.releases.add(make.release(content=content, state=ReleaseState.RELEASED))
            hidden = {"id": ReleaseId("rel_2"), "source_key": "2"}
            secret = make.release(content=content, state=ReleaseState.APPROVED, **hidden)
            uow.releases.add(secret)
            uow.commit()
        yield made


def voter(app: Starlette) -> Browser:
    """A passer-by who has opened the form."""
    browser = Browser(app)
    assert browser.get(FORM).status_code == 200
    return browser


def test_a_document_is_read_and_taken_along(street: Street) -> None:
    """Its words escaped, its attachments linked, as a file with its title as name."""
    browser = street.passer_by()
    page, html, text = (browser.get(PAGE + end) for end in ("", "/download.html", "/download.txt"))

    for shown in (page, html):
        assert "第一条 免费办理。&lt;b&gt;" in shown.text
        assert 'href="https://gov.test/a.docx"' in shown.text
        assert "javascript:" not in shown.text
    assert "第一条 免费办理。<b>" in text.text
    assert all("attachment" in one.headers["content-disposition"] for one in (html, text))
    assert text.headers["content-type"].startswith("text/plain")
    assert f'href="{PAGE}"' in browser.get("/gongkai").text


def test_a_file_that_is_kept_with_us_is_saved_not_opened(street: Street) -> None:
    """Linked with its size; nothing in it runs in our name; a hash that is not its own finds
    nothing, nor does a picture of the store."""
    browser = street.passer_by()
    elsewhere = street.media.put(b"%PDF-1.7 another's")

    page, file = browser.get(PAGE).text, browser.get(HELD)

    assert f'href="{HELD}" download>情况说明.csv</a>' in page
    assert "（1 KB）" in page
    assert (file.content, file.headers["content-type"]) == (FILE, "text/csv")
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert file.headers["x-content-type-options"] == "nosniff"
    for key in (elsewhere, elsewhere[:16], HELD[-16:-1], "x"):
        assert browser.get(f"{PAGE}/fujian/{key}").status_code == 404


@pytest.mark.parametrize("end", ["", "/download.html", "/download.txt", "/pingjia"])
def test_what_is_not_public_is_not_there(street: Street, end: str) -> None:
    """Neither approved nor unknown."""
    for release in ("rel_2", "rel_9"):
        assert street.passer_by().get(f"/gongkai/{release}{end}").status_code == 404
        held = HELD.replace("rel_1", release)
        assert street.passer_by().get(held).status_code == 404


def test_a_visitor_votes_once(street: Street) -> None:
    """Another visitor again; the page tells how many."""
    app = street.app_of_pages
    browser = voter(app)

    nothing = browser.post(FORM, data={"words": "很清楚"})
    first = browser.post(FORM, data={"useful": "1", "words": "很清楚"})
    second = browser.post(FORM, data={"useful": "0"})
    other = voter(app).post(FORM, data={"useful": "0"})

    assert (nothing.status_code, "很清楚" in nothing.text) == (422, True)
    assert [first.status_code, second.status_code, other.status_code] == [200, 409, 200]
    assert "1 人觉得有用，1 人觉得没用" in street.passer_by().get(PAGE).text


def test_machines_do_not_vote(street: Street) -> None:
    """Without our token, with one they made, in the trap, or in crowds."""
    stranger = street.passer_by()
    forged = street.passer_by()
    forged.cookies.set("tongbu_visitor", "AAAA", path="/gongkai")
    app = street.app_of_pages
    trapped = voter(app)

    answers = [
        stranger.post(FORM, data={"useful": "1"}),
        forged.post(FORM, data={"useful": "1"}),
        trapped.post(FORM, data={"useful": "1", "website": "x"}),
    ]
    crowd = [voter(app).post(FORM, data={"useful": "1"}) for _ in range(VOTES_AN_ADDRESS + 1)]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert [answer.status_code for answer in crowd] == [200] * VOTES_AN_ADDRESS + [429]
