"""The XML that goes in Huidu's packets: requests, answers, programmes."""

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..base import DeviceError, Show
from .packet import IMAGE, VIDEO, PacketError

# a document type brings entities, and with them bombs
_DECLARATION = re.compile(r"<!(?!--|\[CDATA\[)")
NO_GUID = "##GUID"
# effects: at once
AT_ONCE = "0"


def request(guid: str, method: str, body: Iterable[Element] = ()) -> bytes:
    """The document that asks for a method."""
    sdk = Element("sdk", guid=guid)
    SubElement(sdk, "in", method=method).extend(body)
    text = ElementTree.tostring(sdk, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()


def parse(document: bytes) -> Element:
    """An answer; raises PacketError for what is no XML or declares anything."""
    try:
        text = document.rstrip(b"\0").decode("utf-8")
        if _DECLARATION.search(text):
            raise PacketError("a document with declarations")
        return ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise PacketError("not an answer") from error


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload; its name is its content's."""

    data: bytes
    kind: int
    seconds: float

    @property
    def md5(self) -> str:
        """What the device checks the file by."""
        return hashlib.md5(self.data, usedforsecurity=False).hexdigest()

    @property
    def name(self) -> str:
        """A name in ASCII, as the device wants."""
        return f"{self.md5}.{'mp4' if self.kind == VIDEO else 'png'}"


def files(show: Show) -> list[File]:
    """The pages as files; DeviceError names a page that has neither picture nor video."""
    found = []
    for number, page in enumerate(show.pages, start=1):
        data, kind = (page.video, VIDEO) if page.video else (page.picture, IMAGE)
        if not data:
            raise DeviceError(f"第{number}页没有图片，这种控制卡不能显示。", False)
        found.append(File(data, kind, page.seconds))
    return found


def guid_of(show: Show) -> str:
    """The programme's guid."""
    return str(uuid.UUID(show.digest[:32]))


def screen(show: Show, pages: list[File], made_at: int) -> Element:
    """The only programme of the screen: one area, in which the pages follow one another."""
    shown = Element("screen", timeStamps=str(made_at))
    guid = guid_of(show)
    program = SubElement(shown, "program", type="normal", id="0", guid=guid, name="", flag="")
    SubElement(program, "playControl", count="1", disabled="false")
    area = SubElement(program, "area", guid=f"{guid}-a", name="", alpha="255")
    size = {"width": str(show.width), "height": str(show.height)}
    SubElement(area, "rectangle", x="0", y="0", **size)
    resources = SubElement(area, "resources")
    for number, file in enumerate(pages):
        own = f"{guid}-{number}"
        if file.kind == VIDEO:
            item = SubElement(resources, "video", guid=own, aspectRatio="false")
        else:
            item = SubElement(resources, "image", guid=own, fit="stretch")
        SubElement(item, "file", name=file.name, md5=file.md5)
        if file.kind == IMAGE:
            effect = {"in": AT_ONCE, "out": AT_ONCE, "inSpeed": "0", "outSpeed": "0"}
            # tenths of a second
            SubElement(item, "effect", effect, duration=str(round(10 * file.seconds)))
    return shown
