"""PubAnnotation's JSON, by the checks of its own server. (It is no Python program.)"""
import json

from consumer import Gold, arguments, compare

files, gold = arguments()
documents = []
for file in files:
    data = json.loads(file.read_text(encoding="utf-8"))
    spans = []
    for denotation in data["denotations"]:
        begin, end = denotation["span"]["begin"], denotation["span"]["end"]
        assert 0 <= begin < end <= len(data["text"]), denotation
        spans.append((begin, end, denotation["obj"]))
    documents.append((data["text"], spans))
compare(documents, Gold(gold))
