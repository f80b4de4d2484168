// A program that uses each member of the public contract as it is typed. It is compiled, never run:
// a line below `@ts-expect-error` must not compile.

import "rubricate";
import { is } from "./same";
import {
  RubricateArticleElement,
  type Annotation,
  type Change,
  type Extent,
  type Imported,
  type KeptDocument,
  type Label,
  type Loaded,
  type OpenDocument,
  type Orphan,
  type StoredAnnotation,
} from "rubricate";

// How it is found: by its tag, and as a class.
const found: RubricateArticleElement | null = document.querySelector("rubricate-article");
const made = document.createElement("rubricate-article");
is<RubricateArticleElement>()(made, "same");
const article: RubricateArticleElement = found ?? made;
const isControl: HTMLElement = article;
if (isControl instanceof RubricateArticleElement) isControl.clear();
const kept: Promise<readonly KeptDocument[]> = RubricateArticleElement.documents();
void kept.then(([first]) => [first?.id, first?.title, first?.opened, first?.annotations]);

// Attributes and their properties.
article.src = "article.html";
article.documentId = "id";
article.storage = "none";
article.readOnly = true;
article.controls = "labels status panel overview";
article.keys = '{"next-speech":"x"}';
article.name = "annotations";
article.disabled = false;
article.creator = "Ada";
article.creator = null;
const labels: readonly Label[] = [
  { id: "praise" },
  { id: "wish", name: "Wish", shortcut: "V", color: "#0b4ed0", line: "dashed", description: "What they want." },
];
article.labelSet = labels;
is<readonly Label[]>()(article.labelSet, "same");
// `null` takes an attribute away.
article.src = new URL("https://example.org/");
article.keys = { "next-speech": "x", note: null };
article.src = article.documentId = article.labelSet = article.storage = article.controls = article.keys = null;
// @ts-expect-error `local` or `none`
article.storage = "session";
// @ts-expect-error a label needs an id
article.labelSet = [{ name: "Praise" }];
// @ts-expect-error there are four lines
article.labelSet = [{ id: "a", line: "wavy" }];
// @ts-expect-error a boolean
article.readOnly = "readonly";

// What is there to be read.
is<Promise<void>>()(article.ready, "same");
is<OpenDocument | null>()(article.document, "same");
const opened = article.document;
if (opened) {
  const described: [string, string, string | null, number, string | null, string | null] = [
    opened.id,
    opened.title,
    opened.language,
    opened.length,
    opened.source,
    opened.charset,
  ];
  void described;
}
is<string>()(article.text, "same");
is<readonly Annotation[]>()(article.annotations, "same");
is<readonly Orphan[]>()(article.orphans, "same");
is<boolean>()(article.dirty, "same");
const state: string = article.storageState;
const sentence: string = article.storageMessage;
is<HTMLFormElement | null>()(article.form, "same");
is<string>()(article.value, "same");
for (const { id, name, extension } of article.formats) {
  const words: string[] = [id, name, extension];
  void words;
}
void [state, sentence];
// @ts-expect-error only to be read
article.text = "";
// @ts-expect-error frozen
article.annotations.push({});
// @ts-expect-error only to be read
article.dirty = false;
// @ts-expect-error nothing may be open
article.document.id;

// An annotation.
const [annotation] = article.annotations;
if (annotation) {
  const { start, end, codePoints, id, label, text, note, attributes, creator, created, modified, provenance } = annotation;
  const extents: Extent[] = [{ start, end }, codePoints];
  const words: string[] = [id, label, text];
  const mayBeAbsent: (string | undefined)[] = [note, creator, created, modified, provenance?.method];
  const said: string | number | boolean | undefined = attributes?.speaker;
  void [extents, words, mayBeAbsent, said];
  // @ts-expect-error frozen
  annotation.label = "claim";
  // @ts-expect-error it may have no note
  annotation.note.length;
}

// Loading takes exactly one source.
const loading: Promise<Loaded>[] = [
  article.load({ text: "One." }),
  article.load({ html: "<p>One.", title: "T" }),
  article.load({ markdown: "# One", lang: "en" }),
  article.load({ file: new File(["One."], "one.txt") }),
  article.load({ url: "https://example.org/", id: "id" }),
  article.open("id"),
];
void loading[0]?.then(({ id, length }: { id: string; length: number }) => [id, length]);
// @ts-expect-error no source
article.load({ title: "T" });
// @ts-expect-error two sources
article.load({ text: "One.", html: "<p>One." });
// @ts-expect-error not a file
article.load({ file: "one.txt" });

