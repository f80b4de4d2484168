"""What the programs beside this one share: the gold, and the comparison with it.

Each program loads an exported file with the library that people load that format with, and hands
`compare` what came of it: for each document its text and its spans (start, end, label), in code points.

    python load_w3c.py FILE ../golden/consumers.json
"""

import json
import sys
from collections import Counter
from pathlib import Path


class Gold:
    """The documents as they were before the export."""

    def __init__(self, path, flat=False):
        self.documents = json.loads(Path(path).read_text(encoding="utf-8"))["documents"]
        self.flat = flat

    def of(self, identifier):
        return next(document for document in self.documents if document["id"] == identifier)

    def spans(self, document):
        """The spans that have to come back; of overlapping ones the longest alone, where that is so."""
        return [tuple(span) for span in document["flat" if self.flat else "spans"]]


def compare(documents, gold):
    """Ends with an error at the first thing that differs. `documents`: pairs of text and spans."""
    documents = list(documents)
    if len(documents) != len(gold.documents):
        sys.exit(f"{len(documents)} documents came back of {len(gold.documents)}")
    left = list(gold.documents)
    for text, spans in documents:
        found = next((d for d in left if text in (None, d["text"])), None)
        if found is None:
            sys.exit(f"no document has the text {text!r}")
        left.remove(found)
        wanted, got = Counter(gold.spans(found)), Counter(map(tuple, spans))
        if wanted != got:
            sys.exit(f"{found['id']}: missing {sorted((wanted - got).elements())}, "
                     f"instead {sorted((got - wanted).elements())}")
    count = sum(len(gold.spans(document)) for document in gold.documents)
    print(f"{count} spans of {len(documents)} documents came back")


def arguments():
    """The files (the first is the main one of the first document) and the gold's path."""
    *files, gold = sys.argv[1:]
    return [Path(file) for file in files], gold
