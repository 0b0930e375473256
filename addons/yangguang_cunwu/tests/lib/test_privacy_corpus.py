"""How much of what is planted is found, and how much of what is found was planted."""

from collections import Counter

import corpus
from planted import TODAY

from odoo.addons.yangguang_cunwu.lib.files import inspect

# the least share of planted tokens that must be found
RECALL = {"id_card": 0.995, "minor_id": 0.995}
RECALL |= dict.fromkeys(("mobile", "landline", "foreign_phone", "bank_card"), 0.97)
OTHER_RECALL = 0.95
PRECISION = 0.95


def test_recall_and_precision_over_the_corpus():
    planted, found, wrong = Counter(), Counter(), Counter()
    files = look_alikes = 0
    missed = []
    for case in corpus.cases():
        report = inspect(case.name, case.content, TODAY)
        assert report.problems == [], case.name
        files += 1
        look_alikes += case.look_alikes
        told = Counter((finding.hit.kind, finding.hit.value) for finding in report.findings)
        for token in case.tokens:
            planted[token.kind] += 1
            if told[token.kind, token.value]:
                told[token.kind, token.value] -= 1
                found[token.kind] += 1
            else:
                missed.append((case.name, token))
        for (kind, value), count in (+told).items():
            wrong[kind] += count
            missed.append((case.name, "wrong", kind, value))
        for token in case.erased:
            planted[token.kind] += 1
            found[token.kind] += token.text.encode() not in report.content and bool(report.notes)
    assert files >= 300
    assert planted.total() >= 2000
    assert look_alikes >= 500
    for kind, count in sorted(planted.items()):
        recall = found[kind] / count
        print(f"{kind}: {count} planted, recall {recall:.2%}, {wrong[kind]} wrong")
        assert recall >= RECALL.get(kind, OTHER_RECALL), missed
    precision = found.total() / (found.total() + wrong.total())
    print(f"{files} files, {planted.total()} planted, {look_alikes} look-alikes, {precision:.2%}")
    assert precision >= PRECISION, missed
