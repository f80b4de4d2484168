// Several documents and other formats, as they are typed. Compiled, never run.

import {
  RubricateArticleElement,
  type Added,
  type DeletedDocument,
  type ExportReport,
  type Restored,
} from "rubricate";
import { is } from "./same";

const article = document.createElement("rubricate-article");

// What is kept in this browser, all of it at once.
const file = new File(["One."], "one.txt");
is<Promise<Added>>()(RubricateArticleElement.addDocuments([file, { text: "Two.", source: "https://example.org/" }]), "same");
void RubricateArticleElement.addDocuments(new Set([file]), { dry: true }).then(({ refused }) => refused[0]?.why);
void RubricateArticleElement.addDocuments([file]).then(({ assignments }) => assignments.map(({ annotator, guidelines, documents }) => [annotator, guidelines.version, documents.length]));
void RubricateArticleElement.addDocuments([file]).then(({ edits }) => is<Promise<number>>()(RubricateArticleElement.undoEdits(edits), "same"));
is<Promise<number>>()(RubricateArticleElement.changeDocuments(["id"], { state: "skipped", reason: "Twice." }), "same");
void RubricateArticleElement.changeDocuments(["id"], { flags: { unsure: true, duplicate: false } });
void RubricateArticleElement.statistics(["id"], { labels: article.labelSet, signal: new AbortController().signal }).then(({ labels, documents, sheets }) => [labels[0]?.coverage, documents?.length, sheets.labels?.csv]);
void article.exportDocuments(["id"], "json", { assignment: { annotator: "Ada", guidelines: { version: "2" }, documents: ["id"] } });
void RubricateArticleElement.relabelDocuments(["id"], "claim", "quote").then(({ annotations, edits }) => {
  is<number>()(annotations, "same");
  return RubricateArticleElement.undoEdits(edits);
});
is<Promise<number>>()(RubricateArticleElement.deleteDocuments(["id"]), "same");
is<Promise<number>>()(RubricateArticleElement.restoreDocuments(["id"]), "same");
is<Promise<readonly DeletedDocument[]>>()(RubricateArticleElement.deletedDocuments(), "same");
is<Promise<File>>()(RubricateArticleElement.backup({ any: ["value"] }), "same");
is<Promise<Restored>>()(RubricateArticleElement.restoreBackup(file, { dry: true }), "same");
void RubricateArticleElement.documents().then((all) =>
  all.map(({ state, counts, flags, sameAs, place }) => [state === "in-progress", counts.claim, flags[0], sameAs, place]),
);
// @ts-expect-error no such state
RubricateArticleElement.changeDocuments(["id"], { state: "finished" });
// @ts-expect-error no such flag
RubricateArticleElement.changeDocuments(["id"], { flags: { boring: true } });
// @ts-expect-error a list
RubricateArticleElement.deleteDocuments(1);

// How far the work has come.
is<boolean | null>()(article.mark("done"), "same");
article.mark("skipped", { reason: "A table." });
// @ts-expect-error no such state
article.mark("untouched");

// Other formats, and what they can't hold.
is<Promise<File>>()(article.export("doccano", { unit: "utf-16", stem: "mine", lossless: true }), "same");
is<Promise<{ readonly file: File; readonly report: ExportReport }>>()(
  article.exportWithReport("bio", { overlaps: "file-per-label" }),
  "same",
);
is<Promise<File>>()(article.exportDocuments(["a", "b"], "w3c"), "same");
void article.exportDocumentsWithReport(["a"], "csv").then(({ report: { losses, findings } }) => [
  losses[0]?.sentence,
  losses[0]?.ofContent,
  findings[0]?.leftOut,
]);
void article.import([file, file], "brat", { unit: "code-points" }).then(({ format, notes }) => [format, notes?.[0]]);
void RubricateArticleElement.convert([file]).then((converted) => [converted.format, converted.file.name]);
// @ts-expect-error no such unit
article.export("doccano", { unit: "words" });
// @ts-expect-error a list of files
RubricateArticleElement.convert(file);
