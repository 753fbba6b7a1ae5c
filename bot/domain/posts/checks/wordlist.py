"""Words that are wrong, and what is meant. Our own list, kept short on purpose: each entry is a
slip that was seen in official texts or a spelling that 现代汉语词典 does not know, and none may
appear in a correct sentence."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A wrong form as a pattern, the right one, and why."""

    pattern: str
    right: str
    why: str = "错别字"


STATE_NAMES = (
    Slip(
        "中共人民共和国|中华人民大和国|中华人名共和国|中华人民共合国", "中华人民共和国", "国名错误"
    ),
    Slip("攻府", "政府", "国家机关名称错误"),
    Slip("国务院办公室", "国务院办公厅", "国家机关名称错误"),
    Slip("人民代表大会常务委会|人民代表大会常委员会", "人民代表大会常务委员会", "国家机关名称错误"),
    Slip("政治协商委员会", "政治协商会议", "机构名称错误"),
    Slip("中国共产觉", "中国共产党", "政党名称错误"),
    Slip("台湾总统", "", "不使用这一称谓"),
    Slip("中港两地|中港边境", "内地与香港", "香港不与中国并列"),
    Slip("中澳两地(?=.{0,8}口岸)", "内地与澳门", "澳门不与中国并列"),
)
"""Names of the state and its organs: blocking, and never changed by itself."""

SPELLINGS = (
    Slip("布署", "部署"),
    Slip("秸杆", "秸秆"),
    Slip("扫黑险恶", "扫黑除恶"),
    Slip("按装", "安装"),
    Slip("既使", "即使"),
    Slip("因该", "应该"),
    Slip("渡假", "度假"),
    Slip("迫不急待", "迫不及待"),
    Slip("再接再励", "再接再厉"),
    Slip("世外桃园", "世外桃源"),
    Slip("走头无路", "走投无路"),
    Slip("谈笑风声", "谈笑风生"),
    Slip("一愁莫展", "一筹莫展"),
    Slip("针贬", "针砭"),
    Slip("松驰", "松弛"),
    Slip("严竣", "严峻"),
    Slip("震憾", "震撼"),
    Slip("防犯(?!罪)", "防范"),
    Slip("凑和", "凑合"),
    Slip("穿流不息", "川流不息"),
    Slip("食不裹腹", "食不果腹"),
    Slip("不径而走", "不胫而走"),
    Slip("出奇不意", "出其不意"),
    Slip("甘败下风", "甘拜下风"),
    Slip("鼎立相助", "鼎力相助"),
    Slip("一股作气", "一鼓作气"),
    Slip("脉博", "脉搏"),
    Slip("幅射", "辐射"),
    Slip("座落", "坐落"),
    Slip("截止目前", "截至目前"),
    Slip("帐户", "账户", "规范用字"),
    Slip("(?<!目)的的(?!确|士)", "的", "多字"),
    Slip("了了(?!解|然)", "了", "多字"),
    Slip("是是(?!非)", "是", "多字"),
    Slip("([，。；：、])\\1", "\\1", "标点重复"),
    Slip("(?<!自治)([省市区县])\\1委", "\\1委", "多字"),
)

DATED = (
    Slip("残废人", "残疾人", "不用贬义称谓"),
    Slip("瞎子|盲流", "视力残疾人", "不用贬义称谓"),
    Slip("解放前(?=[，。的])", "新中国成立前", "规范表述"),
    Slip("解放后(?=[，。的])", "新中国成立后", "规范表述"),
    Slip("村长", "村民委员会主任", "规范称谓"),
)

ADVERTS = re.compile(
    "全网最低|销量第一|第一品牌|独家优惠|限时抢购|疗效最佳|药到病除|包治百病|根治率"
    "|稳赚|零风险|绝对安全|最著名|顶级享受|极品|清仓|秒杀价"
)
"""Words of advertising (广告法第九条 and what buyers know); 国家级 is a term of law and absent."""

BEGGING = re.compile(
    r"集\s*(满|够)?\s*\d*\s*个?赞|转发(本文|此文|朋友圈)?(有奖|抽奖|领|送)|点赞(有奖|抽奖|领|送)"
    r"|关注(后|公众号|我们)?(方可|才能|即可)(领取|办理|查询)|不转不是"
)
"""Demands for likes and reposts, which the inspection of new media counts as fraud."""

CLICKBAIT = re.compile(
    r"震惊|重磅|刚刚|必看|定了|速看|紧急扩散|吓人|惊呆|不看后悔|疯传|刷屏|[!！?？]{2,}"
)
