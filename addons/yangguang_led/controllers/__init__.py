from . import staff
