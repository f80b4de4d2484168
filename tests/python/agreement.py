"""Compares `rubricate agreement` with libraries that others made, on random annotations.

  python3 -m venv v && v/bin/pip install -r tests/python/requirements.txt
  cargo build --no-default-features --features cli
  v/bin/python tests/python/agreement.py target/debug/rubricate

Cohen's kappa is compared with scikit-learn, over one label and over sets of labels. Krippendorff's
alpha is compared with `krippendorff-unitized-alpha` (the form of 2016), of two and of three
annotators, and, where every span is one code point long, with `krippendorff` (nominal). Precision,
recall and F1 are compared with scikit-learn's, the spans of both annotators being the items that each
of them has or has not. The first form of alpha (1995) is compared with what its definition gives when
every pair of sections is looked at. The exit code is 0 if all agree, 1 if one differs.
"""

import json
import random
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import krippendorff
import numpy
from krippendorff_unitized_alpha import krippendorffs_unitized_alpha as unitized
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support

LABELS = ["claim", "quote"]

# Where nothing varies, scikit-learn warns; what is given then is compared all the same.
warnings.simplefilter("ignore")


def spans(length, longest, chance):
    """Spans of one label that don't overlap: (start, end)."""
    found, at = [], 0
    while at < length:
        if chance.random() < 0.2:
            end = min(length, at + chance.randint(1, longest))
            found.append((at, end))
            at = end
        else:
            at += chance.randint(1, longest)
    return found


def dataset(path, name, work, length):
    """A file of our JSON: one document, as one annotator leaves it."""
    annotations = [
        {
            "document": "d",
            "label": label,
            "position": {"start": start, "end": end},
            "quote": {"exact": "x" * (end - start)},
            "creator": name,
        }
        for label in LABELS
        for start, end in work[label]
    ]
    path.write_text(json.dumps({
        "format": "span-annotations",
        "version": "1.0.0",
        "offset_unit": "unicode_code_point",
        "labels": [{"id": label, "name": label} for label in LABELS],
        "documents": [{"id": "d", "text": "x" * length, "metadata": {"state": "done"}}],
        "annotations": annotations,
    }))


def covered(work, label, length):
    row = numpy.zeros(length, dtype=int)
    for start, end in work[label]:
        row[start:end] = 1
    return row


def kappa(first, second):
    value = cohen_kappa_score(first, second)
    return None if numpy.isnan(value) else value


def sections(ranges, length):
    """Units and gaps, in order: (start, end, is a unit)."""
    row, at = [], 0
    for start, end in sorted(ranges):
        if start > at:
            row.append((at, start, False))
        row.append((start, end, True))
        at = end
    if at < length:
        row.append((at, length, False))
    return row


def alpha(works, label, length):
    """The form of 2016, or None where nothing varies."""
    tag = {True: label, False: unitized.EMPTY_TAG}
    data = {
        str(at): [unitized.Segment(tag[unit], start, end) for start, end, unit in sections(work[label], length)]
        for at, work in enumerate(works)
    }
    if len({segment.tag for row in data.values() for segment in row}) < 2:
        return None
    return unitized.KrippendorffUnitizedAlpha(data).result


def alpha_1995(works, label, length):
    """The form of 1995 by its definition, every pair of sections looked at."""
    rows = [sections(work[label], length) for work in works]
    units = [end - start for row in rows for start, end, unit in row if unit]
    gaps = [end - start for row in rows for start, end, unit in row if not unit]
    if not units:
        return None
    observed = 0
    for i, ours in enumerate(rows):
        for j, theirs in enumerate(rows):
            for a, b, unit in ours if i != j else []:
                for c, d, other in theirs:
                    if unit and other and a < d and c < b:
                        observed += (a - c) ** 2 + (b - d) ** 2
                    elif unit and not other and c <= a and b <= d:
                        observed += (b - a) ** 2
                    elif other and not unit and a <= c and d <= b:
                        observed += (d - c) ** 2
    m = len(rows)
    observed /= m * (m - 1) * length**2
    expected = 0
    for l in units:
        expected += (len(units) - 1) * (2 * l**3 - 3 * l**2 + l) / 3
        expected += l**2 * sum(g - l + 1 for g in gaps if g >= l)
    expected *= 2 / length
    expected /= m * length * (m * length - 1) - sum(l * (l - 1) for l in units)
    return 1 - observed / expected


