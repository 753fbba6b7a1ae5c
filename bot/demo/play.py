"""Plays a release day: sets the stage, lets it happen, reads back whether it is true."""

import json
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console

from bot.bootstrap import House, build_house
from bot.demo.cast import APPROVER_NAME, CITY, HOME_DOMAIN, Credentials, bring_in, sandbox_scenario
from bot.demo.city import material, portal
from bot.demo.crowd import comment_on_articles, possible, press_publish, react, reactions
from bot.demo.places import CannotDemonstrate, Place, ending_well, prepare_place, serving
from bot.demo.report import print_report
from bot.demo.timeline import Timeline
from bot.demo.verdict import Check, judge_answers, judge_posts, judge_replies
from bot.domain.errors import Refusal
from bot.domain.ids import ReleaseId
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.ports.overview import ReplyFilter
from bot.sandbox.running import RunningSandbox, running_sandbox
from bot.sandbox.scenario import parse_scenario
from bot.usecases.releases.accept_release import accept_release
from bot.usecases.releases.approve_release import approve_release

START_SECONDS = 30.0
RELEASE_DAY_SECONDS = 90.0
REPLIES_SECONDS = 75.0


@dataclass(frozen=True)
class Stage:
    """Everything that is up while the release day is played."""

    place: Place
    house: House
    sandbox: RunningSandbox
    city: str
    credentials: Credentials
    timeline: Timeline
    console: Console


def play_demo(release: Path | None = None, *, keep: bool = False) -> int:
    """Play the whole loop; 0 only if the platforms show that all of it is true.

    Args:
        release: a release file to play with instead of the invented city's.
        keep: leave everything running afterwards until interrupted.
    """
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 150)
    try:
        with ending_well(), ExitStack() as up:
            stage = _set_stage(up, console, release)
            checks = _play(stage, release)
            print_report(stage.console, stage.house.storage.overview(), checks)
            if keep:
                _keep(stage)
    except (CannotDemonstrate, Refusal) as refusal:
        console.print(f"[red]{refusal}[/]")
        return 1
    return 0 if all(check.holds for check in checks) else 1


def _set_stage(up: ExitStack, console: Console, release: Path | None) -> Stage:
    place = prepare_place()
    house = build_house(place.settings)
    up.callback(house.close)
    timeline = Timeline(console, house.storage.overview())
    timeline.say("搭建演示环境：数据库、模拟平台、网站、工作进程")
    city = up.enter_context(portal())
    domains = _domains(house, release)
    sandbox = up.enter_context(running_sandbox(parse_scenario(sandbox_scenario(place, domains))))
    rules = material("rules.json", city)
    credentials = bring_in(house, sandbox, rules, city=city, domains=domains)
    process = up.enter_context(serving(place))
    _wait_until_ready(place, process.poll)
    timeline.say(f"就绪：{place.url}")
    return Stage(place, house, sandbox, city, credentials, timeline, console)


def _domains(house: House, release: Path | None) -> list[str]:
    """The sites Weibo knows as the office's own: the city's, and that of the release played."""
    if release is None:
        return [HOME_DOMAIN]
    url = house.reader.read_file(release).content.source_url
    host = urlsplit(url).hostname if url else None
    return [HOME_DOMAIN, *([host] if host else [])]


def _wait_until_ready(place: Place, ended: Any) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        if ended() is not None:
            break
        try:
            with urllib.request.urlopen(f"{place.url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    log = place.settings.home / "serve.log"
    raise CannotDemonstrate(f"The services did not become ready; their last words are in {log}")


def _play(stage: Stage, release: Path | None) -> list[Check]:
    release_id = _submit(stage) if release is None else _take_in(stage, release)
    stage.timeline.say(f"门户网站提交政策，编号 {release_id}")
    approver = Actor(APPROVER_NAME, frozenset({Role.APPROVER}))
    approve_release(
        release_id,
        actor=approver,
        storage=stage.house.storage,
        doorbell=stage.house.doorbell,
        note="签批单",
    )
    stage.timeline.say(f"{APPROVER_NAME} 审批通过，系统按分发规则生成五个账号的稿件")
    if not _watch_posts_go_out(stage):
        return [Check("全部稿件按时发布", False, "有稿件没有发出，见上表")]
    stage.timeline.say("全部账号已发布，读者开始留言")
    crowd = possible(reactions(material("followers.json", stage.city)), stage.sandbox)
    for reaction in crowd:
        react(reaction, stage.sandbox)
    comments = comment_on_articles(stage.sandbox.wechat)
    expected = len(crowd) + len(comments)
    stage.timeline.watch_until(lambda: len(_replies(stage)) >= expected, seconds=REPLIES_SECONDS)
    return [
        *judge_posts(stage.sandbox, stage.house.storage.overview().posts(limit=100)),
        *judge_replies(stage.sandbox, crowd, _replies(stage)),
        judge_answers(stage.sandbox, crowd),
    ]


def _take_in(stage: Stage, release: Path) -> ReleaseId:
    """A file somebody hands in instead of the city's release."""
    reading = stage.house.reader.read_file(release)
    accepted = accept_release(
        reading,
        source_id=CITY,
        actor=SYSTEM,
        storage=stage.house.storage,
        ids=stage.house.ids,
    )
    return accepted.release.id


def _submit(stage: Stage) -> ReleaseId:
    """Hand the city's release in as a site's release system does: one HTTP call."""
    payload = material("release.json", stage.city)
    request = urllib.request.Request(
        f"{stage.place.url}/api/releases",
        data=json.dumps(payload, ensure_ascii=False).encode(),
        headers={
            "Authorization": f"Bearer {stage.credentials.api_token}",
            "Content-Type": "application/json",
            "Idempotency-Key": "demo-1",
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return ReleaseId(json.load(answer)["id"])
    except urllib.error.HTTPError as refusal:
        said = json.load(refusal)["error"]
        raise CannotDemonstrate(f"{said['message']} {said.get('problems', '')}") from refusal


def _watch_posts_go_out(stage: Stage) -> bool:
    overview = stage.house.storage.overview()
    finished = {DeliveryState.DELIVERED, DeliveryState.HELD}
    pressed = False

    def all_settled() -> bool:
        posts = overview.posts(limit=100)
        return bool(posts) and all(
            p.delivery_state in finished or p.state == PostState.DRAFT for p in posts
        )

    def let_the_editor_work() -> None:
        nonlocal pressed
        waiting = overview.posts(delivery_states=[DeliveryState.AWAITING_PERSON])
        is_time = any(p.due_at and p.due_at <= stage.house.clock.now() for p in waiting)
        if is_time and not pressed:
            pressed = press_publish(stage.sandbox.wechat)
            if pressed:
                stage.timeline.say("编辑在平台后台点击“发表”")

    stage.timeline.watch_until(
        all_settled, seconds=RELEASE_DAY_SECONDS, meanwhile=let_the_editor_work
    )
    return all_settled() and not overview.posts(delivery_states=[DeliveryState.HELD])


def _replies(stage: Stage) -> Any:
    """What followers wrote and did; the platforms' job reports are not of followers."""
    rows = stage.house.storage.overview().replies(ReplyFilter(), limit=500)
    return [row for row in rows if not row.type_name.lower().endswith("jobfinish")]


def _keep(stage: Stage) -> None:
    stage.console.print(
        f"\n控制台：[bold]{stage.place.url}[/]  用户名 {stage.credentials.login}"
        f"  密码 {stage.credentials.password}\n模拟平台：" + "  ".join(stage.sandbox.urls.values())
    )
    stage.console.print("按 Ctrl-C 结束")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        stage.console.print("正在停止……")
