"""Excel and Word files: which of the two, what they must not hold, and all they say."""

import re
from collections.abc import Callable
from typing import NamedTuple

from ..privacy import Passage
from . import picture, spreadsheet, wordprocessing
from .collector import Collector
from .package import Events, Package
from .parts import AllText
from .refusal import RefusedError

_SAVE_AS = "请用 Excel、Word 或 WPS 打开后另存为"


class _Kind(NamedTuple):
    content_type: str
    save_as: str
    read: Callable[[Package, Collector], set[str]]


_KINDS = {
    "xlsx": _Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "「Excel 工作簿（.xlsx）」",
        spreadsheet.read,
    ),
    "docx": _Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "「Word 文档（.docx）」",
        wordprocessing.read,
    ),
}
_MACRO = re.compile(r"macroenabled|vbaproject|ms-office\.activex", re.IGNORECASE)
_MACRO_PART = re.compile(r"vbaproject|vbadata|macrosheets/|activex/", re.IGNORECASE)
_EMBEDDED = re.compile(r"(?:^|/)embeddings/", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp)\Z", re.IGNORECASE)
# loaded from elsewhere as soon as the file is opened
_LOADED = {"attachedTemplate", "image", "oleObject", "frame", "subDocument"}
_REMOTE = re.compile(r"https?:|ftp:|\\\\|file://[^/]", re.IGNORECASE)

_PLACES = (
    (re.compile(r"docProps/"), "文件属性"),
    (re.compile(r"customXml/"), "自定义数据"),
    (re.compile(r"pivotCache/"), "数据透视表缓存"),
    (re.compile(r"externalLinks/"), "外部链接缓存"),
    (re.compile(r"(?:drawings|charts|diagrams)/"), "图形文字"),
    (re.compile(r"tables/"), "表名和栏目"),
)


def kind_of(package: Package) -> str:
    """Return "xlsx" or "docx"; raises RefusedError for other archives, and for macros."""
    if "[Content_Types].xml" not in package.names:
        raise RefusedError(_refusal_of_archive(package.names))
    types = _ContentTypes()
    package.parse("[Content_Types].xml", types)
    if any(map(_MACRO.search, types.found)) or any(map(_MACRO_PART.search, package.names)):
        raise RefusedError(f"文件带有宏，不能上传；{_SAVE_AS}不带宏的 .xlsx 或 .docx 再上传。")
    for kind, description in _KINDS.items():
        if description.content_type in types.found:
            return kind
    raise RefusedError(
        f"不支持这种 Office 文件；表格{_SAVE_AS}「Excel 工作簿（.xlsx）」，"
        "文字存为「Word 文档（.docx）」，演示文稿请导出为 PDF，再上传。"
    )


def read(kind: str, package: Package, collector: Collector) -> None:
    """Send every text of the file to `collector`; raises RefusedError for what hides more."""
    if any(map(_EMBEDDED.search, package.names)):
        raise RefusedError("文件里嵌入了别的文件，不能上传；请把嵌入的对象删去，另外单独上传。")
    told = _KINDS[kind].read(package, collector)
    for name in package.names:
        if _PICTURE.search(name):
            picture.read("内嵌图片", package.read(name), collector)
        elif name.endswith(".rels"):
            _read_relations(package, name, collector)
        elif name not in told and package.is_xml(name):
            place = next((words for path, words in _PLACES if path.search(name)), "文件内部")
            package.parse(name, AllText(place, collector, everything=name.startswith("customXml/")))


def _read_relations(package, name, collector):
    folder, _, base = name.rpartition("_rels/")
    for relation in package.relations(folder + base.removesuffix(".rels")):
        if relation.external:
            if relation.type in _LOADED and _REMOTE.match(relation.target):
                raise RefusedError("文件会从网上调取内容，不能上传；请把链接的图片或模板改为嵌入。")
            collector.row([Passage("链接", relation.target)])


def _refusal_of_archive(names):
    if "OFD.xml" in names:
        return "不支持 OFD 文件，请用阅读器导出为 PDF 再上传。"
    if "mimetype" in names or "META-INF/MANIFEST.MF" in names:
        return f"不支持这种文件格式；{_SAVE_AS} .xlsx 或 .docx 再上传。"
    return "这是压缩包，请解压后把里面的文件一个一个上传。"


class _ContentTypes(Events):
    def __init__(self):
        self.found = set()

    def start(self, tag, attributes):
        self.found.add(attributes.get("ContentType", ""))
