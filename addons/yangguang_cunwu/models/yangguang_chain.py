from odoo import api, fields, models

from ..lib import chain


class Chain(models.Model):
    """The tip of a division's chain of publications: one row a division, moved by publish alone.

    No row is shared by two villages, so villages never wait for one another.
    """

    _name = "yangguang.chain"
    _description = "Tip of a chain of publications"
    _log_access = False

    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    position = fields.Integer(required=True, readonly=True)
    head = fields.Char(required=True, readonly=True)

    _division_unique = models.Constraint("UNIQUE (division_id)", "A division has one chain.")

    @api.model
    def _tip(self, division):
        """`(position, head)` of the chain of `division`; (0, GENESIS) before the first."""
        self.env.cr.execute(
            """
            INSERT INTO yangguang_chain (division_id, position, head) VALUES (%s, 0, %s)
            ON CONFLICT (division_id) DO UPDATE SET position = yangguang_chain.position
            RETURNING position, head
            """,
            [division.id, chain.GENESIS],
        )
        return self.env.cr.fetchone()
