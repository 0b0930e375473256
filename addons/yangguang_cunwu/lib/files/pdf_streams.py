"""How much the streams of a PDF hold, looked at before anything is unpacked as a whole."""

import zlib
from base64 import a85decode
from collections.abc import Iterator
from itertools import pairwise

import pypdf
from pypdf.generic import IndirectObject, PdfObject, StreamObject

from . import limits
from .refusal import RefusedError

PRINT = "请用打印功能重新生成 PDF 再上传"
COMPLEX = f"PDF 过于复杂，不能读取；{PRINT}。"

_PICTURES = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
_FONTS = {"/Type1C", "/CIDFontType0C", "/OpenType"}
# where the word `stream` has come at the latest
_HEAD = 16 * 1024


def check(reader: pypdf.PdfReader, content: bytes) -> None:
    """Raise RefusedError when an object, a stream, or all of them together are too large."""
    entries = sum(map(len, reader.xref.values())) + len(reader.xref_objStm)
    if entries > limits.PDF_OBJECTS:
        raise RefusedError(COMPLEX)
    places = sorted({place for table in reader.xref.values() for place in table.values()})
    for start, end in pairwise([*places, len(content)]):
        if end - start > limits.PDF_OBJECT and b"stream" not in content[start : start + _HEAD]:
            raise RefusedError(COMPLEX)
    total = 0
    for _number, item in objects(reader, packed=False):
        if isinstance(item, StreamObject) and item.get("/Subtype") != "/Image":
            size = _size(item, limits.PDF_STREAM)
            total += size
            font = "/Length1" in item or item.get("/Subtype") in _FONTS
            other = font or item.get("/Type") not in (None, "/XObject", "/ObjStm")
            if size > (limits.PDF_STREAM if other else limits.PDF_DRAWING):
                raise RefusedError(COMPLEX)
            if total > limits.PDF_UNPACKED:
                raise RefusedError(COMPLEX)


def check_page(page: pypdf.PageObject) -> None:
    """Raise RefusedError when too much is drawn on the page, whatever its streams are called."""
    contents = page.get("/Contents")
    streams = contents if isinstance(contents, list) else [contents]
    drawn = [stream.get_object() for stream in streams if stream is not None]
    sizes = (_size(each, limits.PDF_DRAWING) for each in drawn if isinstance(each, StreamObject))
    if sum(sizes) > limits.PDF_DRAWING:
        raise RefusedError(COMPLEX)


def objects(reader: pypdf.PdfReader, packed: bool = True) -> Iterator[tuple[int, PdfObject]]:
    """The objects of the file by number; without `packed`, those that stand in it as they are."""
    for generation, table in reader.xref.items():
        for number in sorted(table):
            item = reader.get_object(IndirectObject(number, generation, reader))
            if item is not None:
                yield number, item
    for number in sorted(reader.xref_objStm) if packed else ():
        item = reader.get_object(IndirectObject(number, 0, reader))
        if item is not None:
            yield number, item


def _size(stream, limit):
    """The bytes a stream unpacks to; one more than `limit` when there are more."""
    filters = stream.get("/Filter") or []
    filters = [str(each) for each in (filters if isinstance(filters, list) else [filters])]
    data = stream._data
    if filters[:1] == ["/ASCII85Decode"]:
        text = data.strip().removesuffix(b"~>").removeprefix(b"<~")
        data, filters = a85decode(text), filters[1:]
    if not filters or filters[0] in _PICTURES:
        return len(data)
    if filters == ["/FlateDecode"]:
        return _inflated(data, limit)
    return len(stream.get_data())  # rare; the library has its own limit


def _inflated(data, limit):
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while data and size <= limit:
            size += len(unpacker.decompress(data, limits.MEGABYTE))
            data = unpacker.unconsumed_tail
    except zlib.error:
        pass  # cut off: what came before it is what counts
    return size
