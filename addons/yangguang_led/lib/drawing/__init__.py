"""What a screen shows of a publication, as pages that drivers take: pictures or lines of text.

`pages` is the way in; the same input gives the same dots.
"""

from .fonts import FontError
from .gaps import Missing
from .preview import preview
from .screen import FULL, ONE, SIXTEEN, Screen
from .sheet import Drawn, pages
from .special import emergency, filler, ruler, sample_text
