"""spaCy's JSON, as `Doc.from_json` reads it."""
import json

import spacy
from consumer import Gold, arguments, compare
from spacy.tokens import Doc

[file], gold = arguments()
vocab = spacy.blank("xx").vocab
lines = [line for line in file.read_bytes().split(b"\n") if line]
documents = [Doc(vocab).from_json(json.loads(line), validate=True) for line in lines]
compare(
    [(d.text, [(s.start_char, s.end_char, s.label_) for s in d.spans["sc"]]) for d in documents],
    Gold(gold),
)
