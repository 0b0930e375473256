"""Inspects a file that somebody attaches."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from .. import privacy
from ..privacy import Finding, Passage
from . import limits, office, pdf, picture, signature, video
from .collector import Collector
from .package import Package
from .refusal import RefusedError

MIMETYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mp4": "video/mp4",
}
_EXTENSIONS = {
    "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "png": (".png",),
    "webp": (".webp",),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
    "docx": (".docx",),
    "mp4": (".mp4", ".m4v"),
}
_TITLES = {
    "jpeg": "JPEG 图片",
    "png": "PNG 图片",
    "webp": "WebP 图片",
    "pdf": "PDF 文件",
    "xlsx": "Excel 工作簿",
    "docx": "Word 文档",
    "mp4": "MP4 视频",
}
_UNKNOWN = (
    "认不出这是什么文件；"
    "只能上传图片（JPG、PNG、WebP）、PDF、Excel（.xlsx）、Word（.docx）和 MP4 视频。"
)
# what a file system or a header line would take for something else
_UNWRITABLE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_NAME_LENGTH = 120


@dataclass(frozen=True)
class Report:
    """What came of a file.

    It is refused when there are `problems` (sentences); then `content` is empty. Otherwise
    `content` is what to keep, of the kind `kind` (a key of MIMETYPES) under `name`; `findings` is
    the personal data that is still in it, and `notes` are sentences on what was left out.
    """

    kind: str
    name: str
    content: bytes = b""
    problems: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        """The media type of `content`; of a refused file, that of unknown bytes."""
        return MIMETYPES.get(self.kind, "application/octet-stream")


def inspect(name: str, content: bytes, today: date) -> Report:
    """Inspect the file `content` that was sent under `name`. Never raises for its content.

    Pictures are drawn anew and videos lose what is written beside sound and image; other files
    are kept as they are. `today` tells who is a child.
    """
    name = _plain_name(name)
    collector = Collector(today, f"附件《{_masked(name, today)}》")
    collector.row([Passage("文件名", PurePath(name).stem)])
    kind = ""
    try:
        kind = signature.detect(content)
        if not kind:
            raise RefusedError(_UNKNOWN)
        package = None
        if kind == "zip":
            _check_size("docx", content)  # the larger of the two, before it is opened
            package = Package(content)
            kind = office.kind_of(package)
        _check_size(kind, content)
        _check_name(kind, name)
        return _inspected(kind, name, content, package, collector)
    except RefusedError as error:
        return Report(kind, name, problems=[f"附件《{_masked(name, today)}》：{error}"])


def clean_picture(content: bytes, most: int) -> tuple[str, bytes]:
    """Return the media type and the bytes of a picture drawn anew, without place, camera and texts.

    `most` is the number of bytes it may have as it is sent. Raises RefusedError.
    """
    kind = signature.detect(content)
    if kind not in ("jpeg", "png", "webp"):
        raise RefusedError("只能上传照片或图片（JPG、PNG、WebP）。")
    if len(content) > most:
        raise RefusedError(f"照片超过 {most // limits.MEGABYTE} MB，请压缩或重新拍一张小的。")
    drawn, cleaned, _notes = picture.clean(kind, content)
    return MIMETYPES[drawn], cleaned


def _inspected(kind, name, content, package, collector):
    notes = []
    if kind in ("jpeg", "png", "webp"):
        drawn, content, notes = picture.clean(kind, content)
        if drawn != kind:
            name = f"{PurePath(name).stem}{_EXTENSIONS[drawn][0]}"
        kind = drawn
    elif kind == "mp4":
        content, notes = video.clean(content)
    elif kind == "pdf":
        pdf.read(content, collector)
    else:
        office.read(kind, package, collector)
    return Report(kind, name, content, findings=collector.findings, notes=notes)


def _check_size(kind, content):
    limit = limits.SIZES[kind]
    if len(content) > limit:
        raise RefusedError(
            f"文件有 {len(content) / limits.MEGABYTE:.0f} MB，超过 {limit // limits.MEGABYTE} MB；"
            "请压缩或分开上传。"
        )


def _check_name(kind, name):
    extension = PurePath(name).suffix.lower()
    if extension not in _EXTENSIONS[kind]:
        raise RefusedError(
            f"文件名以「{extension or '（无扩展名）'}」结尾，内容却是{_TITLES[kind]}；"
            f"请确认没有选错文件，并把扩展名改为 {_EXTENSIONS[kind][0]}。"
        )


def _plain_name(name):
    name = _UNWRITABLE.sub("", PurePath(name.replace("\\", "/")).name).strip(" .")
    path = PurePath(name or "附件")
    return path.stem[:_NAME_LENGTH] + path.suffix[:10]


def _masked(name, today):
    return privacy.masked(name, privacy.scan(name, today))
