from odoo.addons.yangguang_cunwu.lib.directory import Directory, Place


def place(number, code, level, parent=None, active=True, complaint_phone=""):
    return Place(number, code, f"第{number}", "village", level, parent, active, "", complaint_phone)


DISTRICT = place(1, "100", 1, complaint_phone="12345")
TOWN = place(2, "110", 2, "100")
VILLAGE = place(3, "111", 3, "110", complaint_phone="6789")
MERGED = place(4, "112", 3, "110", active=False)
OTHER = place(5, "120", 2, "100")
DIRECTORY = Directory([OTHER, MERGED, VILLAGE, TOWN, DISTRICT])


def test_in_the_order_of_codes():
    assert [one.code for one in DIRECTORY] == ["100", "110", "111", "112", "120"]


def test_find():
    assert DIRECTORY.find("112") == MERGED
    assert DIRECTORY.find("999") is None


def test_children_are_active():
    assert DIRECTORY.children(None) == [DISTRICT]
    assert DIRECTORY.children(DISTRICT) == [TOWN, OTHER]
    assert DIRECTORY.children(TOWN) == [VILLAGE]
    assert DIRECTORY.children(VILLAGE) == []


def test_path():
    assert DIRECTORY.path(VILLAGE) == [DISTRICT, TOWN, VILLAGE]


def test_below_holds_merged_villages():
    assert DIRECTORY.below(TOWN) == [TOWN, VILLAGE, MERGED]
    assert DIRECTORY.below(OTHER) == [OTHER]


def test_nearest_complaint_phone():
    assert DIRECTORY.complaint_phone(VILLAGE) == "6789"
    assert DIRECTORY.complaint_phone(MERGED) == "12345"
    assert Directory([place(1, "1", 1)]).complaint_phone(place(1, "1", 1)) == ""
