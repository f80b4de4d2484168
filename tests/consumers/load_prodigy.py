"""Prodigy's tasks, done with spaCy as its documentation says. (Prodigy itself is not on PyPI.)"""
import json

import spacy
from consumer import Gold, arguments, compare
from spacy.tokens import Doc

[file], gold = arguments()
vocab = spacy.blank("xx").vocab
documents = []
for line in file.read_bytes().split(b"\n"):
    if not line:
        continue
    task = json.loads(line)
    tokens = task["tokens"]
    doc = Doc(vocab, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
    assert doc.text == task["text"]
    spans = []
    for span in task["spans"]:
        found = doc.char_span(span["start"], span["end"], label=span["label"])
        assert (found.start, found.end - 1) == (span["token_start"], span["token_end"]), span
        spans.append((found.start_char, found.end_char, found.label_))
    documents.append((doc.text, spans))
compare(documents, Gold(gold))
