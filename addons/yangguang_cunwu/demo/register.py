"""Tables about the village itself and the people in office there."""

from datetime import date, timedelta
from random import Random

from .maker import Maker
from .people import Names, Staff
from .places import Village

TERM_START, TERM_END = date(2025, 12, 10), date(2030, 12, 9)
# role, organisation, post, duties
_POSTS = (
    ("secretary", "party", "书记", "主持全面工作"),
    ("director", "vc", "主任", "主持{village.villagers}委员会工作"),
    ("clerk", "vc", "工作人员", "{village.affairs}公开、档案和便民服务"),
    ("supervisor_chair", "vsc", "主任", "监督委员会全面工作、民主理财"),
    ("supervisor", "vsc", "委员", "票据审核、项目监督"),
)
_COLLECTIVE_POSTS = (
    ("secretary", "rceo_board", "理事长", "集体资产经营和合同管理"),
    ("supervisor_chair", "rceo_sup", "监事长", "监督集体财务和收益分配"),
)
_SERVICES = (
    "社保、医保缴费代办",
    "低保、临时救助申请代办",
    "宅基地和农房建设申请代办",
    "证明事项和惠农补贴咨询",
)


class Register(Maker):
    """Items that list offices, representatives, basic figures and who is on duty."""

    TABLES = {
        "GK02": "_figures",
        "GK03": "_offices",
        "GK04": "_representatives",
        "GK08": "_roster",
        "DW01": "_party",
        "JD01": "_supervisors",
    }

    def __init__(self, village: Village, staff: Staff):
        self.village = village
        self.staff = staff

    def _holders(self, role):
        return self.staff.holders(role, self.village.code)

    def _figures(self, period):
        village = self.village
        figures = [
            ("pop", "户籍户数", village.households, "户"),
            ("pop", "户籍人口", village.people, "人"),
            ("pop", "六十周岁以上人口", village.people * 19 // 100, "人"),
            ("fac", "文化广场", 1, "处"),
            ("fac", "卫生站", 1, "间"),
            ("org", "党员", village.people // 16, "人"),
            ("org", f"{village.villagers}小组", village.groups, "个"),
        ]
        if not village.is_community:
            figures[3:3] = [
                ("land", "耕地面积", village.farmland, "亩"),
                ("land", "林地面积", village.forest, "亩"),
                ("econ", "集体经营性收入", "5.16", "万元"),
            ]
        day = period.end.isoformat()
        return [
            {"cat": cat, "indicator": indicator, "value": str(value), "unit": unit, "as_of": day}
            for cat, indicator, value, unit in figures
        ]

    def _offices(self, _period):
        terms = {"term_start": TERM_START.isoformat(), "term_end": TERM_END.isoformat()}
        posts = _POSTS if self.village.is_community else _POSTS + _COLLECTIVE_POSTS
        return [
            {
                "org": org,
                "name": person.name,
                "position": post,
                "duties": duties.format(village=self.village),
                "concurrent": self._also(role, person),
                **terms,
                "office_phone": self.village.phone,
            }
            for role, org, post, duties in posts
            for person in self._holders(role)
        ]

    def _also(self, role, person):
        if role == "secretary" and person in self._holders("director"):
            return f"{self.village.villagers}委员会主任"
        return None

    def _representatives(self, _period):
        names = Names(f"representatives {self.village.code}")
        households = self.village.households // self.village.groups
        rows = []
        for group in self.village.group_names:
            rows.append(self._delegate("head", group, names, households))
            rows += [self._delegate("rep", group, names, 12) for _place in range(4)]
        return rows

    def _delegate(self, role, group, names, households):
        name, sex = names.draw()
        return {
            "role": role,
            "group": group,
            "name": name,
            "gender": sex,
            "households": str(households),
            "term_end": TERM_END.isoformat(),
        }

    def _roster(self, period):
        people = [*self._holders("clerk"), *self._holders("deputy_clerk")]
        people += self._holders("director")
        days = (period.start + timedelta(days=number) for number in range(14))
        working = [day for day in days if day.weekday() < 5]
        random = Random(f"roster {self.village.code} {period.key}")
        return [
            {
                "date": day.isoformat(),
                "shift": random.choice(("am", "pm")),
                "name": people[number % len(people)].name,
                "services": _SERVICES[number % len(_SERVICES)],
                "place": "党群服务中心",
                "office_phone": self.village.phone,
            }
            for number, day in enumerate(working)
        ]

    def _party(self, _period):
        posts = (
            ("secretary", "书记", "主持全面工作，负责党建和意识形态"),
            ("clerk", "组织委员", "党员发展、党费和档案"),
            ("supervisor_chair", "纪检委员", "监督执纪和党务公开"),
        )
        return [
            {
                "org_name": f"{self.village.name}党支部",
                "org_type": "branch",
                "members": str(self.village.people // 16),
                "name": self._holders(role)[0].name,
                "position": post,
                "duties": duties,
                "term_end": TERM_END.isoformat(),
            }
            for role, post, duties in posts
        ]

    def _supervisors(self, _period):
        members = [
            ("chair", "finance", "民主理财、票据审核", self._holders("supervisor_chair")[0]),
            *(
                ("member", "manage", "工程项目和资产监督", person)
                for person in self._holders("supervisor")
            ),
        ]
        return [
            {
                "name": person.name,
                "post": post,
                "party_member": "yes" if post == "chair" else "no",
                "skill": skill,
                "relative_check": "pass",
                "term_start": TERM_START.isoformat(),
                "term_end": TERM_END.isoformat(),
                "duties": duties,
            }
            for post, skill, duties, person in members
        ]
