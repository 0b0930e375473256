from . import callback
from . import codes
