from odoo import fields, models


class Coded(models.AbstractModel):
    """Something that a printed code opens. A model of any addon inherits this and says what its
    code has to hold; who makes pictures of codes extends it here, once for all of them."""

    _name = "yangguang.coded"
    _description = "Opened by a printed code"

    # whether there is somebody who makes pictures of codes: a form shows its button by this
    has_code = fields.Boolean(compute="_compute_has_code")

    def _compute_has_code(self):
        self.has_code = False

    def _code_target(self):
        """The page of the mini-program and its parameters (`scene`, 32 characters at most)."""
        raise NotImplementedError

    def action_download_code(self):
        """Downloads the picture of the code."""
        raise NotImplementedError
