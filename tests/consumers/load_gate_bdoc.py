"""bdocjs, as gatenlp reads it."""
from consumer import Gold, arguments, compare
from gatenlp import Document

files, gold = arguments()
loaded = [Document.load(str(file), fmt="json") for file in files]
compare([(d.text, [(a.start, a.end, a.type) for a in d.annset()]) for d in loaded], Gold(gold))
