from . import public_api_card
from . import public_card
from . import staff
