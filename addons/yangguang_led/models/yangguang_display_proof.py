import json
from collections import defaultdict
from datetime import UTC

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.models.yangguang_display_day import GRADES

from ..lib import proofs


class DisplayProof(models.Model):
    """How long a publication was on a screen on a day, by what is known of it: one row, however
    often it was shown."""

    _name = "yangguang.display.proof"
    _description = "Proof of display"
    _order = "day desc, screen_id, publication_id, grade"
    _log_access = False
    _rec_name = "day"

    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, ondelete="restrict"
    )
    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="restrict"
    )
    day = fields.Date(required=True, readonly=True)
    grade = fields.Selection(GRADES, required=True, readonly=True)
    seconds = fields.Integer(required=True, readonly=True)
    plays = fields.Integer(required=True, readonly=True)
    hours = fields.Json(required=True, readonly=True, help="Seconds in each hour of the day.")

    _row_unique = models.Constraint(
        "UNIQUE (screen_id, publication_id, day, grade)", "A day has one row of each grade."
    )
    _publication_idx = models.Index("(publication_id, day)")
    _screen_day_idx = models.Index("(screen_id, day)")

    @api.model
    def _count(self, grade, showings):
        """Adds showings: tuples of screen id, publication id, the hour they were in (an aware
        time), seconds and plays."""
        rows = defaultdict(lambda: [0] * 25)
        for screen_id, publication_id, moment, seconds, plays in showings:
            local = clock.to_local(moment)
            row = rows[screen_id, publication_id, local.date().isoformat()]
            row[local.hour] += seconds
            row[24] += plays
        new = [
            {
                "screen_id": screen_id,
                "publication_id": publication_id,
                "day": day,
                "seconds": sum(row[:24]),
                "plays": row[24],
                "hours": row[:24],
            }
            # always in the same order, so that no two wait for each other
            for (screen_id, publication_id, day), row in sorted(rows.items())
        ]
        self.env.cr.execute(
            """
            INSERT INTO yangguang_display_proof AS kept
                   (screen_id, publication_id, day, grade, seconds, plays, hours)
            SELECT screen_id, publication_id, day, %s, seconds, plays, hours
              FROM jsonb_to_recordset(%s::jsonb) AS new (
                   screen_id int, publication_id int, day date, seconds int, plays int, hours jsonb)
                ON CONFLICT (screen_id, publication_id, day, grade) DO UPDATE
               SET seconds = kept.seconds + EXCLUDED.seconds,
                   plays = kept.plays + EXCLUDED.plays,
                   hours = (
                   SELECT jsonb_agg(one.value::int + other.value::int ORDER BY number)
                     FROM jsonb_array_elements_text(kept.hours)
                          WITH ORDINALITY AS one (value, number)
                     JOIN jsonb_array_elements_text(EXCLUDED.hours)
                          WITH ORDINALITY AS other (value, number) USING (number))
            """,
            (grade, json.dumps(new)),
        )
        self.invalidate_model()

    @api.model
    def _take(self, caller, claims):
        """Counts what a player claims (`lib.proofs.Claim`) beyond what was counted before; gives
        the number of the last claim. What cannot be true becomes an alarm."""
        self.env.cr.execute(
            "SELECT sequence, paired_on FROM yangguang_player WHERE id = %s FOR UPDATE",
            (caller.player_id,),
        )
        last, paired_on = self.env.cr.fetchone()
        new = [claim for claim in claims if claim.sequence > (last or 0)]
        if not new:
            return last or 0
        known = self._known(caller.screen_id, {claim.serial for claim in new})
        good, bad = proofs.examine(
            new,
            {serial: codes.keys() for serial, codes in known.items()},
            self._counted(caller.screen_id, new),
            paired_on.replace(tzinfo=UTC),
            clock.to_local(clock.now()),
        )
        self._count(
            "player",
            [
                (
                    caller.screen_id,
                    known[claim.serial][claim.publication],
                    claim.hour,
                    claim.seconds,
                    claim.plays,
                )
                for claim in good
            ],
        )
        self.env["yangguang.player.alarm"]._note(
            caller, [_alarm(claim, reason) for claim, reason in bad]
        )
        self.env.cr.execute(
            "UPDATE yangguang_player SET sequence = %s WHERE id = %s",
            (new[-1].sequence, caller.player_id),
        )
        return new[-1].sequence

    def _known(self, screen_id, serials):
        """For each programme of a screen its publications: ids by public code."""
        programmes = self.env["yangguang.programme"].sudo()
        told = programmes.search([("screen_id", "=", screen_id), ("number", "in", list(serials))])
        codes = {one.number: proofs.publications(one._content()) for one in told}
        publications = self.env["yangguang.publication"].sudo()
        found = publications.search_fetch(
            [("code", "in", list(set().union(*codes.values())))], ["code"]
        )
        ids = {publication.code: publication.id for publication in found}
        return {
            number: {code: ids[code] for code in some if code in ids}
            for number, some in codes.items()
        }

    def _counted(self, screen_id, claims):
        """The seconds that are counted already in the hours of `claims`."""
        hours = {claim.hour: clock.to_local(claim.hour) for claim in claims}
        rows = self.sudo().search_fetch(
            [
                ("screen_id", "=", screen_id),
                ("grade", "=", "player"),
                ("day", "in", [local.date() for local in hours.values()]),
            ],
            ["day", "hours"],
        )
        return {
            hour: sum(row.hours[local.hour] for row in rows if row.day == local.date())
            for hour, local in hours.items()
        }


def _alarm(claim, reason):
    return {
        "kind": "proof",
        "detail": f"{reason} {claim.publication} {claim.hour:%Y-%m-%dT%HZ} {claim.seconds} s",
    }
