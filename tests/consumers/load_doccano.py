"""doccano's JSON Lines, sliced in UTF-16 code units as its page does."""
import json

from consumer import Gold, arguments, compare

[file], gold = arguments()
documents = []
for line in file.read_bytes().split(b"\n"):
    if not line:
        continue
    row = json.loads(line)
    units = row["text"].encode("utf-16-le")
    code_points = lambda at: len(units[: 2 * at].decode("utf-16-le"))
    documents.append((row["text"], [(code_points(s), code_points(e), l) for s, e, l in row["label"]]))
compare(documents, Gold(gold))
