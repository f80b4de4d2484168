"""CoNLL-2003, BIO and BILOU, as seqeval reads them; the tokens are found in the text."""
import sys

from consumer import Gold, arguments, compare
from seqeval.scheme import BILOU, IOB2, Tokens

scheme = sys.argv.pop(1)
files, gold_path = arguments()
gold = Gold(gold_path, flat=True)
documents = []
for file in files:
    rows = [line.split("\t" if scheme != "conll2003" else " ") for line in file.read_text("utf-8").split("\n")]
    sentences, sentence = [], []
    for row in rows:
        if len(row) > 1 and row[0] != "-DOCSTART-":
            sentence.append((row[0], row[-1]))
        elif sentence:
            sentences.append(sentence)
            sentence = []
    words = [word for sentence in sentences for word, _ in sentence]
    joined = "".join(words)
    document = next(d for d in gold.documents if "".join(d["text"].split()) == joined)
    text, at, places = document["text"], 0, []
    for word in words:
        at = text.index(word, at)
        places.append((at, at + len(word)))
        at += len(word)
    spans, base = [], 0
    for sentence in sentences:
        tags = [tag for _, tag in sentence]
        for entity in Tokens(tags, {"bilou": BILOU}.get(scheme, IOB2)).entities:
            spans.append((places[base + entity.start][0], places[base + entity.end - 1][1], entity.tag))
        base += len(sentence)
    documents.append((text, spans))
compare(documents, gold)
