"""All that a PDF says, and what it must not hold."""

import io
import logging
from collections.abc import Iterator

import pypdf
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from ..privacy import Passage
from . import limits, pdf_streams, picture
from .collector import Collector
from .refusal import RefusedError

_BROKEN = "PDF 已损坏，无法读取；请重新导出或打印为 PDF 再上传。"
_PRINT = pdf_streams.PRINT

# keys, and actions, of what a page of paper has not
_FORBIDDEN_KEYS = {
    "/JS": "脚本",
    "/JavaScript": "脚本",
    "/EmbeddedFiles": "附件",
    "/EF": "附件",
    "/RichMedia": "多媒体",
    "/RichMediaContent": "多媒体",
    "/XFA": "动态表单",
}
_FORBIDDEN_ACTIONS = {
    "/JavaScript": "脚本",
    "/Launch": "启动程序的动作",
    "/SubmitForm": "提交数据的动作",
    "/ImportData": "导入数据的动作",
    "/GoToE": "附件",
    "/Rendition": "多媒体",
}
_EOF = b"%%EOF"
_DEPTH = 40

# what pypdf has to say about small faults is nobody's concern
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(content: bytes, collector: Collector) -> None:
    """Send every text of the PDF to `collector`: pages, also under boxes, notes, forms, properties.

    Raises RefusedError for encrypted and broken files, scripts, actions, attachments, and for
    anything behind the end.
    """
    _check_end(content)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise RefusedError("PDF 加了密码或限制，不能读取；请取消密码后再上传。")
        pdf_streams.check(reader, content)
        pages = list(_pages(reader))
        places = _places(reader, pages)
        for place, item in _objects(reader, places):
            _check(item)
            _read_object(place, item, collector)
        _read_pages(pages, collector)
    except RefusedError:
        raise
    except Exception as error:
        # a broken PDF makes the library fail in any way: PdfReadError, KeyError, RecursionError …
        raise RefusedError(_BROKEN) from error


def _check_end(content):
    end = content.rfind(_EOF)
    if end < 0 or content[end + len(_EOF) :].strip(b"\0 \t\r\n"):
        raise RefusedError(f"PDF 不完整，或后面夹带了别的内容；{_PRINT}。")


def _pages(reader):
    count = len(reader.pages)
    if count > limits.PDF_PAGES:
        raise RefusedError(f"PDF 有 {count} 页，超过 {limits.PDF_PAGES} 页；请分开上传。")
    for page in reader.pages:
        pdf_streams.check_page(page)
        yield page


def _places(reader, pages):
    """Object number -> where its texts are, for those that belong to a page or to the file."""
    places = {}
    for number, page in enumerate(pages, 1):
        if page.indirect_reference:
            places[page.indirect_reference.idnum] = f"第{number}页批注或表单"
        for annotation in page.get("/Annots") or []:
            if isinstance(annotation, IndirectObject):
                places[annotation.idnum] = f"第{number}页批注或表单"
    information = reader.trailer.raw_get("/Info") if "/Info" in reader.trailer else None
    if isinstance(information, IndirectObject):
        places[information.idnum] = "文件属性"
    return places


def _objects(reader, places) -> Iterator:
    """Every object of the file with its place, also the ones that nothing refers to."""
    yield "文件属性", reader.trailer
    for number, item in pdf_streams.objects(reader):
        yield places.get(number, "书签、表单或其他隐含文字"), item


def _check(item, depth=0):
    """Refuse what the object holds by itself; what it refers to comes by its own number."""
    if depth > _DEPTH:
        raise RefusedError(pdf_streams.COMPLEX)
    if isinstance(item, DictionaryObject):
        for key in item:
            if key in _FORBIDDEN_KEYS:
                raise _refusal(_FORBIDDEN_KEYS[key])
            value = item.raw_get(key)
            if key == "/S" and str(value) in _FORBIDDEN_ACTIONS:
                raise _refusal(_FORBIDDEN_ACTIONS[str(value)])
            _check(value, depth + 1)
    elif isinstance(item, ArrayObject):
        for index in range(len(item)):
            _check(list.__getitem__(item, index), depth + 1)


def _refusal(what):
    return RefusedError(f"PDF 里含有{what}，不能上传；{_PRINT}。")


def _read_object(place, item, collector):
    for text in _texts(item):
        collector.row([Passage(place, text)])
    if not isinstance(item, StreamObject):
        return
    if item.get("/Type") == "/Metadata":
        text = item.get_data().decode("utf-8", "ignore")
        collector.row([Passage("文件属性（XMP）", text)])
    elif item.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        picture.read("内嵌图片", item._data, collector)


def _texts(item):
    if isinstance(item, TextStringObject):
        yield str(item)
    elif isinstance(item, ByteStringObject):
        yield bytes(item).decode("utf-8", "ignore")
    elif isinstance(item, DictionaryObject):
        for key in item:
            yield from _texts(item.raw_get(key))
    elif isinstance(item, ArrayObject):
        for index in range(len(item)):
            yield from _texts(list.__getitem__(item, index))


def _read_pages(pages, collector):
    steps = 0

    def count(operator, *_state):
        nonlocal steps
        steps += limits.PDF_NESTED_STEPS if operator == b"Do" else 1
        if steps > limits.PDF_STEPS:
            raise RefusedError(pdf_streams.COMPLEX)

    for number, page in enumerate(pages, 1):
        text = page.extract_text(visitor_operand_before=count) or ""
        collector.row([Passage(f"第{number}页", text)])
