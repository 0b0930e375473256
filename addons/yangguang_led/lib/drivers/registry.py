"""Which control cards can be driven, and which cannot, with what to use instead.

A new driver is a module and a line here.
"""

from .base import Driver
from .colorlight_ctl import ColorlightCtl
from .huidu_sdk2 import HuiduSdk2
from .novastar_ctl import NovastarCtl
from .onbon_k import OnbonK
from .onbon_y import OnbonY

DRIVERS: dict[str, type[Driver]] = {
    driver.key: driver for driver in (OnbonK, OnbonY, HuiduSdk2, NovastarCtl, ColorlightCtl)
}

_WITH_PLAYER = "请在发送卡前接一台安卓盒或电脑，用网页播放器播放；或者换成能接入的控制卡。"

# families whose language is not public, so that nobody can drive them rightly -> what to do
UNSUPPORTED: dict[str, str] = {
    "中航ZH系列": f"中航的控制卡没有公开协议。{_WITH_PLAYER}",
    "励研": f"励研的控制卡没有公开协议。{_WITH_PLAYER}",
    "卡莱特A系列、C系列播放盒": f"卡莱特播放盒的局域网协议没有公开。{_WITH_PLAYER}",
    "诺瓦Taurus（局域网）": f"诺瓦Taurus的局域网协议没有公开。{_WITH_PLAYER}",
    "JetFile II": f"JetFile II上传图片的格式没有公开。{_WITH_PLAYER}",
    "仰邦5E、6E、6M图文卡": "仰邦单双色图文卡的点阵格式没有公开。"
    "请换成仰邦BX-5K/6K字库卡，或者在发送卡前接安卓盒，用网页播放器播放。",
    "仰邦Y系列（主动连接服务器）": "仰邦Y系列主动连接服务器的方式没有公开。"
    "请在村里装代理程序，由它在局域网内连接。",
    "灰度HD2020、Gen6单双色卡": f"灰度单双色卡没有公开协议。{_WITH_PLAYER}",
}
