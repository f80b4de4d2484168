"""Reads a downloaded dataset as any script would, and checks all that it says of its texts.

Standard library only; where jsonschema is installed, the file is checked against the schema as well.
Prints what was checked, and ends with an error at the first thing that doesn't hold.

    python3 read_back.py dataset.json rubricate-1.schema.json
"""

import hashlib
import json
import sys

CONTEXT = 32


def check(condition, what):
    if not condition:
        sys.exit(f"wrong: {what}")


def check_document(document):
    text = document["text"]
    name = document["id"]
    check(document["sha256"] == hashlib.sha256(text.encode("utf-8")).hexdigest(), f"sha256 of {name}")
    length = {
        "code_points": len(text),
        "utf16_code_units": len(text.encode("utf-16-le")) // 2,
        "utf8_bytes": len(text.encode("utf-8")),
    }
    check(document["length"] == length, f"length of {name}")
    for block in document["blocks"]:
        check(0 <= block["start"] < block["end"] <= len(text), f"a block of {name}")


def check_annotation(annotation, text, labels, creators):
    name = annotation["id"]
    start, end = annotation["position"]["start"], annotation["position"]["end"]
    check(0 <= start < end <= len(text), f"position of {name}")
    quote = annotation["quote"]
    check(text[start:end] == quote["exact"], f"quote of {name}")
    check(text[:start].endswith(quote["prefix"]), f"prefix of {name}")
    check(text[end:].startswith(quote["suffix"]), f"suffix of {name}")
    check(len(quote["prefix"]) <= CONTEXT and len(quote["suffix"]) <= CONTEXT, f"context of {name}")
    check(annotation["label"] in labels, f"label of {name}")
    check(annotation.get("creator") in creators | {None}, f"creator of {name}")


def main(path, schema_path):
    with open(path, encoding="utf-8") as file:
        data = json.load(file)
    check(data["offset_unit"] == "unicode_code_point", "offset_unit")
    texts = {document["id"]: document["text"] for document in data["documents"]}
    labels = {label["id"] for label in data["labels"]}
    creators = {creator["id"] for creator in data["creators"]}
    for document in data["documents"]:
        check_document(document)
    ids = [annotation["id"] for annotation in data["annotations"]]
    check(len(ids) == len(set(ids)), "ids are there twice")
    for annotation in data["annotations"]:
        check_annotation(annotation, texts[annotation["document"]], labels, creators)
    print(f"{len(ids)} spans of {len(texts)} documents read back")
    try:
        import jsonschema
    except ImportError:
        print("not checked against the schema: jsonschema is not installed")
        return
    with open(schema_path, encoding="utf-8") as file:
        jsonschema.validate(data, json.load(file))
    print("valid by the schema")


main(*sys.argv[1:])
