"""Photographs and scans on a screen: whole, undistorted, in the middle."""

import io

from PIL import Image, ImageOps

from .frame import Draft
from .leaf import Leaf
from .screen import Screen

# seconds to look at a picture
_SECONDS = 8.0


class PictureError(Exception):
    """The bytes are no picture that can be shown."""


def draw(data: bytes, screen: Screen) -> Draft:
    """A page of the picture in `data`; what has few colours to show it with is dithered.

    Raises PictureError.
    """
    try:
        with Image.open(io.BytesIO(data)) as file:
            file.draft("RGB", (2 * screen.width, 2 * screen.height))
            image = ImageOps.exif_transpose(file).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError(str(error)) from error
    backed = Image.new("RGB", image.size, "white")
    backed.paste(image, mask=image.getchannel("A"))
    fitted = ImageOps.contain(backed, (screen.width, screen.height), Image.Resampling.LANCZOS)
    corner = (screen.width - fitted.width) // 2, (screen.height - fitted.height) // 2
    return Draft(Leaf(picture=fitted, corner=corner, seconds=_SECONDS))
