"""What a reader notices on its way: findings counted, problems gathered, attachments met."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bot.domain.errors import Problem
from bot.domain.releases.document import Attachment
from bot.domain.releases.release import Finding
from bot.language.cleaning import Cleaned, clean, has_debris

_COUNTED: dict[str, str] = {
    "odd_spaces": "把 {n} 处特殊空格换成了普通空格",
    "zero_width": "去掉了 {n} 个看不见的零宽字符",
    "control": "去掉了 {n} 个控制字符",
    "mojibake": "修复了 {n} 处可以确证的乱码",
    "damaged": "有 {n} 处乱码无法可靠修复，已原样保留，请对照原文核对",
    "hidden": "去掉了 {n} 个网页上不可见的元素",
    "link_lost": "有 {n} 个链接不是网址或位于不能带链接的位置，只保留了文字，请核对",
    "lists_split": "有 {n} 处嵌套或断开的列表，已按原顺序展开",
    "layout_tables": "有 {n} 个只用于排版的表格，已按原顺序读成段落",
    "pictures_moved": "表格里有 {n} 张图片，已移到表格之后",
    "scripts_kept_flat": "有 {n} 处上标或下标按普通文字保留，请核对（例如平方米、脚注号）",
    "lines_joined": "接回了 {n} 处在句子中间断开的行",
    "page_marks": "去掉了 {n} 个页码标记",
    "headings_found": "按公文层次序号认出了 {n} 个标题",
    "labels_joined": "把 {n} 个单独成行的“第×章”“第×条”与后面的文字接成一行",
    "spaces_closed": "去掉了 {n} 处数字、标点旁多余的空格",
    "word_spaces_closed": "去掉了 {n} 处汉字之间多余的空格（多由 PDF 复制产生），请核对",
    "revisions": "文件有修订痕迹，已按接受全部修订读取，请核对；发布前最好先接受或拒绝修订",
    "comments": "文件有批注，批注没有读取",
    "auto_numbers": "文件用了自动编号，编号已按列表重排，请对照原文核对",
    "text_boxes": "文件有文本框，其中的文字已按出现的位置读取，请对照原文核对",
    "picture_formats": "有 {n} 张图片不是常见格式（如 EMF），没有读取，请改成 PNG 或 JPEG 再提交",
    "pictures_missing": "有 {n} 张图片只是链接、不在文件里，没有读取，请嵌入图片后重新提交",
    "pictures_left": "有 {n} 张图片没有随粘贴带来，请在“图片”中上传，或改为上传 Word 文件",
    "picture_addresses": "有 {n} 张图片的地址不是完整网址，发布前需要补上图片",
}


@dataclass
class Notes:
    """Collects while reading; `base_url` makes relative addresses whole.

    `kept_pictures` are the SHA-256 under which pictures of the input are stored with us; they
    stand in the place of addresses.
    """

    base_url: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    kept_pictures: set[str] = field(default_factory=set)

    def count(self, code: str, times: int = 1) -> None:
        """Remember that something countable happened `times` more times."""
        self.counts[code] += times

    def find(self, code: str, message: str, place: str = "") -> None:
        """Remember one finding (Chinese, for staff)."""
        self.findings.append(Finding(code, message, place))

    def fault(self, field_name: str, message: str) -> None:
        """Remember a reason to refuse the input; the message ends with the next step."""
        self.problems.append(Problem(field_name, message))

    def clean(self, text: str) -> str:
        """`text` without debris; what was taken is counted."""
        if not has_debris(text):
            return text
        cleaned: Cleaned = clean(text)
        for name, times in cleaned.changes.items():
            if name in _COUNTED:
                self.counts[name] += times
        return cleaned.text

    def web_address(self, address: str) -> str | None:
        """`address` as an absolute http(s) URL, or None when it is none."""
        try:
            whole = urljoin(self.base_url, address.strip())
            parts = urlsplit(whole)
        except ValueError:
            return None
        return whole if parts.scheme in ("http", "https") and parts.hostname else None

    def all_findings(self) -> tuple[Finding, ...]:
        """Single findings, then one for each thing counted, then what was left out."""
        counted = [
            Finding(code, _COUNTED[code].format(n=n)) for code, n in self.counts.items() if n
        ]
        left_out = [
            Finding("dropped", f"没有读取正文中的 {n} 个 <{tag}> 元素")
            for tag, n in sorted(self.dropped.items())
        ]
        return (*self.findings, *counted, *left_out)


Count = Callable[[str, int], None]
