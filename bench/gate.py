"""How fast text is read for personal data with every detector on. Limit: 5 MB a second of one
processor's time."""

import random
import statistics
import time
from datetime import date

from odoo.addons.yangguang_cunwu.lib import privacy

from . import harness

MEGABYTES = 5
TODAY = date(2026, 3, 31)
ROUNDS = 5

# what a village writes: sentences with amounts, dates, numbers of contracts and vouchers
_SENTENCES = (
    "{village}村民委员会关于{year}年第{quarter}季度财务收支情况的公示。",
    "本季度收入{amount}元,其中集体土地发包收入{amount}元;支出{amount}元。",
    "{year}年{month}月{day}日,经村民代表会议讨论通过,应到45人,实到41人,同意39人。",
    "村道硬底化工程由南湖建筑有限公司承建,合同编号HT-{year}-{number},工期九十天。",
    "付{name}铺水泥路人工费{amount}元,凭证记-{number},经手人:{name},证明人:{name}。",
    "为做好防汛工作,请各村民小组及时清理沟渠,老人、儿童和残疾人由干部上门帮扶。",
    "医疗保险参保缴费即日开始,两癌筛查和高血压、糖尿病随访服务由卫生院免费提供。",
    "承包户{name}承包鱼塘{number}亩,承包期自{year}年{month}月起,年租金{amount}元。",
)
_FIELDS = {
    "village": lambda choice: choice.choice(("东安", "南湖", "林溪", "西岭")),
    "year": lambda choice: str(choice.randint(2019, 2026)),
    "quarter": lambda choice: choice.choice("一二三四"),
    "month": lambda choice: str(choice.randint(1, 12)),
    "day": lambda choice: str(choice.randint(1, 28)),
    "amount": lambda choice: f"{choice.randint(100, 999999)}.00",
    "number": lambda choice: f"{choice.randint(1, 999):03}",
    "name": lambda choice: choice.choice(("林建国", "陈小芳", "黄桂英", "谢志强")),
}


def main():
    texts = list(_texts())
    size = sum(len(text.encode()) for text in texts) / 1e6
    expected = len(texts)
    seconds = statistics.median(_scan(texts, expected) for _round in range(ROUNDS))
    harness.report("gate", "megabytes_a_second", size / seconds, 5, at_least=True)


def _texts():
    """Texts of some 50 kB with one telephone number each, so that nothing is skipped unread."""
    choice = random.Random(5)
    for _number in range(MEGABYTES * 20):
        sentences = [_sentence(choice) for _ in range(500)]
        sentences.append(f"联系人{_FIELDS['name'](choice)}:1380000{choice.randint(1000, 9999)}。")
        choice.shuffle(sentences)
        yield "".join(sentences)


def _sentence(choice):
    template = choice.choice(_SENTENCES)
    return template.format(**{field: draw(choice) for field, draw in _FIELDS.items()})


def _scan(texts, expected):
    """Seconds of the processor that reading `texts` takes, whatever else the machine does."""
    started = time.process_time()
    found = sum(len(privacy.scan(text, TODAY)) for text in texts)
    seconds = time.process_time() - started
    if found != expected:
        raise ValueError(f"{found} numbers found of {expected}")
    return seconds
