"""Files that people attach: what they are, whether they may be kept, what they tell of persons."""

from .inspection import MIMETYPES, Report, clean_picture, inspect
from .refusal import RefusedError
