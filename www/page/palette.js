//! Colours for labels that can be read on the paper and the panel, in both themes: a native test
//! holds each of them to WCAG's measure for text.

/** Name and colour. @type {readonly [string, string][]} */
export const PALETTE = [
  ["Blue", "#0B4ED0"],
  ["Orange", "#B4430F"],
  ["Deep green", "#04483F"],
  ["Mauve", "#7A5580"],
  ["Teal", "#0A6E7D"],
  ["Crimson", "#B0176B"],
  ["Olive", "#5F6600"],
  ["Violet", "#5B3BC4"],
  ["Brown", "#6E4A1F"],
  ["Green", "#2B7326"],
  ["Slate", "#44566C"],
  ["Black", "#33302A"],
];
