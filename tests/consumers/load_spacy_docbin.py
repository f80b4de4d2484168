"""A training file, as spaCy's `DocBin` reads it."""
import spacy
from consumer import Gold, arguments, compare
from spacy.tokens import DocBin

[file], gold = arguments()
documents = DocBin().from_disk(file).get_docs(spacy.blank("xx").vocab)
compare(
    [(d.text, [(s.start_char, s.end_char, s.label_) for s in d.spans.get("sc", [])]) for d in documents],
    Gold(gold),
)
