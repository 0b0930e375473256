"""What a file is, by its first bytes; the name does not count."""

import re

from .refusal import RefusedError

# how much of a file is looked at
HEAD = 4096

_OFFICE = "请用 Excel、Word 或 WPS 打开后另存为新格式（.xlsx 或 .docx）再上传"
_TO_PICTURE = "请另存为 JPG 或 PNG 图片再上传"
_TO_VIDEO = "请用剪映导出 H.264 编码的 MP4 视频再上传"

_TAKEN = (
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "webp"),
    (re.compile(rb"%PDF-\d"), "pdf"),
    (re.compile(rb"PK\x03\x04"), "zip"),
    (re.compile(rb".{4}ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|f4v )", re.DOTALL), "mp4"),
)
_REFUSED = (
    (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|[\xce-\xcf]\xfa\xed\xfe|dex\n|#!", "这是程序文件，不能上传。"),
    (
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        f"这是旧格式的 Office 文件（.xls、.doc）或加了密码的文件，不能读取；{_OFFICE}。",
    ),
    (
        rb"Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ|PK\x05\x06|PK\x07\x08",
        "这是压缩包，请解压后把里面的文件一个一个上传。",
    ),
    (
        rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif)",
        f"这是 HEIC/AVIF 照片，多数电脑打不开；{_TO_PICTURE}，"
        "苹果手机可在「设置-相机-格式」选「兼容性最佳」。",
    ),
    (
        rb".{4}(?:ftyp|moov|mdat|wide)|RIFF.{4}AVI |\x1aE\xdf\xa3|FLV\x01|0&\xb2u|\x00\x00\x01\xba",
        f"这种视频格式多数手机和大屏放不了；{_TO_VIDEO}。",
    ),
    (
        rb"GIF8|BM.{12}[\x0c-\x7c]\x00\x00\x00|II\*\x00|MM\x00\*|8BPS|\x00\x00\x01\x00",
        f"不支持这种图片格式；{_TO_PICTURE}。",
    ),
    (rb"\{\\rtf", f"不支持 RTF 格式；{_OFFICE}。"),
)
_REFUSED = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in _REFUSED)
_PDF_LATER = re.compile(rb"%PDF-\d")
_SVG = re.compile(rb"<(?:\w+:)?svg[\s/>]", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|\?xml|!--)", re.IGNORECASE)


def detect(content: bytes) -> str:
    """Return "jpeg", "png", "webp", "pdf", "mp4", "zip" for what may be an Office file, else "".

    Raises RefusedError for what is known and not taken.
    """
    if not content:
        raise RefusedError("文件是空的，请重新选择文件。")
    for pattern, kind in _TAKEN:
        if pattern.match(content):
            return kind
    for pattern, sentence in _REFUSED:
        if pattern.match(content):
            raise RefusedError(sentence)
    head = bytes(content[:HEAD]).replace(b"\0", b"")  # UTF-16 has zero bytes
    if _SVG.search(head):
        raise RefusedError(f"SVG 图片里可以藏程序，不能上传；{_TO_PICTURE}。")
    if _MARKUP.search(head):
        raise RefusedError(
            "网页文件里可以藏程序，不能上传；请把内容复制到正文里，或另存为 PDF 再上传。"
        )
    if _PDF_LATER.search(head):
        raise RefusedError("这个 PDF 前面夹带了别的内容，不能上传；请重新导出为 PDF。")
    return ""


_FOREIGN = re.compile(
    rb"PK\x03\x04|PK\x05\x06|%PDF-|Rar!\x1a|7z\xbc\xaf\x27\x1c|<script|<html|<\?php"
    rb"|This program cannot be run",
    re.IGNORECASE,
)


def has_stowaway(rest: bytes) -> bool:
    """Whether `rest`, what follows the end of a picture, holds a file of another kind.

    Phones append motion and depth pictures there; an archive or a program nobody appends by chance.
    """
    return bool(_FOREIGN.search(rest))
