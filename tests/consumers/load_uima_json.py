"""A CAS in JSON, as dkpro-cassis reads it."""
import warnings

import cassis
from consumer import Gold, arguments, compare

NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
warnings.simplefilter("error")
files, gold = arguments()
documents = []
for file in files:
    with open(file, "rb") as content:
        cas = cassis.load_cas_from_json(content)
    documents.append((cas.sofa_string, [(a.begin, a.end, a.value) for a in cas.select(NAMED)]))
compare(documents, Gold(gold))
