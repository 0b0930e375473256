from odoo import api, fields, models
from odoo.tools import SQL


class QuestionCounter(models.Model):
    """The last number given in a series of a division.

    Two that ask at the same moment meet here: the second gets a serialization failure and is run
    again by the framework.
    """

    _name = "yangguang.question.counter"
    _description = "Numbers of questions"
    _log_access = False
    _rec_name = "series"

    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    series = fields.Char(required=True, readonly=True)
    last = fields.Integer(required=True, readonly=True)

    _series_unique = models.Constraint("UNIQUE (division_id, series)", "One counter a series.")

    @api.model
    def _next(self, division, series):
        """The next number of `series` in `division`, from 1 on."""
        [[number]] = self.env.execute_query(
            SQL(
                "INSERT INTO yangguang_question_counter AS c (division_id, series, last)"
                " VALUES (%s, %s, 1) ON CONFLICT (division_id, series)"
                " DO UPDATE SET last = c.last + 1 RETURNING last",
                division.id,
                series,
            )
        )
        return number