def exact(first, second):
    """Precision, recall and F1 of spans, each being an item that an annotator has or has not."""
    items = sorted(set(first) | set(second))
    if not first or not second:
        return None
    has = [[item in of for item in items] for of in (first, second)]
    precision, recall, f1, _ = precision_recall_fscore_support(*has, average="binary", zero_division=0)
    return precision, recall, f1


def rows(program, files):
    out = subprocess.run(
        [program, "agreement", *files, "--as", "json"], capture_output=True, text=True, check=True
    ).stdout
    return json.loads(out)["agreement"]


class Comparison:
    def __init__(self):
        self.compared, self.different = {}, 0

    def same(self, what, case, got, expected):
        self.compared[what] = self.compared.get(what, 0) + 1
        near = got is None and expected is None
        if got is not None and expected is not None:
            near = abs(got - expected) < 2e-6
        if not near:
            self.different += 1
            print(f"{what}, case {case}: {got}, not {expected}")


def main(program):
    comparison = Comparison()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        for case in range(60):
            length = chance.randint(20, 400)
            longest = 1 if case % 3 == 0 else chance.randint(2, 40)
            names = ["Ada", "Ben", "Cleo"][: 2 + case % 2]
            works, files = [], []
            for name in names:
                work = {label: spans(length, longest, chance) for label in LABELS}
                path = Path(folder, f"{name}.json")
                dataset(path, name, work, length)
                works.append(work)
                files.append(path)
            found = rows(program, files)
            compare(comparison, case, names, works, length, longest, found)
    for what, count in comparison.compared.items():
        print(f"{what}: {count} compared")
    print(f"{comparison.different} differ")
    return 1 if comparison.different or not comparison.compared else 0


def compare(comparison, case, names, works, length, longest, found):
    def row(label, first, second):
        match = [r for r in found if (r["label"], r["first"], r["second"]) == (label, first, second)]
        return match[0] if match else None

    pairs = [(0, 1)] if len(names) == 2 else [(0, 1), (0, 2), (1, 2)]
    for a, b in pairs:
        pair = (works[a], works[b])
        for label in LABELS:
            got = row(label, names[a], names[b])
            if got is None:
                assert not pair[0][label] and not pair[1][label]
                continue
            expected = kappa(*(covered(work, label, length) for work in pair))
            comparison.same("kappa of a label", case, got["kappa"], expected)
            comparison.same("alpha of two", case, got["alpha"], alpha(pair, label, length))
            comparison.same("alpha of 1995", case, got["alpha_1995"], alpha_1995(pair, label, length))
            figures = exact(pair[0][label], pair[1][label])
            for name, expected in zip(("precision", "recall", "f1"), figures or ()):
                comparison.same(f"exact {name}", case, got[f"exact_{name}"], expected)
            if longest == 1 and got["alpha"] is not None:
                values = [covered(work, label, length) for work in pair]
                expected = krippendorff.alpha(values, level_of_measurement="nominal")
                comparison.same("nominal alpha of single code points", case, got["alpha"], expected)
        sets = [sum(covered(work, l, length) << at for at, l in enumerate(LABELS)) for work in pair]
        got = row("*", names[a], names[b])
        comparison.same("kappa of sets of labels", case, got["kappa"], kappa(*sets))
    if len(names) == 3:
        for label in LABELS:
            got = row(label, "*", "*")
            if got is not None:
                comparison.same("alpha of three", case, got["alpha"], alpha(works, label, length))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
