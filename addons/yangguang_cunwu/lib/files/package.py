"""An Office file (a zip archive of XML parts), read within limits."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from . import limits
from .refusal import RefusedError

# what zipfile, expat and our own reading raise on a broken file
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_HEAD = 64
_BROKEN = "文件已损坏，无法读取；请用 Excel、Word 或 WPS 打开后另存一份再上传。"


class Relation(NamedTuple):
    """A link from one part to another, or to somewhere outside (`external`)."""

    id: str
    type: str
    target: str
    external: bool


class Events:
    """Takes what the parser meets; names come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between tags; may come in pieces."""


class Package:
    """The parts of an Office file. Raises RefusedError for whatever is not a plain archive."""

    def __init__(self, content: bytes, unpacked: int = limits.UNPACKED, parts: int = limits.PARTS):
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise RefusedError(_BROKEN) from error
        self._check(content, self._archive.infolist(), unpacked, parts)
        self.names = self._archive.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a part; they are as many as its entry says, at most the limit."""
        return self._read(name, lambda part: part.read())

    def parse(self, name: str, events: Events) -> None:
        """Send the XML part `name` through `events`; nothing of it is kept."""
        self._read(name, lambda part: _parse(part, events))

    @staticmethod
    def parse_bytes(content: bytes, events: Events) -> None:
        """Send XML that was taken out of a part through `events`."""
        try:
            _parse(io.BytesIO(content), events)
        except _FAULTS as error:
            raise RefusedError(_BROKEN) from error

    def is_xml(self, name: str) -> bool:
        """Whether the part is XML, whatever it is called."""
        head = self._read(name, lambda part: part.read(_HEAD))
        # UTF-16 has zero bytes
        return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")

    def relations(self, name: str) -> list[Relation]:
        """The links of the part `name` ("" for the package itself), targets as part names."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self.names:
            return []
        events = _Relations(folder)
        self.parse(path, events)
        return events.relations

    def _read(self, name: str, use: Callable):
        try:
            with self._archive.open(name) as part:
                return use(part)
        except _FAULTS as error:
            raise RefusedError(_BROKEN) from error

    @staticmethod
    def _check(content, entries, unpacked, parts):
        if len(entries) > parts or sum(entry.file_size for entry in entries) > unpacked:
            raise RefusedError("文件解压后过大，不能读取。")
        for entry in entries:
            if entry.flag_bits & 1:
                raise RefusedError("文件加了密码，不能读取；请取消密码后再上传。")
            packed = max(1, entry.compress_size)
            if entry.file_size > limits.RATIO_FREE and entry.file_size / packed > limits.RATIO:
                raise RefusedError("文件解压后过大，不能读取。")
        if len({entry.filename.lower() for entry in entries}) != len(entries):
            raise RefusedError(_BROKEN)
        if _has_more(content, entries):
            raise RefusedError("文件里夹带了别的内容，不能上传；请打开后另存一份再上传。")


def _has_more(content, entries):
    """Whether something stands before the first entry or after the archive's end."""
    end = content.rfind(b"PK\x05\x06")
    comment = int.from_bytes(content[end + 20 : end + 22], "little")
    return (
        end + 22 + comment != len(content)
        or comment
        or min((entry.header_offset for entry in entries), default=1)
    )


def _parse(part, events):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda tag, attributes: events.start(
        _local(tag), {_local(name): value for name, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: events.end(_local(tag))
    parser.CharacterDataHandler = events.text
    parser.ParseFile(part)


def _local(name):
    return name.rpartition(" ")[2]


def _refuse_document_type(*_declaration):
    # no Office file has one; with one come entities and outside files
    raise RefusedError("文件含有不允许的内容（外部实体），不能读取。")


class _Relations(Events):
    def __init__(self, folder):
        self.relations = []
        self._folder = folder

    def start(self, tag, attributes):
        if tag != "Relationship":
            return
        external = attributes.get("TargetMode") == "External"
        target = attributes.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.relations.append(Relation(attributes.get("Id", ""), kind, target, external))
