"""All that happened on the simulated platform, as JSON for tests."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.sandbox.wechat.publishing import article_url, job_status
from bot.sandbox.wechat.state import Account, Follower, MassJob, Publication, World


def report(world: World) -> dict[str, Any]:
    """Return accounts by name: articles, drafts, publish jobs, mass sends, followers, uploads."""
    return {
        "now": world.now(),
        "accounts": {name: _account(world, one) for name, one in world.accounts.items()},
    }


def _account(world: World, account: Account) -> dict[str, Any]:
    return {
        "published": [_publication(world, one) for one in account.publications.values()],
        "drafts": [
            {"media_id": one.media_id, "articles": one.articles, "refusal": one.refusal}
            for one in account.drafts.values()
        ],
        "publish_jobs": [
            {
                "publish_id": str(job.publish_id),
                "msg_data_id": job.msg_data_id,
                "media_id": job.draft.media_id,
                "publish_status": job_status(account, job),
                "article_id": job.article_id,
                "by_console": job.by_console,
            }
            for job in account.publish_jobs.values()
        ],
        "mass_sends": [_mass(job) for job in account.mass_jobs.values()],
        "followers": {one.openid: _follower(one) for one in account.followers.values()},
        "library": [
            {"media_id": one.media_id, "type": one.type, "name": one.name, "size": len(one.data)}
            for one in account.library.values()
        ],
        "menu": account.menu,
    }


def _publication(world: World, publication: Publication) -> dict[str, Any]:
    return {
        "article_id": publication.article_id,
        "msg_data_id": publication.msg_data_id,
        "published_at": publication.published_at,
        "is_pushed": publication.is_pushed,
        "is_banned": publication.is_banned,
        "articles": [
            {
                **article,
                "url": article_url(world, publication.links[index]),
                "is_deleted": index in publication.deleted,
                "comments_open": publication.comments[index].is_open,
                "comments": [asdict(one) for one in publication.comments[index].comments.values()],
            }
            for index, article in enumerate(publication.articles)
        ],
    }


def _mass(job: MassJob) -> dict[str, Any]:
    return {
        "msg_id": job.msg_id,
        "msg_data_id": job.msg_data_id,
        "msgtype": job.msgtype,
        "clientmsgid": job.key,
        "status": job.status,
        "verdict": job.verdict,
        "waits_for_admin": job.waits_for_admin,
        "receivers": len(job.receivers),
        "article_id": job.article_id,
    }


def _follower(follower: Follower) -> dict[str, Any]:
    return {
        "is_subscribed": follower.is_subscribed,
        "conversation": [asdict(line) for line in follower.lines],
        "grants": {name: asdict(grant) for name, grant in follower.grants.items()},
    }
