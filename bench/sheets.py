"""Sheets to measure with: signed ones ready to publish, and many publications at once."""

from odoo.addons.yangguang_cunwu.lib import canonical, chain, clock, content_check

PASSWORD = "Bench-password-1"
_VILLAGE_ROLES = (
    "clerk",
    "deputy_clerk",
    "secretary",
    "director",
    "supervisor_chair",
    "supervisor",
)
_TOWN_ROLES = ("town_officer", "town_accountant")
_NAMES = {
    "clerk": "陈小芳",
    "deputy_clerk": "林志强",
    "secretary": "郑国平",
    "director": "黄建军",
    "supervisor_chair": "吴桂兰",
    "supervisor": "许文彬",
    "town_officer": "谢丽华",
    "town_accountant": "罗秀英",
}
# far above what any chain of the demo reaches
_MASS_POSITION = 1_000_000
# from the top down
_PLACES = [
    ("测速区", "990999000000", "district"),
    ("测速镇", "990999999000", "town"),
    ("测速村", "990999999999", "village"),
]


class Village:
    """A village in a district of its own, with the offices that a sheet passes through."""

    def __init__(self, env):
        self.env = env
        self.division = env["yangguang.division"]
        for name, code, kind in _PLACES:
            self.division = self.division.create(
                {"name": name, "code": code, "kind": kind, "parent_id": self.division.id}
            )
        town = self.division.parent_id
        # one for all, as they share the password: each would cost half a second
        self._hashed = env["res.users"]._crypt_context().hash(PASSWORD)
        self.users = {role: self._user(role, self.division) for role in _VILLAGE_ROLES}
        self.users |= {role: self._user(role, town) for role in _TOWN_ROLES}
        env["yangguang.collective"].create(
            {"name": "测速村经济联合社", "division_id": self.division.id}
        )
        self.item = self._receipts_item(env)

    @classmethod
    def existing(cls, env):
        """The village that an earlier call has made."""
        village = cls.__new__(cls)
        village.env = env
        village.division = env["yangguang.division"].search([("code", "=", _PLACES[-1][1])])
        village.users = {
            role: env["res.users"].search([("login", "=", f"bench.{role}")]) for role in _NAMES
        }
        village.item = cls._receipts_item(env)
        return village

    @staticmethod
    def _receipts_item(env):
        edition = env["yangguang.edition"]._in_force("village", clock.today())
        return edition.item_ids.filtered(lambda item: item.code == "CW02")

    def _user(self, role, division):
        env = self.env
        person = env["res.partner"].create({"name": _NAMES[role], "division_id": division.id})
        user = env["res.users"].create(
            {
                "login": f"bench.{role}",
                "partner_id": person.id,
                "lang": "zh_CN",
                "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
            }
        )
        user._set_encrypted_password(user.id, self._hashed)
        env["yangguang.appointment"].create(
            {"person_id": person.id, "division_id": division.id, "role": role}
        )
        return user

    def signed(self, period_keys, rows=60):
        """A signed sheet of `rows` receipts for each period, ready to publish.

        One signature for all: checking a password is slow on purpose.
        """
        sheets = self.env["yangguang.disclosure"].with_user(self.users["clerk"])
        for period_key in period_keys:
            disclosure = self.submitted(period_key, rows)
            for role in ("supervisor_chair", "supervisor"):
                disclosure.with_user(self.users[role]).action_vote(True)
            sheets |= disclosure
        signing = sheets.with_user(self.users["secretary"])
        signing.action_sign(PASSWORD, {str(one.id): one._digest() for one in signing})
        return sheets

    def submitted(self, period_key, rows=60):
        """A sheet of `rows` receipts that waits for the committee."""
        disclosure = self.drafted(period_key, rows)
        disclosure.action_submit(content_check.POINTS)
        return disclosure

    def drafted(self, period_key, rows=60, clerk=None):
        """A filled draft of `rows` receipts."""
        disclosure = (
            self.env["yangguang.disclosure"]
            .with_user(clerk or self.users["clerk"])
            .create(
                {
                    "division_id": self.division.id,
                    "item_id": self.item.id,
                    "period_key": period_key,
                }
            )
        )
        disclosure.save_content(0, receipts(rows))
        return disclosure


def receipts(count):
    """Receipts and payments (CW02) of `count` rows that add up."""
    rows = [
        {
            "seq": str(number),
            "date": "2026-01-05",
            "voucher_no": f"银收{number:03}",
            "channel": "bank",
            "account": "501",
            "line2011": "in_contract",
            "summary": f"收第{number}号鱼塘2026年度承包款",
            "counterparty": "张三",
            "proof": "fin_receipt",
            "handler": "李四",
            "receipt": "100.00",
            "payment": "0.00",
        }
        for number in range(1, count + 1)
    ]
    header = {"opening_balance": "0.00", "closing_balance": f"{count * 100}.00"}
    return {"header": header, "rows": rows}


def multiply(env, publication, count, divisions=None):
    """Appends `count` copies of `publication`, envelope and page, by bare SQL.

    They are spread over `divisions` (its own, if none are given) and stay out of the chains'
    rows: this is mass to search among, not a history to verify.
    """
    cr = env.cr
    divisions = divisions or publication.division_id
    cr.execute("SELECT count(*) FROM yangguang_publication WHERE code LIKE 'BENCH%'")
    (present,) = cr.fetchone()
    envelope = canonical.canonical({"format": "bench"}).decode()
    cr.execute(
        """
        INSERT INTO yangguang_publication (code, division_id, division_code, division_name,
            town_name, item_id, item_code, item_name, category_number, category_name, title,
            period_key, period_label, audience, open_web, time, display_until, envelope, position,
            previous, link)
        SELECT 'BENCH' || number, division.id, division.code, division.name, p.town_name,
            p.item_id, p.item_code, p.item_name, p.category_number, p.category_name, p.title,
            p.period_key, p.period_label, p.audience, p.open_web, p.time, p.display_until, %s,
            %s + number, %s, %s
        FROM yangguang_publication p,
            generate_series(%s, %s) AS number
            JOIN yangguang_division division
                ON division.id = (%s::int[])[1 + number %% array_length(%s::int[], 1)]
        WHERE p.id = %s
        """,
        [
            envelope,
            _MASS_POSITION,
            chain.GENESIS,
            chain.GENESIS,
            present + 1,
            present + count,
            divisions.ids,
            divisions.ids,
            publication.id,
        ],
    )
    cr.execute(
        """
        INSERT INTO yangguang_public_page (publication_id, content, digest, pdf, pdf_digest, terms)
        SELECT p.id, page.content, page.digest, NULL, page.pdf_digest, page.terms
        FROM yangguang_publication p, yangguang_public_page page
        WHERE p.position > %s AND p.code LIKE 'BENCH%%' AND page.publication_id = %s
        """,
        [_MASS_POSITION + present, publication.id],
    )
    cr.execute(
        """
        INSERT INTO yangguang_publication_event (publication_id, kind, time)
        SELECT id, 'published', time FROM yangguang_publication
        WHERE position > %s AND code LIKE 'BENCH%%'
        """,
        [_MASS_POSITION + present],
    )
    cr.commit()
    cr.execute("ANALYZE")
