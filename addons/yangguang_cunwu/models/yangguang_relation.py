from odoo import api, fields, models


class Relation(models.Model):
    """Two persons who are close relatives: spouses, blood relatives in the direct line or within
    three degrees, close in-laws. Known relations keep relatives of the village committee and of
    its bookkeepers off the supervision committee (VCO art. 32, 2018 numbering)."""

    _name = "yangguang.relation"
    _description = "Relation of two persons"
    _order = "id"

    person_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    relative_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("spouse", "Spouses"),
            ("parent", "Parent and child"),
            ("sibling", "Siblings"),
            ("grandparent", "Grandparent and grandchild"),
            ("collateral", "Blood relatives within three degrees"),
            ("in_law", "Close in-laws"),
        ],
        required=True,
    )

    _pair_unique = models.UniqueIndex(
        "(LEAST(person_id, relative_id), GREATEST(person_id, relative_id))",
        "The relation of these two persons is recorded already.",
    )
    _two_persons = models.Constraint(
        "CHECK (person_id != relative_id)", "A relation joins two different persons."
    )

    @api.depends("person_id", "relative_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for relation in self:
            relation.display_name = (
                f"{relation.person_id.name} – {relation.relative_id.name} "
                f"({kinds.get(relation.kind, '')})"
            )

    @api.constrains("person_id", "relative_id")
    def _check_supervision(self):
        persons = self.person_id | self.relative_id
        self.env["yangguang.appointment"].sudo().search(
            [("person_id", "in", persons.ids), *self.env["yangguang.appointment"]._not_ended()]
        )._check_supervision()

    def _relatives(self, persons):
        """The recorded close relatives of `persons`, as `{person: relatives}`."""
        relatives = {person: persons.browse() for person in persons}
        for relation in self.sudo().search(
            ["|", ("person_id", "in", persons.ids), ("relative_id", "in", persons.ids)]
        ):
            for one, other in (
                (relation.person_id, relation.relative_id),
                (relation.relative_id, relation.person_id),
            ):
                if one in relatives:
                    relatives[one] |= other
        return relatives
