"""The kinds of personal data that are looked for, and how each is shown and treated."""

from typing import NamedTuple

# a check digit or a strict shape tells: it is one
BLOCK = "block"
# words around it tell: somebody has to look
CONFIRM = "confirm"


class Kind(NamedTuple):
    """`mask` is a kind of `masking.mask`; `severity` is BLOCK or CONFIRM."""

    label: str
    mask: str
    severity: str = BLOCK


KINDS = {
    "id_card": Kind("身份证号", "id_card"),
    "minor_id": Kind("不满十四周岁儿童的身份证号", "id_card"),
    "mobile": Kind("手机号", "phone"),
    "landline": Kind("固定电话", "phone", CONFIRM),
    "foreign_phone": Kind("境外电话", "hidden"),
    "bank_card": Kind("银行卡号", "bank"),
    "account": Kind("社保卡、存折或银行账号", "bank"),
    "passport": Kind("护照或通行证号", "document_number"),
    "plate": Kind("车牌号", "document_number"),
    "email": Kind("电子邮箱", "email"),
    "minor_birth": Kind("不满十四周岁儿童的出生日期", "hidden"),
    "health": Kind("个人健康或残疾状况", "hidden", CONFIRM),
    "address": Kind("门牌住址", "hidden", CONFIRM),
    "location": Kind("拍摄位置", "hidden"),
}
