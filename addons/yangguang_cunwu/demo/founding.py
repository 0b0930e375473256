"""Makes the places, the people and their accounts."""

from datetime import date

from odoo.fields import Command

from .people import Person, Staff
from .places import District
from .register import TERM_START


def found(
    env, district: District, staff: Staff, joined: dict[str, date], password: str
) -> dict[tuple[str, str], list]:
    """Make everything that is there before the first sheet; gives the users by (role, place).

    `joined` tells from which day on each village, by its code, owes its disclosures here.
    Accounts of a real district are issued with one-time codes; here everybody gets `password`.
    """
    divisions = _places(env, district, joined)
    persons = _persons(env, staff, divisions)
    _relatives(env, district, staff, divisions, persons)
    _accounts(env, staff, persons, password)
    _appoint(env, staff, divisions, persons)
    users = {}
    for person in staff.people:
        for office in person.offices:
            user = persons[person.login].user_ids
            users.setdefault((office.role, office.place), []).append(user)
    return users


def _places(env, district, joined):
    """`{code: division}` of all places, with the groups and the collectives of the villages."""
    phones = {"phone": district.phone, "complaint_phone": district.phone}
    root = {"name": district.name, "code": district.code, "kind": "district"}
    top = env["yangguang.division"].create(root | phones)
    divisions = {top.code: top}
    for town in district.towns:
        values = {"name": town.name, "code": town.code, "kind": town.kind, "parent_id": top.id}
        divisions[town.code] = top.create(
            values | {"phone": town.phone, "complaint_phone": town.phone}
        )
    for town in district.towns:
        villages = top.create(
            [
                {
                    "name": village.name,
                    "code": village.code,
                    "kind": village.kind,
                    "parent_id": divisions[town.code].id,
                    "discloses_from": joined[village.code],
                    "seat": f"{village.name}党群服务中心",
                    "phone": village.phone,
                    "complaint_phone": town.phone,
                }
                for village in town.villages
            ]
        )
        divisions |= {one.code: one for one in villages}
    top.create(
        [
            {
                "name": name,
                "code": f"{village.code}-{number:02}",
                "kind": "group",
                "parent_id": divisions[village.code].id,
            }
            for village in district.villages
            for number, name in enumerate(village.group_names, start=1)
        ]
    )
    env["yangguang.collective"].create(
        [
            {"name": village.collective, "division_id": divisions[village.code].id}
            for village in district.villages
            if not village.is_community
        ]
    )
    return divisions


def _persons(env, staff, divisions):
    """`{login: partner}` of everybody who holds an office."""
    partners = env["res.partner"].create(
        [
            {"name": person.name, "division_id": divisions[person.home].id, "tz": "Asia/Shanghai"}
            for person in staff.people
        ]
    )
    return dict(zip((person.login for person in staff.people), partners, strict=True))


def _relatives(env, district, staff, divisions, persons):
    for kind, person, name, home in staff.relatives(district):
        relative = env["res.partner"].create({"name": name, "division_id": divisions[home].id})
        env["yangguang.relation"].create(
            {"person_id": persons[person.login].id, "relative_id": relative.id, "kind": kind}
        )


def _accounts(env, staff, persons, password):
    portal = env.ref("base.group_portal")
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "partner_id": persons[person.login].id,
                    "login": person.login,
                    "lang": "zh_CN",
                    "tz": "Asia/Shanghai",
                    "group_ids": [Command.set(portal.ids)],
                    "notification_type": "email",
                }
                for person in staff.people
            ]
        )
    )
    # one hash for all, as they share the password: each would cost half a second
    hashed = users._crypt_context().hash(password)
    for user in users:
        user._set_encrypted_password(user.id, hashed)


def _appoint(env, staff, divisions, persons):
    departments = {one.code: one for one in env["yangguang.department"].search([])}
    env["yangguang.appointment"].create(
        [
            {
                "person_id": persons[person.login].id,
                "division_id": divisions[office.place].id,
                "role": office.role,
                "department_id": departments[office.department].id if office.department else False,
                "date_from": TERM_START,
                "paper": f"青组〔2025〕{number}号",
            }
            for number, person in enumerate(staff.people, start=1)
            for office in person.offices
        ]
    )


def logins(district: District, people: list[Person], labels: dict[str, str], password: str) -> str:
    """The table of logins: login, password, and who that is; columns end with tabs."""
    places = {district.code: district.name}
    for town in district.towns:
        places[town.code] = town.name
        places |= {village.code: f"{town.name}{village.name}" for village in town.villages}
    lines = []
    for person in people:
        offices = "、".join(f"{places[one.place]} {labels[one.role]}" for one in person.offices)
        lines.append(f"{person.login}\t{password}\t{offices} {person.name}\n")
    return "".join(lines)
