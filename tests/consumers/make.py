"""Files as the programs that a format comes from write them: the other way round.

    python make.py FORMAT FOLDER ../golden/consumers.json

Writes the gold with the format's own library, a file for each document or one for all, and prints as JSON
what the files hold: `[[text, [[start, end, label]]]]`, in code points.
"""
import json
import sys
from pathlib import Path

FORMAT, FOLDER, GOLD = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
DOCUMENTS = [(d["text"], [tuple(s) for s in d["spans"]]) for d in json.loads(Path(GOLD).read_text(encoding="utf-8"))["documents"]]
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def uima(extension, write):
    import cassis

    types = cassis.load_dkpro_core_typesystem()
    for at, (text, spans) in enumerate(DOCUMENTS):
        cas = cassis.Cas(typesystem=types)
        cas.sofa_string, cas.sofa_mime = text, "text/plain"
        for start, end, label in spans:
            cas.add(types.get_type(ENTITY)(begin=start, end=end, value=label))
        write(cas, FOLDER / f"{at}{extension}")
    return DOCUMENTS


def spacy(write):
    """Of the spans those that begin and end with a token of spaCy's."""
    import spacy
    from spacy.tokens import DocBin

    made, nlp = [], spacy.blank("en")
    for text, spans in DOCUMENTS:
        doc = nlp.make_doc(text)
        doc.spans["sc"] = [s for s in (doc.char_span(start, end, label=label) for start, end, label in spans) if s]
        made.append(doc)
    write(made, DocBin)
    return [(d.text, [(s.start_char, s.end_char, s.label_) for s in d.spans["sc"]]) for d in made]


def gate():
    from gatenlp import Document

    for at, (text, spans) in enumerate(DOCUMENTS):
        document = Document(text)
        for start, end, label in spans:
            document.annset().add(start, end, label)
        document.save(str(FOLDER / f"{at}.bdocjs"), fmt="bdocjs")
    return DOCUMENTS


def hugging_face():
    from datasets import Dataset

    rows = [{"text": text, "spans": [dict(zip(("start", "end", "label"), s)) for s in spans]} for text, spans in DOCUMENTS]
    Dataset.from_list(rows).to_json(str(FOLDER / "data.jsonl"), force_ascii=False)
    return DOCUMENTS


MAKERS = {
    "uima-xmi": lambda: uima(".xmi", lambda cas, path: cas.to_xmi(path)),
    "uima-json": lambda: uima(".json", lambda cas, path: cas.to_json(path)),
    "spacy-docbin": lambda: spacy(lambda made, bin: bin(docs=made, store_user_data=True).to_disk(FOLDER / "data.spacy")),
    "spacy-json": lambda: spacy(lambda made, _: (FOLDER / "data.jsonl").write_text("".join(json.dumps(d.to_json()) + "\n" for d in made))),
    "gate-bdoc": gate,
    "hf-jsonl": hugging_face,
}

print(json.dumps(MAKERS[FORMAT]()))
