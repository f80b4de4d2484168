"""doccano's JSON Lines, sliced in Python."""
import json

from consumer import Gold, arguments, compare

[file], gold = arguments()
rows = [json.loads(line) for line in file.read_bytes().split(b"\n") if line]
compare([(row["text"], row["label"]) for row in rows], Gold(gold))
