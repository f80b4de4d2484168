"""A table, as pandas reads it. It has no texts, so documents go by their ids."""
import sys

import pandas
from consumer import Gold, arguments, compare

[file], gold = arguments()
gold = Gold(gold)
separator = "\t" if file.suffix == ".tsv" else ","
table = pandas.read_csv(file, sep=separator, keep_default_na=False, dtype={"doc_id": str})
documents = []
for document in gold.documents:
    rows = table[table["doc_id"] == document["id"]]
    for row in rows.itertuples():
        if document["text"][row.start : row.end] != row.text:
            sys.exit(f"{row.annotation_id}: {row.start} to {row.end} is not {row.text!r}")
    documents.append((document["text"], [(r.start, r.end, r.label) for r in rows.itertuples()]))
compare(documents, gold)
