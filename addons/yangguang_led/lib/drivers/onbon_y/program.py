"""Playlists and programmes of BX-Y cards, as XML."""

import hashlib
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..base import DeviceError, Show

ALL_WEEK = str(sum(1 << day for day in range(7)))


@dataclass(frozen=True, slots=True)
class File:
    """A file for the card and the folder it belongs to."""

    folder: str
    suffix: str
    data: bytes

    @property
    def name(self) -> str:
        """Named by its content, which the card checks."""
        digest = hashlib.md5(self.data, usedforsecurity=False).hexdigest()
        return f"{digest}.{self.suffix}"

    @property
    def path(self) -> str:
        """Where it lies on the card."""
        return f"{self.folder}/{self.name}"


def list_path(show: Show) -> str:
    """Where a show's playlist lies: named after the show, so that the card tells what is on."""
    return f"lists/{show.digest[:32]}.xml"


def build(show: Show, device_type: int) -> tuple[list[File], bytes]:
    """The files of a show, in the order of upload, and its playlist.

    Raises DeviceError for a page without picture and video.
    """
    media = []
    for number, page in enumerate(show.pages, start=1):
        data, suffix = (page.video, "mp4") if page.video else (page.picture, "png")
        if not data:
            raise DeviceError(f"第{number}页没有图片，这种控制卡不能显示。", False)
        media.append(File("share", suffix, data))
    programs = [
        _program(show, page.seconds, file) for page, file in zip(show.pages, media, strict=True)
    ]
    root = Element(
        "list",
        deviceType=str(device_type),
        screenWidth=str(show.width),
        screenHeight=str(show.height),
    )
    for order, (page, program) in enumerate(zip(show.pages, programs, strict=True)):
        SubElement(
            root,
            "program",
            order=str(order),
            playMode="0",
            priority="16",
            loop="0",
            programFile=program.path,
            playTime=str(max(1, round(page.seconds))),
            playCount="1",
            weekFlag=ALL_WEEK,
        )
    return [*media, *programs], _bytes(root)


def _program(show, seconds, file):
    place = {"x": "0", "y": "0", "w": str(show.width), "h": str(show.height), "zOrder": "0"}
    root = Element("program", name=file.name, bgColor="0xFF000000")
    if file.suffix == "mp4":
        panel = SubElement(
            root, "videopanel", place, videoType="local", volumeMode="0", scaleMode="window"
        )
        time = str(max(1, round(seconds)))
        SubElement(panel, "videoUnit", order="0", file=file.path, playTime=time, volume="0")
    else:
        panel = SubElement(root, "picturepanel", place, transparency="0")
        SubElement(
            panel,
            "picUnit",
            order="0",
            file=file.path,
            fileType="png",
            stuntType="0",
            stuntSpeed="1",
            stayTime=str(max(1, round(seconds))),
        )
    return File("programs", "xml", _bytes(root))


def _bytes(root):
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
