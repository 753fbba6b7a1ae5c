"""Which handler answers which path under /cgi-bin/ and /datacube/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox.wechat import (
    access,
    comments,
    custom,
    datacube,
    drafts,
    followers,
    mass,
    menus,
    publishing,
    rids,
    tags,
    uploads,
)
from bot.sandbox.wechat.calls import ApiCall, Binary
from bot.sandbox.wechat.state import World

Answer = dict[str, Any] | Binary
Handler = Callable[[World, ApiCall], Answer]

GET_CALLS: dict[str, Handler] = {
    "getcallbackip": access.own_addresses,
    "get_api_domain_ip": access.own_addresses,
    "material/get_materialcount": uploads.count_material,
    "media/get": uploads.get_temporary,
    "draft/count": drafts.count,
    "user/get": followers.list_followers,
    "user/info": followers.get_follower,
    "tags/get": tags.list_tags,
    "menu/get": menus.get,
    "menu/delete": menus.delete,
    "get_current_selfmenu_info": menus.get_shown,
}
DATACUBE_CALLS: dict[str, Handler] = {
    "getusersummary": datacube.user_summary,
    "getusercumulate": datacube.user_cumulate,
    "getarticleread": datacube.article_read,
    "getarticleshare": datacube.article_share,
    "getbizsummary": datacube.biz_summary,
    "getarticletotaldetail": datacube.article_total_detail,
}
UPLOADS: dict[str, Handler] = {
    "media/uploadimg": uploads.upload_image,
    "media/upload": uploads.upload_temporary,
    "material/add_material": uploads.add_material,
}
# The platform accepts these with an empty body.
EMPTY_BODY = frozenset({"message/mass/speed/get", "draft/switch"})
POST_CALLS: dict[str, Handler] = {
    "callback/check": access.check_callback,
    "clear_quota": access.clear_quota,
    "openapi/quota/get": access.get_quota,
    "openapi/quota/clear": access.clear_one_quota,
    "openapi/rid/get": rids.look_up,
    "material/get_material": uploads.get_material,
    "material/del_material": uploads.delete_material,
    "material/batchget_material": uploads.list_material,
    "draft/add": drafts.add,
    "draft/update": drafts.update,
    "draft/get": drafts.get,
    "draft/batchget": drafts.batchget,
    "draft/delete": drafts.delete,
    "draft/switch": drafts.switch,
    "freepublish/submit": publishing.submit,
    "freepublish/get": publishing.get,
    "freepublish/delete": publishing.delete,
    "freepublish/getarticle": publishing.getarticle,
    "freepublish/batchget": publishing.batchget,
    "message/mass/sendall": mass.sendall,
    "message/mass/send": mass.send,
    "message/mass/preview": mass.preview,
    "message/mass/get": mass.get,
    "message/mass/delete": mass.delete,
    "message/mass/speed/get": mass.get_speed,
    "message/mass/speed/set": mass.set_speed,
    "message/custom/send": custom.send,
    "message/custom/typing": custom.typing,
    "comment/open": comments.open_comments,
    "comment/close": comments.close_comments,
    "comment/list": comments.list_comments,
    "comment/markelect": comments.elect,
    "comment/unmarkelect": comments.unelect,
    "comment/delete": comments.delete,
    "comment/reply/add": comments.add_reply,
    "comment/reply/delete": comments.delete_reply,
    "user/info/batchget": followers.get_followers,
    "user/info/updateremark": followers.set_remark,
    "user/tag/get": tags.list_members,
    "tags/create": tags.create,
    "tags/update": tags.rename,
    "tags/delete": tags.delete,
    "tags/getidlist": tags.tags_of_one,
    "tags/members/batchtagging": tags.put_under,
    "tags/members/batchuntagging": tags.take_from,
    "tags/members/getblacklist": tags.list_blacklisted,
    "tags/members/batchblacklist": tags.blacklist,
    "tags/members/batchunblacklist": tags.pardon,
    "menu/create": menus.create,
}
