"""The page as the clerk sees it before the village does: every dot of the screen as a round dot."""

import io

from PIL import Image, ImageChops, ImageDraw

# the widest preview (px), and how large a dot is drawn
_WIDEST, _LARGEST = 1280, 8
_DARK = (26, 26, 26)


def preview(picture: bytes, factor: int | None = None) -> bytes:
    """Return a page's PNG enlarged `factor` times, dot by dot; the middle of each dot has exactly
    the colour of the page, or that of a dark dot. Without `factor` it is as large as is useful."""
    with Image.open(io.BytesIO(picture)) as file:
        page = file.convert("RGB")
    factor = factor or max(3, min(_LARGEST, _WIDEST // page.width))
    size = page.width * factor, page.height * factor
    lit = ImageChops.lighter(page, Image.new("RGB", page.size, _DARK))
    dots = Image.new("RGB", size)
    dots.paste(lit.resize(size, Image.Resampling.NEAREST), mask=_dots(factor, page.size))
    target = io.BytesIO()
    dots.save(target, "PNG")
    return target.getvalue()


def _dots(factor, size):
    """A mask of round dots, `factor` px apart."""
    tile = Image.new("L", (factor, factor))
    last = factor - 2 if factor > 2 else factor - 1
    ImageDraw.Draw(tile).ellipse((0, 0, last, last), 255)
    tile.putpixel((last // 2, last // 2), 255)
    row = Image.new("L", (size[0] * factor, factor))
    for column in range(size[0]):
        row.paste(tile, (column * factor, 0))
    mask = Image.new("L", (size[0] * factor, size[1] * factor))
    for line in range(size[1]):
        mask.paste(row, (0, line * factor))
    return mask
