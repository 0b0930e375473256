from .document import Drawing, draw
from .fonts import Font, FontError, default_font
