"""Our own JSON, by its schema and by slicing."""
import json
from pathlib import Path

import jsonschema
from consumer import Gold, arguments, compare

[file], gold = arguments()
data = json.loads(file.read_text(encoding="utf-8"))
schema = Path(__file__).parent.parent.parent / "schema/rubricate-1.schema.json"
jsonschema.validate(data, json.loads(schema.read_text(encoding="utf-8")))
spans = {document["id"]: [] for document in data["documents"]}
texts = {document["id"]: document["text"] for document in data["documents"]}
for annotation in data["annotations"]:
    document, position = annotation["document"], annotation["position"]
    start, end = position["start"], position["end"]
    assert texts[document][start:end] == annotation["quote"]["exact"], annotation
    spans[document].append((start, end, annotation["label"]))
compare([(texts[name], spans[name]) for name in texts], Gold(gold))
