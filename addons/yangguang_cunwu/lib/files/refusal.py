"""Why a file is not taken."""


class RefusedError(Exception):
    """The file is refused; the message is a sentence for the person who sent it."""
