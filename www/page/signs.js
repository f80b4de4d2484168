//! What stands for a label of files that are compared.

import { build } from "./build.js";

/** @typedef {import("./comparing.js").Label} Label */
/** @typedef {import("./comparing.js").Summary} Summary */

/** A label's sign: letter, colour and line. @param {Label | undefined} label @param {string} id */
export function sign(label, id) {
  const chip = build("span", { class: "chip", "aria-hidden": "true" }, label?.letter || id.slice(0, 1).toUpperCase());
  chip.style.setProperty("--line", label?.color ?? "var(--ink)");
  return chip;
}

/** @param {Summary} summary @param {string} id */
export const labelOf = (summary, id) => summary.labels.find((label) => label.id === id);

/** @param {Summary} summary @param {string[]} ids */
export const labelNames = (summary, ids) => ids.map((id) => labelOf(summary, id)?.name ?? id).join(", ");
