from . import callback
from . import codes
from . import telephone
