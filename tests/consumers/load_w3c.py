"""Web Annotations, expanded by PyLD with the part of the W3C's context that they use."""
import json
from pathlib import Path

from consumer import Gold, arguments, compare
from pyld import jsonld

CONTEXT = json.loads((Path(__file__).parent / "anno-context.jsonld").read_text(encoding="utf-8"))
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def context(url, options=None):
    assert url == "http://www.w3.org/ns/anno.jsonld", url
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def load(file):
    text = file.with_suffix(".txt").read_bytes().decode("utf-8")
    [collection] = jsonld.expand(
        json.loads(file.read_text(encoding="utf-8")), {"documentLoader": context}
    )
    items = []
    for page in collection.get(AS + "first", []):
        items += page[AS + "items"][0]["@list"]
    assert collection[AS + "totalItems"][0]["@value"] == len(items)
    spans = []
    for item in items:
        selectors = {s["@type"][0]: s for s in item[OA + "hasTarget"][0][OA + "hasSelector"]}
        position = selectors[OA + "TextPositionSelector"]
        start, end = (int(position[OA + key][0]["@value"]) for key in ("start", "end"))
        quote = selectors[OA + "TextQuoteSelector"]
        assert text[start:end] == quote[OA + "exact"][0]["@value"], item
        tags = [b for b in item[OA + "hasBody"] if b[OA + "hasPurpose"][0]["@id"] == OA + "tagging"]
        spans.append((start, end, tags[0][VALUE][0]["@value"]))
    return text, spans


files, gold = arguments()
compare([load(file) for file in files if file.suffix == ".jsonld"], Gold(gold))
