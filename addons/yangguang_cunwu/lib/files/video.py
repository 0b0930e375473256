"""MP4 videos: whether every phone and screen can play them, and without notes beside the film."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from . import limits
from .refusal import RefusedError

_EXPORT = "请用剪映导出 H.264 编码、AAC 声音的 MP4 视频再上传"
_BROKEN = f"视频文件不完整或已损坏；{_EXPORT}。"

# boxes that belong to the film; every other one beside them is emptied, place and size kept, so
# that the places of the film's own bytes, which the index counts from the start, stay true
_KEPT = {
    (): {"ftyp", "moov", "mdat"},
    ("moov",): {"mvhd", "trak", "iods"},
    ("moov", "trak"): {"tkhd", "edts", "tref", "mdia"},
    ("moov", "trak", "mdia"): {"mdhd", "hdlr", "minf", "elng"},
    ("moov", "trak", "mdia", "minf"): {"vmhd", "smhd", "nmhd", "dinf", "stbl"},
}
_FRAGMENTED = {"moof", "mvex"}
_VIDEO, _SOUND = b"vide", b"soun"
_AAC = 0x40  # object type of MPEG-4 audio, ISO/IEC 14496-1
_FIRST_OF_SOUND = 28  # bytes of an audio sample entry before its boxes


class _Box(NamedTuple):
    """A box of the file: its type, where it starts, where its payload starts, where it ends."""

    type: str
    start: int
    payload: int
    end: int


def clean(content: bytes) -> tuple[bytes, list[str]]:
    """Return the film without titles, positions and other notes, and sentences on what is gone.

    Raises RefusedError unless it is H.264 with AAC sound or none.
    """
    try:
        return _clean(content)
    except (IndexError, struct.error) as error:
        raise RefusedError(_BROKEN) from error


def seconds(content: bytes) -> float:
    """Return how long a film lasts that `clean` has let pass (ISO/IEC 14496-12, 8.2.2); 0 where it
    does not say."""
    boxes = {box.type: box for box in _boxes(content, 0, len(content))}
    index = boxes["moov"]
    header = next(box for box in _boxes(content, index.payload, index.end) if box.type == "mvhd")
    wide = content[header.payload] == 1
    place = header.payload + (20 if wide else 12)
    scale, duration = struct.unpack_from(">IQ" if wide else ">II", content, place)
    return duration / scale if scale else 0.0


def _clean(content):
    boxes = list(_boxes(content, 0, len(content)))
    found = {box.type for box in boxes}
    if not {"ftyp", "moov", "mdat"} <= found:
        raise RefusedError(_BROKEN)
    emptied = []
    for box in boxes:
        if box.type == "moov" and box.end - box.start > limits.MP4_INDEX:
            raise RefusedError(f"视频的索引过大，不能读取；{_EXPORT}。")
        emptied += _unknown(content, box, ())
    _check_tracks(content, [box for box in boxes if box.type == "moov"])
    notes = any(content[box.payload : box.end].strip(b"\0") for box in emptied)
    return _without(content, emptied), [
        "已去除视频附带的信息（位置、设备、标题等）。"
    ] if notes else []


def _boxes(content, start, end) -> Iterator[_Box]:
    count = 0
    while start < end:
        count += 1
        if start + 8 > end or count > limits.MP4_BOXES:
            raise RefusedError(_BROKEN)
        size, kind = struct.unpack_from(">I4s", content, start)
        payload = start + 8
        if size == 1:
            if start + 16 > end:
                raise RefusedError(_BROKEN)
            size, payload = struct.unpack_from(">Q", content, start + 8)[0], start + 16
        elif size == 0:
            size = end - start
        if start + size > end or size < payload - start:
            raise RefusedError(_BROKEN)
        yield _Box(kind.decode("latin-1"), start, payload, start + size)
        start += size


def _unknown(content, box, path) -> Iterator[_Box]:
    """The boxes in and including `box`, which stands in `path`, that do not belong to the film."""
    if box.type in _FRAGMENTED:
        raise RefusedError(f"这是分段的视频，有的手机和大屏放不了；{_EXPORT}。")
    if box.type not in _KEPT[path]:
        yield box
        return
    inner = (*path, box.type)
    if inner in _KEPT:
        for each in _boxes(content, box.payload, box.end):
            yield from _unknown(content, each, inner)


def _without(content, emptied):
    """`content` with each of the boxes turned into free space."""
    parts, end = [], 0
    view = memoryview(content)
    for box in sorted(emptied, key=lambda box: box.start):
        parts += [view[end : box.start + 4], b"free", view[box.start + 8 : box.payload]]
        parts.append(bytes(box.end - box.payload))
        end = box.end
    return b"".join([*parts, view[end:]])


def _check_tracks(content, indexes):
    tracks = [
        track
        for index in indexes
        for track in _boxes(content, index.payload, index.end)
        if track.type == "trak"
    ]
    kinds = [_check_track(content, track) for track in tracks[: limits.MP4_TRACKS + 1]]
    if kinds.count(_VIDEO) != 1 or kinds.count(_SOUND) > 1 or len(tracks) > 2:
        raise RefusedError(f"视频须有一路画面、最多一路声音；{_EXPORT}。")


def _check_track(content, track):
    """Return the kind of the track; raises RefusedError for what is not played everywhere."""
    media = _child(content, track, "mdia")
    handler = _child(content, media, "hdlr")
    kind = bytes(content[handler.payload + 8 : handler.payload + 12])
    table = _child(content, _child(content, _child(content, media, "minf"), "stbl"), "stsd")
    entries = list(_boxes(content, table.payload + 8, table.end))
    if kind == _VIDEO:
        if not entries or any(entry.type not in ("avc1", "avc3") for entry in entries):
            raise RefusedError(f"视频画面不是 H.264 编码，有的手机和大屏放不了；{_EXPORT}。")
    elif kind == _SOUND:
        if not entries or not all(_is_aac(content, entry) for entry in entries):
            raise RefusedError(f"视频声音不是 AAC 编码，有的手机和大屏放不出声；{_EXPORT}。")
    else:
        raise RefusedError(f"视频里除了画面和声音还有别的内容（如位置记录、字幕）；{_EXPORT}。")
    return kind


def _is_aac(content, entry):
    if entry.type != "mp4a":
        return False
    description = _child(content, entry, "esds", _FIRST_OF_SOUND)
    data = content[description.payload + 4 : description.end]  # after version and flags
    place = _descriptor(data, 0, 0x03)
    flags = data[place + 2]
    place += 3 + 2 * bool(flags & 0x80) + 2 * bool(flags & 0x20)
    if flags & 0x40:
        place += 1 + data[place]
    return data[_descriptor(data, place, 0x04)] == _AAC


def _descriptor(data, place, tag):
    """Where the content of the descriptor at `place` begins; its length takes up to four bytes."""
    if data[place] != tag:
        raise RefusedError(_BROKEN)
    place += 1
    while data[place] & 0x80:
        place += 1
    return place + 1


def _child(content, box, kind, skip=0):
    for child in _boxes(content, box.payload + skip, box.end):
        if child.type == kind:
            return child
    raise RefusedError(_BROKEN)
