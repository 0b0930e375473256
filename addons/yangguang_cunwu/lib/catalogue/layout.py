"""The sheets of the catalogue's workbook: which records each holds, under which headings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet `title` holds the table `name`; `fields` maps each field to its heading."""

    title: str
    name: str
    fields: dict[str, str]


_OPTION = {"value": "值", "label": "名称", "label_en": "英文名称"}

HEAD = {
    "code": "目录编码",
    "division_kind": "适用单位",
    "title": "目录名称",
    "effective": "生效日期",
    "status": "状态",
    "document_number": "文号",
}
HEAD_TITLE = "目录"

SHEETS = (
    Sheet("类别", "categories", {"code": "编码", "name": "名称", "name_en": "英文名称"}),
    Sheet(
        "事项",
        "items",
        {
            "code": "编码",
            "category_code": "类别",
            "name": "名称",
            "name_en": "英文名称",
            "content": "公开内容",
            "frequency": "频次",
            "deadline": "时限规则",
            "deadline_text": "时限",
            "min_display_days": "最少公开天数",
            "min_display_source": "天数依据",
            "retention": "保管期限",
            "department_codes": "指导部门",
            "forms": "形式",
            "template_code": "表格",
            "audience": "公开范围",
            "open_web": "互联网公开",
            "needs_signature": "须书记签名",
            "emergency": "可先发后审",
            "secrecy_check": "须保密审查",
            "legal_basis": "法律依据",
            "source": "来源",
            "confidence": "可信程度",
        },
    ),
    Sheet(
        "部门",
        "departments",
        {
            "code": "编码",
            "name": "名称",
            "name_en": "英文名称",
            "guides": "指导内容",
            "guides_en": "英文指导内容",
            "basis": "依据",
            "confidence": "可信程度",
        },
    ),
    Sheet(
        "表格",
        "templates",
        {
            "code": "编码",
            "item_code": "事项",
            "title": "标题",
            "title_en": "英文标题",
            "orientation": "方向",
            "paper": "纸张",
            "note": "说明",
            "header": "表头栏目",
        },
    ),
    Sheet(
        "列",
        "columns",
        {
            "template": "表格",
            "key": "列",
            "label": "名称",
            "type": "类型",
            "label_en": "英文名称",
            "required": "必填",
            "unit": "单位",
            "total": "合计",
            "mask": "遮盖",
            "internal": "仅内部",
            "option_set": "选项组",
        },
    ),
    Sheet("列选项", "column_options", {"template": "表格", "column": "列", **_OPTION}),
    Sheet(
        "规则",
        "rules",
        {"template": "表格", "kind": "种类", "expression": "公式", "message": "提示"},
    ),
    Sheet(
        "固定行",
        "fixed_rows",
        {
            "template": "表格",
            "key": "行",
            "label": "名称",
            "label_en": "英文名称",
            "formula": "公式",
        },
    ),
    Sheet(
        "固定行内容",
        "fixed_cells",
        {"template": "表格", "row": "行", "column": "列", "value": "内容"},
    ),
    Sheet("样例", "samples", {"template": "表格", "row": "行", "column": "列", "value": "内容"}),
    Sheet(
        "表头栏目",
        "header_fields",
        {
            "key": "栏目",
            "label": "名称",
            "type": "类型",
            "label_en": "英文名称",
            "required": "必填",
            "automatic": "自动填写",
            "unit": "单位",
        },
    ),
    Sheet("选项组", "option_sets", {"option_set": "选项组", **_OPTION}),
    Sheet(
        "勾稽关系",
        "cross_checks",
        {
            "code": "编码",
            "message": "提示",
            "left.item_code": "左表",
            "left.column": "左列",
            "left.header": "左表头",
            "left.where": "左条件",
            "left.group_by": "左分组",
            "left.all_periods": "左表含历期",
            "relation": "关系",
            "right.item_code": "右表",
            "right.column": "右列",
            "right.header": "右表头",
            "right.where": "右条件",
            "right.group_by": "右分组",
            "right.all_periods": "右表含历期",
            "match": "对应",
            "absent_is_empty": "缺右表作空表",
        },
    ),
    Sheet(
        "参数",
        "parameters",
        {"code": "编码", "label": "名称", "value": "数值", "unit": "单位", "basis": "依据"},
    ),
    Sheet("科目对照", "line_accounts", {"line": "公开项目", "accounts": "会计科目"}),
)
