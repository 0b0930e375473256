"""Pictures: drawn anew, without anything that is not pixels."""

import io
import logging
import struct
import warnings

from PIL import (
    ExifTags,
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from ..privacy import Passage
from . import limits
from .collector import Collector
from .refusal import RefusedError
from .signature import has_stowaway

_logger = logging.getLogger(__name__)

# imported by name, since Odoo keeps Pillow from finding more than it needs itself
_FORMATS = {
    "jpeg": JpegImagePlugin.JpegImageFile.format,
    "png": PngImagePlugin.PngImageFile.format,
    "webp": WebPImagePlugin.WebPImageFile.format,
}
_SRGB = ImageCms.createProfile("sRGB")
_QUALITY = 88  # of JPEG: no visible loss on a photograph
_BROKEN = "图片已损坏，打不开；请重新拍照或另存后再上传。"


def clean(kind: str, content: bytes) -> tuple[str, bytes, list[str]]:
    """Return the kind ("jpeg" or "png"), the picture drawn anew, and what was left out.

    It is turned upright, in sRGB, at most PICTURE_SIDE pixels long; position, camera, texts and
    everything behind the picture are gone. Raises RefusedError.
    """
    try:
        if has_stowaway(content[_end(kind, content) :]):
            raise RefusedError("图片后面夹带了别的文件，不能上传；请重新截图或拍照。")
        with warnings.catch_warnings():
            # its own limit warns below ours, and odd notes are left out anyway
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as picture:
                _check_size(kind, picture)
                notes = _notes(picture)
                return *_drawn(kind, picture), notes
    except RefusedError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(limits.WHOLE_PIXELS) from error
    except Exception as error:
        # a broken picture makes the library fail in any way: OSError, SyntaxError, struct.error …
        raise RefusedError(_BROKEN) from error


def read(place: str, content: bytes, collector: Collector) -> None:
    """Send what a picture inside another file says beside its pixels; nothing of other formats."""
    try:
        with Image.open(io.BytesIO(content), formats=list(_FORMATS.values())) as picture:
            texts, located = _texts(picture), _is_located(picture)
    except Exception:
        _logger.info("a picture inside a file cannot be read", exc_info=True)
        return
    for text in texts:
        collector.row([Passage(f"{place}附带信息", text)])
    if located:
        collector.location(f"{place}拍摄位置")


def _check_size(kind, picture):
    width, height = picture.size
    whole = kind != "jpeg" or picture.info.get("progressive")
    limit = limits.WHOLE_PIXELS if whole else limits.JPEG_PIXELS
    if width * height > limit:
        raise _too_large(limit)
    if getattr(picture, "n_frames", 1) > 1 and kind != "jpeg":
        raise RefusedError("不支持会动的图片；请上传一张静止的图片，或用 MP4 视频。")


def _too_large(limit):
    return RefusedError(f"图片的像素太多，打不开；请缩小到 {limit // 10000} 万像素以内再上传。")


def _drawn(kind, picture):
    side = limits.PICTURE_SIDE
    if kind == "jpeg":
        picture.draft(None, (side, side))
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if transparent else "RGB"
    if picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):
        picture = picture.convert(mode)  # a palette cannot be made smaller smoothly
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = ImageOps.exif_transpose(picture)
    pixels = _to_srgb(upright, profile, mode)
    target = io.BytesIO()
    # drawn from the pixels alone, so that nothing of the old picture's notes is written
    plain = Image.frombytes(mode, pixels.size, pixels.tobytes())
    if kind == "jpeg" or (kind == "webp" and not transparent):
        plain.save(target, "JPEG", quality=_QUALITY, optimize=True)
        return "jpeg", target.getvalue()
    plain.save(target, "PNG", optimize=False)
    return "png", target.getvalue()


def _to_srgb(picture, profile, mode):
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
        except ImageCms.PyCMSError:
            pass  # a broken or unfitting profile: the numbers are taken as sRGB
    return picture.convert(mode)


def _notes(picture):
    notes = []
    if _is_located(picture):
        notes.append("已去除照片中的拍摄位置。")
    if _texts(picture):
        notes.append("已去除照片附带的文字信息（设备、作者、说明等）。")
    return notes


def _is_located(picture):
    return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))


def _texts(picture):
    exif = picture.getexif()
    values = [*exif.values(), *exif.get_ifd(ExifTags.IFD.Exif).values()]
    values += [value for key, value in picture.info.items() if key not in ("exif", "icc_profile")]
    texts = [_text(value) for value in values if isinstance(value, (str, bytes))]
    return [text for text in texts if text.strip()]


def _text(value):
    if isinstance(value, str):
        return value
    # Windows writes its titles and comments in UTF-16
    wide = value[1::2].count(0) > len(value) // 4
    return (
        value.removeprefix(b"UNICODE\0")
        .decode("utf-16" if wide else "utf-8", "ignore")
        .replace("\0", "")
    )


def _end(kind, content):
    """Where the picture ends in the file; raises RefusedError when it is cut off."""
    return {"jpeg": _jpeg_end, "png": _png_end, "webp": _webp_end}[kind](content)


def _jpeg_end(content):
    place = 2
    while place + 4 <= len(content):
        marker = content[place + 1]
        if content[place] != 0xFF:
            break
        if marker == 0xD9:
            break
        place += 2 + struct.unpack_from(">H", content, place + 2)[0]
        if marker == 0xDA:
            place = _scan_end(content, place)
    if content[place : place + 2] == b"\xff\xd9":
        return place + 2
    raise RefusedError(_BROKEN)


def _scan_end(content, place):
    """The next marker that is neither a stuffed byte nor a restart."""
    while (place := content.find(b"\xff", place)) >= 0:
        following = content[place + 1 : place + 2]
        if following and following not in b"\x00\xff" and not 0xD0 <= following[0] <= 0xD7:
            return place
        place += 1
    return len(content)


def _png_end(content):
    place = 8
    while place + 12 <= len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        place += 12 + length
        if name == b"IEND":
            return place
    raise RefusedError(_BROKEN)


def _webp_end(content):
    length = struct.unpack_from("<I", content, 4)[0]
    if 8 + length > len(content):
        raise RefusedError(_BROKEN)
    return 8 + length + length % 2
