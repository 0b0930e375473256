from odoo import fields, models


class Reason(models.TransientModel):
    _inherit = "yangguang.reason"

    step = fields.Selection(
        selection_add=[("recall", "Off the screens"), ("restore", "Back on the screens")],
        ondelete={"recall": "cascade", "restore": "cascade"},
    )

    def _steps(self):
        return super()._steps() | {
            "recall": ("yangguang.publication", "action_recall_from_screens"),
            "restore": ("yangguang.publication", "action_restore_to_screens"),
        }
