from odoo import models

from ..lib import clock


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain_context_values(self):
        # what a user may read follows from the appointments of today: the domains kept for him
        # must not outlive the day
        yield from super()._compute_domain_context_values()
        yield clock.today()