// Changing.
is<Annotation | null>()(article.annotate({ start: 0, end: 1, label: "claim", note: "n" }), "same");
is<Annotation | null>()(article.update("id", { label: "quote", start: 1, end: 2, note: "" }), "same");
article.labelSet = [{ id: "quote", attributes: [{ id: "speaker" }, { id: "tone", type: "choice", options: ["calm"] }, { id: "continues", type: "flag" }] }];
article.annotate({ start: 0, end: 1, label: "quote", attributes: { speaker: "Ada", continues: true } });
article.update("id", { attributes: { speaker: null, tone: "calm" } });
// @ts-expect-error no such type
article.labelSet = [{ id: "a", attributes: [{ id: "b", type: "number" }] }];
// @ts-expect-error a list is nothing that an attribute says
article.update("id", { attributes: { speaker: ["Ada"] } });
is<boolean | null>()(article.remove("id"), "same");
is<void>()(article.remove(), "same");
is<number | null>()(article.clear(), "same");
is<boolean | null>()(article.undo(), "same");
is<boolean | null>()(article.redo(), "same");
// @ts-expect-error it needs a label
article.annotate({ start: 0, end: 1 });
// @ts-expect-error numbers
article.annotate({ start: "0", end: 1, label: "claim" });
// @ts-expect-error a listener may have cancelled it
article.annotate({ start: 0, end: 1, label: "claim" }).id;
// @ts-expect-error an id first
article.update({ label: "quote" });

// What the host keeps: what was handed out can be given back.
const stored: readonly StoredAnnotation[] = [...article.annotations, { start: 0, end: 1, label: "claim" }];
is<number>()(article.restore(stored), "same");
// @ts-expect-error a list
article.restore("[]");

// Files out and in.
is<Promise<File>>()(article.export(), "same");
void article.export("json").then((file) => file.name);
is<Promise<Imported>>()(article.import("{}"), "same");
void article.import(new File([], "a.json"), "json").then((counts) => {
  const all: number = counts.added + counts.unchanged + counts.conflicting + counts.rejected;
  return all;
});
is<Promise<void>>()(article.saved(), "same");
article.showHelp();
article.focus();
// @ts-expect-error a file or a text
article.import(1);

// Events, at the element and wherever they bubble to.
article.addEventListener("rubricate-load", ({ detail: { id, length } }) => [id.length, length.toFixed()]);
article.addEventListener("rubricate-beforechange", (event) => {
  if (event.detail.by === "user") event.preventDefault();
  // @ts-expect-error another tab's changes can't be prevented
  return event.detail.by === "other-tab";
});
article.addEventListener("rubricate-change", ({ detail }) => {
  const change: Change = detail;
  const ids = [...change.added, ...change.removed, ...change.changed.map(({ after }) => after)].map(({ id }) => id);
  return [ids, change.changed[0]?.before.label, change.by === "other-tab"];
});
article.addEventListener("rubricate-select", ({ detail: { range, annotations } }) => [range?.start, annotations.length]);
article.addEventListener("rubricate-saved", ({ detail }) => is<null>()(detail, "same"));
article.addEventListener("rubricate-navigate", ({ detail }) => is<"next" | "previous">()(detail.to, "same"));
article.addEventListener("rubricate-error", ({ detail: { message, code } }) => message.length + code.length);
article.addEventListener("click", ({ clientX }) => clientX);
document.addEventListener("rubricate-change", ({ detail }) => detail.added);
addEventListener("rubricate-error", ({ detail }) => detail.message);
document.body.addEventListener("rubricate-load", ({ detail }) => detail.id);
const listener = ({ detail }: CustomEvent<Change>) => detail.by;
article.addEventListener("rubricate-change", listener, { once: true });
article.removeEventListener("rubricate-change", listener);
// @ts-expect-error what is loaded has no such field
article.addEventListener("rubricate-load", ({ detail }) => detail.annotations);
