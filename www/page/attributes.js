//! The attributes of a label in the label editor: what it asks of each of its annotations.

import { build, select } from "./build.js";

/** @typedef {import("../rubricate.js").Attribute} Attribute */
/** @typedef {{id: string, name: string, type: "choice" | "text" | "flag", options: string, isNew: boolean}} AttributeDraft */

/** @type {[string, string][]} */
const TYPES = [["text", "Text"], ["choice", "Choice"], ["flag", "Yes or no"]];

/** What the default labels are often asked. @type {Record<string, Attribute[]>} */
const SUGGESTED = {
  claim: [{ id: "worth", name: "Check-worthiness", type: "choice", options: ["high", "medium", "low"] }],
  quote: [{ id: "speaker", name: "Speaker", type: "text" }, { id: "continues", name: "Continues", type: "flag" }],
};

/** @param {readonly Attribute[] | undefined} attributes @returns {AttributeDraft[]} */
export const attributeDrafts = (attributes = []) =>
  attributes.map((one) => ({ id: one.id, name: one.name ?? one.id, type: one.type ?? (one.options ? "choice" : "text"), options: (one.options ?? []).join("\n"), isNew: false }));

/** Throws what is missing. @param {readonly AttributeDraft[]} drafts @returns {Attribute[]} */
export function attributesOf(drafts) {
  /** @type {Attribute[]} */
  const all = [];
  for (const { id, name, type, options, isNew } of drafts) {
    if (!name.trim()) throw new TypeError("An attribute has no name yet.");
    const listed = [...new Set(options.split("\n").map((option) => option.trim()).filter(Boolean))];
    if (type === "choice" && listed.length === 0) throw new TypeError(`The choice “${name}” has no options yet: write one on each line.`);
    all.push({ id: isNew ? idOf(name, all, drafts) : id, name: name.trim(), type, ...(type === "choice" && { options: listed }) });
  }
  return all;
}

/** An id made of a name, which no other attribute of the label has. @param {string} name @param {Attribute[]} before @param {readonly AttributeDraft[]} drafts */
function idOf(name, before, drafts) {
  const plain = name.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[_0-9]+|_+$/g, "") || "attribute";
  const taken = new Set([...before.map(({ id }) => id), ...drafts.filter(({ isNew }) => !isNew).map(({ id }) => id)]);
  let id = plain;
  for (let count = 2; taken.has(id); count += 1) id = `${plain}_${count}`;
  return id;
}

/**
 * The fields for the attributes of one label.
 * @param {{id: string, name: string, attributes: AttributeDraft[]}} label
 */
export function attributeFields(label) {
  const list = build("ul", { class: "plain-list" });
  const actions = build("p", { class: "attribute-actions" });
  const whole = build("fieldset", { class: "attributes" }, build("legend", {}, "Attributes"), list, actions);

  /** @param {AttributeDraft} draft */
  function row(draft) {
    const name = /** @type {HTMLInputElement} */ (build("input", { type: "text", value: draft.name, "aria-label": "Attribute’s name", placeholder: "Name", maxlength: "60", class: "attribute-name" }));
    name.addEventListener("input", () => (draft.name = name.value));
    const type = select("type", "Kind of answer", TYPES);
    type.value = draft.type;
    const options = /** @type {HTMLTextAreaElement} */ (build("textarea", { rows: "3", "aria-label": "Options, one on each line", placeholder: "Options, one on each line", hidden: draft.type !== "choice" }));
    options.value = draft.options;
    options.addEventListener("input", () => (draft.options = options.value));
    type.addEventListener("change", () => {
      draft.type = /** @type {AttributeDraft["type"]} */ (type.value);
      options.hidden = draft.type !== "choice";
    });
    const remove = build("button", { type: "button", class: "sign-button", "aria-label": `Remove attribute ${draft.name}`, title: "Remove. What was said by it stays in the data", onclick: () => {
      label.attributes = label.attributes.filter((one) => one !== draft);
      draw();
      actions.querySelector("button")?.focus();
    } }, "×");
    return build("li", { class: "attribute-row" }, build("div", { class: "attribute-head" }, name, type, remove), options);
  }

  /** @param {AttributeDraft} draft */
  function add(draft) {
    label.attributes.push(draft);
    draw();
    /** @type {HTMLElement | null | undefined} */ (list.lastElementChild?.querySelector(".attribute-name"))?.focus();
  }

  function draw() {
    list.replaceChildren(...label.attributes.map(row));
    const missing = (SUGGESTED[label.id] ?? []).filter(({ id }) => !label.attributes.some((one) => one.id === id));
    actions.replaceChildren(
      ...missing.map((one) => build("button", { type: "button", onclick: () => add(attributeDrafts([one])[0]) }, `Ask for “${one.name}”`)),
      build("button", { type: "button", "aria-label": `Add an attribute to ${label.name}`, onclick: () => add({ id: "", name: "", type: "text", options: "", isNew: true }) }, "Add an attribute"),
    );
  }

  draw();
  return whole;
}
