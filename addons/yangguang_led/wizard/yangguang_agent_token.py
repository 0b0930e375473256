from odoo import fields, models


class AgentToken(models.TransientModel):
    """Shows a new token, which is kept nowhere."""

    _name = "yangguang.agent.token"
    _description = "Token of an agent"

    token = fields.Char(store=False, readonly=True)
