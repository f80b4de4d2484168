"""brat's standoff files, as pybrat reads them, and by the rules that brat itself checks lines by."""
import re

from consumer import Gold, arguments, compare
from pybrat.parser import BratParser

files, gold = arguments()
documents = []
for file in files:
    if file.suffix != ".ann":
        continue
    text = file.with_suffix(".txt").read_bytes().decode("utf-8")
    spans = []
    for line in file.read_bytes().decode("utf-8").splitlines(keepends=True):
        match = re.fullmatch(r"T\d+\t(\S+) ([\d ;]+)\t(.*)\n", line)
        if match is None and line.startswith("#"):
            continue
        # An attribute, as brat's own parser takes one apart: its value may have blanks.
        if match is None and (attribute := re.fullmatch(r"A\d+\t(.+?) (.+?)(?: (.+?))?\n", line)):
            assert attribute[1] in ("speaker", "continues") and re.fullmatch(r"T\d+", attribute[2]), line
            assert (attribute[3] == "Ms “Adeyemi”, MP") == (attribute[1] == "speaker"), line
            continue
        parts = [tuple(map(int, part.split())) for part in match[2].split(";")]
        assert " ".join(text[start:end] for start, end in parts) == match[3], line
        spans.append((parts[0][0], parts[-1][1], match[1]))
    documents.append((text, spans))
compare(documents, Gold(gold))
read = list(BratParser(error="ignore").parse(str(files[0].parent)))
print(f"pybrat read {sum(len(example.entities) for example in read)} entities")
