"""Icons of the categories: what a pen draws in 24 × 24, without filling."""

_PATHS = {
    # 学习宣传: an open book
    1: "M12 6.5C10 5 7 4.6 3.5 5v13c3.5-.4 6.5 0 8.5 1.5 2-1.5 5-1.9 8.5-1.5V5C17 4.6"
    " 14 5 12 6.5Zm0 0v13",
    # 本村概况: a house
    2: "M3.5 11 12 4l8.5 7M6 9.5v10h12v-10M10 19.5v-5h4v5",
    # 党务公开: a flag
    3: "M6 21V4M6 4.5c4-2 7 2 12 0v9c-5 2-8-2-12 0",
    # 政务公开: a public building
    4: "M3.5 9.5 12 4l8.5 5.5ZM5.5 9.5V18M10 9.5V18M14 9.5V18M18.5 9.5V18M3.5 18h17M2.5 20.5h19",
    # 会议情况: people
    5: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 19.5c0-3.5 2.5-5.5 5.5-5.5s5.5 2"
    " 5.5 5.5M16.5 11a2.5 2.5 0 1 0 0-5M16.5 14c3 0 5 2 5 5.5",
    # 村务监督: a glass that looks closely
    6: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.2 15.2l5.3 5.3M7.8 10.5l2 2 3.5-3.5",
    # 财务往来: an account book
    7: "M5 3.5h14v17H5ZM9 7l3 4 3-4M12 11v6M9.5 12.2h5M9.5 14.6h5",
    # 集体三资: coins
    8: "M12 10c4 0 7-1.3 7-3s-3-3-7-3-7 1.3-7 3 3 3 7 3ZM5 7v5c0 1.7 3 3 7 3s7-1.3 7-3V7"
    "M5 12v5c0 1.7 3 3 7 3s7-1.3 7-3v-5",
    # 政府拨款: what comes in
    9: "M12 3.5v10M8 9.5l4 4 4-4M3.5 14.5v5h17v-5",
    # 公益项目: a heart
    10: "M12 19.5C6 15.5 3.5 12 3.5 8.8a4.3 4.3 0 0 1 8.5-1.3 4.3 4.3 0 0 1"
    " 8.5 1.3c0 3.2-2.5 6.7-8.5 10.7Z",
    # 回音壁: two voices
    11: "M3.5 5h12v8.5h-7L5 16.5v-3H3.5ZM18.5 9h2v8.5H19v3l-3.5-3H10v-1.5",
    # 通告栏: a loudspeaker
    12: "M4 10v4.5h3.5L16 19V5.5L7.5 10ZM19 9.5c1 .8 1.5 1.7 1.5 2.8s-.5 2-1.5"
    " 2.8M8 14.7 9.3 20H12l-1-4",
}
_SHEET = "M6 3.5h8.5l4 4v13H6ZM14.5 3.5v4h4M9 12h6.5M9 15.5h6.5"


def category(number):
    """Return the drawing for the category of that number; a sheet of paper for others."""
    return _PATHS.get(number, _SHEET)
