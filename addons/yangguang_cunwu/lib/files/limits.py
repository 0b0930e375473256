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
# of one object, in bytes as it stands; of what is drawn on a page, in bytes unpacked: reading it
# takes some hundred times as much memory
PDF_OBJECT = MEGABYTE
PDF_DRAWING = 2 * MEGABYTE
PDF_STREAM = 30 * MEGABYTE  # any other stream unpacked, in bytes: a font, a picture's notes
PDF_UNPACKED = 150 * MEGABYTE  # all streams together
# steps of drawing; a drawing inside a drawing counts as many
PDF_STEPS = 10_000_000
PDF_NESTED_STEPS = 2000

MP4_INDEX = 16 * MEGABYTE  # the moov box, in bytes
MP4_BOXES = 20_000
MP4_TRACKS = 8

# findings that are told; a longer list helps nobody
FINDINGS = 200
