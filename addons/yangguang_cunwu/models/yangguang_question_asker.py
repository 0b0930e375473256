from odoo import fields, models
from odoo.tools import SQL

_GUARD = """
CREATE OR REPLACE FUNCTION yangguang_guard_question_asker() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'who asked is kept as it was said, or erased'
        USING ERRCODE = 'insufficient_privilege';
END
$$ LANGUAGE plpgsql
"""


class QuestionAsker(models.Model):
    """Who asked: apart from the question, so that it can be hidden from the village and erased
    while the words stay."""

    _name = "yangguang.question.asker"
    _description = "Asker of a question"
    _log_access = False
    _rec_name = "name"

    question_id = fields.Many2one(
        "yangguang.question", required=True, readonly=True, ondelete="restrict"
    )
    name = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    resident_id = fields.Many2one(
        "yangguang.resident", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _question_unique = models.Constraint("UNIQUE (question_id)", "One person asks a question.")

    def init(self):
        self.env.cr.execute(_GUARD)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER yangguang_question_asker_guard"
                " BEFORE UPDATE OF question_id, name, phone ON yangguang_question_asker"
                " FOR EACH ROW EXECUTE FUNCTION yangguang_guard_question_asker()"
            )
        )
