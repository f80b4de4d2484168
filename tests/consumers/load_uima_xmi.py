"""A CAS in XMI, as dkpro-cassis reads it."""
import warnings

import cassis
from consumer import Gold, arguments, compare

NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
warnings.simplefilter("error")
files, gold = arguments()
documents = []
for file in files:
    if file.suffix != ".xmi":
        continue
    with open(file.parent / "TypeSystem.xml", "rb") as types, open(file, "rb") as content:
        cas = cassis.load_cas_from_xmi(content, typesystem=cassis.load_typesystem(types))
    documents.append((cas.sofa_string, [(a.begin, a.end, a.value) for a in cas.select(NAMED)]))
compare(documents, Gold(gold))
