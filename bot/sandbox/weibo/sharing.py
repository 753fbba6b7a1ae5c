"""``statuses/share``: the one way an ordinary app may post."""

import re
from typing import Any

from bot.sandbox.weibo.calls import Call, Caller, check_rip
from bot.sandbox.weibo.counting import HOST, length
from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.objects import status_json
from bot.sandbox.weibo.posting import NewPost, keep_picture, links, publish
from bot.sandbox.weibo.records import App
from bot.sandbox.weibo.state import World

MAX_LENGTH = 140
_LINK_OR_TOPIC = re.compile(r"(https?://\S+)|#([^#\s][^#]*)#")


def share(world: World, caller: Caller, call: Call) -> dict[str, Any]:
    """Post a text with a link to the app's own site, and perhaps one picture."""
    text = call.required("status")
    rip = check_rip(call, world.switches.rip_check)
    if not text.strip():
        raise Refusal(20008)
    text = strip_topics(text, keep_words=world.switches.topic_strip == "marks")
    if length(text, urls=world.switches.url_counting) > MAX_LENGTH:
        raise Refusal(20012)
    check_domain(world, caller.app, text, call.host)
    pictures = _picture(world, call)
    return status_json(world, publish(world, caller, NewPost(text, rip, pictures)))


def strip_topics(text: str, *, keep_words: bool) -> str:
    """The text as share keeps it, without ``#topic#``; a ``#`` inside a link is left alone."""
    return _LINK_OR_TOPIC.sub(
        lambda found: found.group(1) or (found.group(2) if keep_words else ""), text
    )


def check_domain(world: World, app: App, text: str, host: str) -> None:
    """Refusal 10017 unless a link of the text lies on a safe domain of the app.

    The historic upload host gives the answer of an app without any safe domain.
    """
    if not app.safe_domains or host.startswith("upload."):
        raise Refusal(10017, text="appkey not bind domain!")
    hosts = [HOST.findall(link)[0] for link in links(world, text)]
    if not any(_is_safe(world, app, one.lower()) for one in hosts):
        raise Refusal(10017, text="text not find domain!")


def _is_safe(world: World, app: App, host: str) -> bool:
    if host in app.safe_domains:
        return True
    below = world.switches.safe_domain_match == "subdomain"
    return below and any(host.endswith(f".{domain}") for domain in app.safe_domains)


def _picture(world: World, call: Call) -> tuple[str, ...]:
    if "pic" in call.params:
        raise Refusal(20007)
    upload = call.files.get("pic")
    if upload is None:
        return ()
    return (keep_picture(world, upload).pic_id,)
