from odoo import models


class Coded(models.AbstractModel):
    """Something that a printed code opens. A model of any addon inherits this and says what its
    code has to hold; who makes pictures of codes extends it here, once for all of them."""

    _name = "yangguang.coded"
    _description = "Opened by a printed code"

    def _code_target(self):
        """The page of the mini-program and its parameters (`scene`, 32 characters at most)."""
        raise NotImplementedError
