from . import public_card
from . import staff
