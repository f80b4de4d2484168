"""Tasks of Label Studio, validated by its SDK against the configuration beside them."""
import json

from consumer import Gold, arguments, compare
from label_studio_sdk.label_interface import LabelInterface

files, gold = arguments()
file = next(file for file in files if file.suffix == ".json")
config = next(file for file in files if file.suffix == ".xml")
interface = LabelInterface(config.read_text(encoding="utf-8"))
documents = []
for task in json.loads(file.read_text(encoding="utf-8")):
    text, spans = task["data"]["text"], []
    for annotation in task["annotations"]:
        assert interface.validate_annotation(annotation)
        for result in annotation["result"]:
            value = result["value"]
            if "labels" not in value:
                continue
            assert text[value["start"] : value["end"]] == value["text"], value
            spans += [(value["start"], value["end"], label) for label in value["labels"]]
    documents.append((text, spans))
compare(documents, Gold(gold))
