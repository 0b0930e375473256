from types import SimpleNamespace

from odoo import api, models

from ..lib import catalogue, clock

# changes shown before an edition is taken in; the rest is counted
SHOWN_CHANGES = 200


class EditionImport(models.TransientModel):
    """Takes in an edition of the list from YAML or Excel, as a draft, and shows beforehand what
    it changes compared with the one in force."""

    _name = "yangguang.edition.import"
    _description = "Import of an edition"
    _inherit = "yangguang.import"

    @api.model
    def _read(self, content):
        try:
            if content[:2] == b"PK":
                edition = catalogue.from_workbook(content)
            else:
                edition = catalogue.load(content.decode())
        except UnicodeDecodeError:
            problems = [
                self.env._("The file is neither an Excel workbook (.xlsx) nor YAML in UTF-8.")
            ]
            return SimpleNamespace(rows=[], skipped=[], problems=problems)
        except ValueError as error:
            return SimpleNamespace(rows=[], skipped=[], problems=[str(error)])
        changes = self._changes(edition)
        return SimpleNamespace(
            rows=[edition],
            problems=catalogue.validate(edition),
            skipped=changes[:SHOWN_CHANGES],
            changes=len(changes),
        )

    @api.model
    def _changes(self, edition):
        present = self.env["yangguang.edition"]._in_force(edition.division_kind, clock.today())
        return catalogue.sentences(present._amended(clock.today()), edition) if present else []

    @api.model
    def _summary(self, plan):
        return self.env._(
            "%(changes)s changes from the edition in force, %(problems)s errors.",
            changes=getattr(plan, "changes", 0),
            problems=len(plan.problems),
        )

    @api.model
    def _apply(self, plan):
        self.env["yangguang.edition"]._take_in(plan.rows[0])
        return 1, 0
