"""Draws the pictures of the console that the README shows: `python -m tests.e2e.draw_pictures`.

Everything in them is invented. The pages are the real ones, on an office with the simulated
platforms; that of a case is the console the page tests look at.
"""

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.domain.ids import ReleaseId, SourceId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.posts.edits import BlockEdit, Edits, Field, FieldEdit
from bot.domain.posts.post import Post
from bot.domain.releases.release import ReleaseReading
from bot.domain.releases.source import Source, SourceKind, Trust
from bot.sandbox.faults import Fault, FaultKind
from bot.usecases.posts.edit_post import edit_post
from bot.usecases.posts.review_post import approve_post, submit_post
from bot.usecases.posts.schedule_post import schedule_post
from bot.usecases.releases.accept_release import accept_release
from bot.usecases.releases.approve_release import approve_release
from tests import factories as make
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.e2e.office import PASSWORD, Office, opened_office
from tests.serving import served
from tests.unit.console import desk as page_tests
from tests.unit.console.town import settle
from tests.unit.console.town_cases import settle_cases

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH, HEIGHT, SCALE, COLOURS = 1280, 800, 1, 256
EVERYBODY = frozenset(Role)
WRITER, REVIEWER = Actor("zhao", EVERYBODY), Actor("wang", EVERYBODY)
DOCUMENT = Path(__file__).with_name("release_day.md")
SITE = SourceId("site")
OTHERS = (
    (
        "云岭市住房和城乡建设局关于城区公共停车泊位收费标准的通知",
        "云岭建发〔2026〕18号",
        ("自2027年1月1日起，城区公共停车泊位执行新的收费标准。", "首小时2元，每日最高12元。"),
    ),
    (
        "云岭市水务局关于城南片区计划停水的公告",
        "云岭水公〔2026〕9号",
        ("因管网改造，城南片区11月27日22时至次日6时停水。", "请提前储水，电话0871-6500012。"),
    ),
    (
        "云岭市教育局关于2027年春季学期开学时间的通知",
        "云岭教发〔2026〕44号",
        ("全市中小学2027年3月1日开学。", "高中毕业年级可以提前一周返校。"),
    ),
)


def main() -> int:
    """Draw all pictures into docs/pictures."""
    with (
        tempfile.TemporaryDirectory(prefix="tb") as home,
        sync_playwright() as playwright,
        opened_office(Path(home), os.environ.__setitem__) as office,
    ):
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, "--lang=zh-CN"]
        )
        for login, name in (("zhao", "赵晓岚"), ("wang", "王立新")):
            office.employ(login, name, *Role)
        pages = _play(office)
        with_office = _signed_in(browser, office.url, "wang", PASSWORD)
        for picture, address in pages.items():
            _draw(with_office, picture, address)
        _draw_case(browser, f"sqlite:///{home}/case.db")
        browser.close()
    return 0


def _play(office: Office) -> dict[str, str]:
    """A morning's work; returns which address is on which picture."""
    with office.house.storage.begin() as uow:
        uow.sources.add(Source(SITE, "门户网站", SourceKind.API, Trust.NEEDS_APPROVAL))
        uow.commit()
    first = _planned(office, office.house.reader.read_file(DOCUMENT))
    for post in first:
        _approve(office, post)
    office.sandbox.weibo.add_fault(
        Fault(FaultKind.ERROR, "/2/statuses/share.json", code=20507, message="need captcha")
    )
    for post in first:
        _schedule(office, post, office.clock.now())
    office.work(seconds=60)
    parking, water, school = (_planned(office, _reading(*other)) for other in OTHERS)
    for post, at in zip(parking, ((25, 9), (25, 9), (25, 10)), strict=True):
        _approve(office, post)
        _schedule(office, post, datetime(2026, 11, at[0], at[1] - 8, tzinfo=UTC))
    for post in water:
        _approve(office, post)
        _schedule(office, post, datetime(2026, 11, 26, 0, 30, tzinfo=UTC))
    reworded = edit_post(
        school[0].id,
        Edits((FieldEdit(Field.TITLE, "2027年春季学期3月1日开学", 0),)),
        content_hash=_approve(office, school[0]).content_hash,
        actor=WRITER,
        tools=office.house.posts,
    )
    submit_post(reworded.id, actor=WRITER, storage=office.house.storage)
    marked = edit_post(
        school[1].id,
        Edits(blocks=(BlockEdit(0, 1, "", "高中毕业年级可以提前10天返校。"),)),
        content_hash=school[1].content_hash,
        actor=WRITER,
        tools=office.house.posts,
    )
    return {
        "today": "/",
        "compose": f"/posts/{marked.id}/compose",
        "review": f"/review/{reworded.id}",
        "calendar": "/calendar?view=week",
        "rollout": f"/releases/{first[0].release}/posts",
    }


def _reading(title: str, number: str, paragraphs: Sequence[str]) -> ReleaseReading:
    body = title.partition("关于")[0]
    content = make.content(
        title=title,
        document_number=number,
        issuing_bodies=(body,),
        body=make.document(*paragraphs),
        source_url=f"https://www.yunling.example/zhengce/{len(title)}.html",
    )
    return ReleaseReading(number, content)


def _planned(office: Office, reading: ReleaseReading) -> list[Post]:
    """Accepted, approved and planned; its posts."""
    house = office.house
    accepted = accept_release(
        reading, source_id=SITE, actor=WRITER, storage=house.storage, ids=house.ids
    )
    release = ReleaseId(accepted.release.id)
    approve_release(
        release,
        actor=REVIEWER,
        storage=house.storage,
        doorbell=house.doorbell,
        note="发文处理单",
    )
    office.work()
    with house.storage.begin() as uow:
        return list(uow.posts.of_release(release))


def _approve(office: Office, post: Post) -> Post:
    shown = post.content_hash
    return approve_post(post.id, content_hash=shown, actor=REVIEWER, storage=office.house.storage)


def _schedule(office: Office, post: Post, at: datetime) -> None:
    house = office.house
    schedule_post(post.id, at=at, actor=REVIEWER, storage=house.storage, ids=house.ids)


def _draw_case(browser: Browser, url: str) -> None:
    desk = page_tests.Desk(url)
    desk.storage.upgrade()
    settle(desk.storage)
    settle_cases(desk.storage)
    desk.employ("王立新", *Role)
    with served(desk.app) as address:
        window = _signed_in(browser, address, "王立新", page_tests.PASSWORD)
        window.goto("/cases")
        window.get_by_role("link", name="网传停水三天，是否属实").first.click()
        _save(window, "case")
    desk.storage.dispose()


def _signed_in(browser: Browser, url: str, login: str, password: str) -> Page:
    window = browser.new_page(
        base_url=url,
        locale="zh-CN",
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
    )
    window.goto("/login")
    window.fill("#login", login)
    window.fill("#password", password)
    window.get_by_role("button", name="登录").click()
    window.wait_for_url("**/")
    return window


def _draw(window: Page, picture: str, address: str) -> None:
    window.goto(address)
    window.wait_for_load_state("networkidle")
    for frame in window.locator("iframe").all():
        frame.content_frame.locator("body *").first.wait_for()
    _save(window, picture)


def _save(window: Page, picture: str) -> None:
    """As a PNG of few colours: a README is read over slow lines too."""
    drawn = Image.open(io.BytesIO(window.screenshot())).convert("RGB")
    drawn.quantize(COLOURS, kmeans=2, dither=Image.Dither.NONE).save(
        FOLDER / f"{picture}.png", optimize=True
    )


if __name__ == "__main__":
    sys.exit(main())
