"""Playlists and programmes of BX-Y cards, as XML."""

import hashlib
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..base import DeviceError, Show

# programmes in a list, and pictures in a panel of one
MOST_PROGRAMS, MOST_PICTURES = 64, 128
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
    turns = list(_turns(list(zip(media, map(_seconds, show.pages), strict=True))))
    if len(turns) > MOST_PROGRAMS:
        raise DeviceError(f"这种控制卡最多播放{MOST_PROGRAMS}段画面和录像，请减少录像。", False)
    programs = [_program(show, turn) for turn in turns]
    root = Element(
        "list",
        deviceType=str(device_type),
        screenWidth=str(show.width),
        screenHeight=str(show.height),
    )
    for order, (turn, program) in enumerate(zip(turns, programs, strict=True)):
        SubElement(
            root,
            "program",
            order=str(order),
            playMode="0",
            priority="16",
            loop="0",
            programFile=program.path,
            playTime=str(sum(seconds for _file, seconds in turn)),
            playCount="1",
            weekFlag=ALL_WEEK,
        )
    return [*media, *programs], _bytes(root)


def _seconds(page):
    return max(1, round(page.seconds))


def _turns(shown):
    """Shares (file, seconds) out over programmes: pictures in a row together, each film alone."""
    for film, run in groupby(shown, key=lambda one: one[0].suffix == "mp4"):
        pages = list(run)
        size = 1 if film else MOST_PICTURES
        yield from (pages[start : start + size] for start in range(0, len(pages), size))


def _program(show, turn):
    place = {"x": "0", "y": "0", "w": str(show.width), "h": str(show.height), "zOrder": "0"}
    first, seconds = turn[0]
    root = Element("program", name=first.name, bgColor="0xFF000000")
    if first.suffix == "mp4":
        panel = SubElement(
            root, "videopanel", place, videoType="local", volumeMode="0", scaleMode="window"
        )
        SubElement(
            panel, "videoUnit", order="0", file=first.path, playTime=str(seconds), volume="0"
        )
    else:
        panel = SubElement(root, "picturepanel", place, transparency="0")
        for order, (file, stay) in enumerate(turn):
            SubElement(
                panel,
                "picUnit",
                order=str(order),
                file=file.path,
                fileType="png",
                stuntType="0",
                stuntSpeed="1",
                stayTime=str(stay),
            )
    return File("programs", "xml", _bytes(root))


def _bytes(root):
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
