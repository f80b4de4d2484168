"""JSON Lines with their card, as `datasets` loads the folder."""
import os
import tempfile

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")
import datasets
from consumer import Gold, arguments, compare

[file, *_], gold = arguments()
with tempfile.TemporaryDirectory() as cache:
    rows = datasets.load_dataset(str(file.parent), split="train", cache_dir=cache)
    assert rows.features["spans"].feature["start"].dtype == "int64", rows.features
    assert rows.features["spans"].feature["attributes"]["continues"].dtype == "bool", rows.features
    documents = []
    for row in rows:
        if row["spans"]:
            assert row["spans"][0]["attributes"] == {"continues": True, "speaker": "Ms “Adeyemi”, MP"}, row
        for span in row["spans"]:
            assert row["text"][span["start"] : span["end"]] == span["text"], span
        documents.append((row["text"], [(s["start"], s["end"], s["label"]) for s in row["spans"]]))
compare(documents, Gold(gold))
