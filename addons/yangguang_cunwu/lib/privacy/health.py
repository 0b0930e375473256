"""Illness and disability told of a person: words of it beside a name.

A word alone is no hit: notices about screenings and insurance are full of them. It is one beside
a name in the same clause, or in a row that names a person.
"""

import re
from collections.abc import Iterator

from .numbers import Found

_GRADES = "一二三四壹贰叁肆1234"
_SENSES = "肢视听言智精"
# every branch begins with a character of its own, so that the search skips over all others
_WORD = re.compile(
    "|".join(
        (
            rf"残疾(?:等级)?\s?[:(]?\s?[{_GRADES}]\s?级",
            *(rf"{grade}级(?:[\u4e00-\u9fff]{{2}})?(?:残疾|伤残)" for grade in _GRADES),
            *(f"{sense}残" for sense in _SENSES),
            "肢体残疾|视力残疾|听力残疾|言语残疾|智力残疾|精神残疾|多重残疾",
            "聋哑|失明|智障|弱智|瘫痪|偏瘫|截瘫|截肢|尿毒症|透析|肾衰竭?|癌症?|恶性肿瘤|脑瘤|白血病|淋巴瘤",
            "艾滋病?|梅毒|精神病|精神分裂症?|精神障碍|抑郁症?|躁郁症?|自闭症|孤独症|癫痫|脑瘫|痴呆|帕金森",
            "乙肝|丙肝|肝硬化|肺结核|尘肺|糖尿病|高血压|冠心病|心脏病|心肌梗[死塞]|脑梗[死塞]?|脑出血|中风(?!险)",
            "红斑狼疮|血友病|地中海贫血|麻风|吸毒|戒毒|不孕|流产|HIV",
        )
    )
)
_ORGAN = re.compile("[肺肝胃肠腺道咽颈血骨]")
# a word followed by one of these tells of a measure, not of a person
_MEASURE = re.compile(
    "(?:患者|病人|患病)?(?:人群|家庭)?(?:免费|早期|等)?"
    "(?:筛查|防治|防控|预防|宣传|知识|讲座|义诊|普查|检查|保险|专科|医院|康复|签约|健康|管理|随访|日活动)"
    "|人?(?:两项|护理|生活)?补贴|人联合会"
)
_CLAUSE_END = re.compile(r"[。;\uff1b!\uff01?\uff1f\n]")
_BEFORE, _AFTER = 20, 8

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢路岳齐梅莫庄辛祝左涂谷祁舒耿牟"
    "卜路詹关苗凌纪靳盛童欧甄曲游阳裴席卫屈鲍覃霍翁隋甘薄包司柏宁柯阮桂闵丘纯佘蓝"
)
_COMPOUND = "欧阳|司徒|上官|诸葛|司马|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯"
_HAN = "[\u4e00-\u9fff]"
_NAME = rf"(?:(?:{_COMPOUND}|[{_SURNAMES}]){_HAN}{{1,2}}|[{_SURNAMES}][某*\u00d7X]{{1,2}})"
_NAME_CELL = re.compile(
    rf"\s*(?:{_NAME}|[{_SURNAMES}]\s+{_HAN})\s*(?:[(\uff08][^()\uff08\uff09]*[)\uff09])?\s*"
)
# what a name may follow, and be followed by, without a break
_BEFORE_NAME = (
    "村民|居民|户主|群众|党员|患者|病人|儿童|学生|同志|姓名|对象|成员|妻子|丈夫|儿子|女儿|母亲|父亲"
    "|之妻|之子|之女|由|为|给|向|对|助|问|户|人"
)
_AFTER_NAME = "患因系是身确得有被的同之母父妻女儿丈已属为老家一二三四查去长突先重肢视听言智精"
_OPENS = "|".join(rf"(?<={word})" for word in _BEFORE_NAME.split("|"))
_NAME_IN_TEXT = re.compile(
    rf"(?:(?<!{_HAN})|{_OPENS})(?P<name>{_NAME})(?=\Z|(?!{_HAN})|[{_AFTER_NAME}])", re.DOTALL
)
# words that begin like a name
_NO_NAMES = re.compile(
    "包括|应当|安全|安排|安置|安装|方便|方案|方式|高度|高龄|高血|时间|程度|常见|常年|任何|任务|金额|石材|黄牛|马上|康复|和谐|单位|许多"
    "|全面|成立|成员|万元|万人|水稻|平时|平安|计划|计生|白天|白血|关于|关心|关爱|严重|曾经|曾患|连续|何种|武装|文化|文件|文明|易地|明确"
    "|左右|汤药|章程|余额|龙头|江河|田间|毛利|阳光|游客|童年|季度|纪律|宁可|卫生|施工|于是|温馨|申请|申报|段落|史料|强化|路面|景区|乐于"
    "|常住|雷电|钱款|尹始|孔子|白内|祝愿|苗木|沈阳|石头|柏油|盛大|华侨|谷物|简单|贺信|鲁班|康养|单独|管理|费用"
)


def health(text: str, beside_name: bool) -> Iterator[Found]:
    """Yield the words; `beside_name` tells that the row names a person."""
    for match in _WORD.finditer(text):
        if _MEASURE.match(text, match.end()):
            continue
        start = _ORGAN.search(text, max(0, match.start() - 1), match.start())
        start = start.start() if start and match[0][0] == "癌" else match.start()
        if beside_name or _name_near(text, start, match.end()):
            yield Found("health", start, match.end(), text[start : match.end()])


def is_name(text: str) -> bool:
    """Whether a cell holds nothing but a person's name."""
    return bool(_NAME_CELL.fullmatch(text)) and not _NO_NAMES.match(text.strip())


def _name_near(text, start, end):
    before = _CLAUSE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _CLAUSE_END.split(text[end : end + _AFTER])[0]
    return any(_names(before)) or any(_names(after))


def _names(text):
    for match in _NAME_IN_TEXT.finditer(text):
        if not _NO_NAMES.match(match["name"]) and not _WORD.search(match["name"]):
            yield match["name"]
