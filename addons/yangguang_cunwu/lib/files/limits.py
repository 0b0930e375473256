"""How large a file may be, packed and unpacked. What is larger is refused before it is unpacked."""

MEGABYTE = 1024 * 1024  # bytes
MEGAPIXEL = 1_000_000  # pixels

# of the file as it is sent, in bytes
SIZES = {
    "jpeg": 30 * MEGABYTE,
    "png": 30 * MEGABYTE,
    "webp": 30 * MEGABYTE,
    "pdf": 20 * MEGABYTE,
    "xlsx": 10 * MEGABYTE,
    "docx": 20 * MEGABYTE,
    "mp4": 100 * MEGABYTE,
}

# a JPEG is read at a fraction of its size; a progressive one, and the others, as a whole
JPEG_PIXELS = 120 * MEGAPIXEL
WHOLE_PIXELS = 20 * MEGAPIXEL
# longest side of a stored picture, in pixels: A4 at 200 dpi, and more than any screen shows
PICTURE_SIDE = 2560

# an Office file is a zip archive: its parts, their size unpacked in bytes, unpacked by packed
PARTS = 2000
UNPACKED = 60 * MEGABYTE
RATIO = 200
RATIO_FREE = MEGABYTE  # small parts may be as regular as they like

PDF_PAGES = 300
PDF_OBJECTS = 50_000
PDF_STREAM = 20 * MEGABYTE  # unpacked, in bytes
PDF_TEXT = 20_000_000  # characters

MP4_INDEX = 16 * MEGABYTE  # the moov box, in bytes
MP4_BOXES = 20_000
MP4_TRACKS = 8

# findings that are told; a longer list helps nobody
FINDINGS = 200
