//! The bar's own state: what is saved, whether the panel is open, light or dark.

import { showCurrent, side } from "./documents.js";
import { article, byId } from "./dom.js";
import { documents, onChange } from "./corpus.js";
import { remember, settings } from "./settings.js";

const wide = matchMedia("(min-width: 1024px)");
/** Wide enough for the documents beside the text. */
const wider = matchMedia("(min-width: 1180px)");

/** The list of documents: beside the text where there is room, else behind the title. */
export function showSide() {
  const panel = byId("documents");
  const toggle = /** @type {HTMLButtonElement} */ (byId("documents-toggle"));
  const some = documents().length > 1;
  toggle.disabled = !some;
  if (wider.matches) {
    if (panel.popover !== null) panel.hidePopover();
    panel.popover = null;
    toggle.removeAttribute("popovertarget");
  } else {
    panel.popover = "auto";
    toggle.setAttribute("popovertarget", "documents");
  }
  const beside = wider.matches && some && settings.documents !== "closed";
  const was = document.body.dataset.documents;
  document.body.dataset.documents = beside ? "beside" : "behind";
  // Rows are drawn where they can be seen.
  if (beside && was !== "beside") side.show();
  toggle.setAttribute("aria-expanded", String(beside || panel.matches(":popover-open")));
}

function toggleSide() {
  if (!wider.matches) return;
  remember({ documents: settings.documents === "closed" ? "open" : "closed" });
  showSide();
}

export function showSaving() {
  const button = byId("saving");
  const [sign, word] = /** @type {HTMLElement[]} */ ([...button.children]);
  const { dirty, storageState, storageMessage } = article;
  const trouble = !["saved", "saving"].includes(storageState);
  const state = trouble ? "trouble" : dirty || storageState === "saving" ? "saving" : "saved";
  const words = { trouble: "Not saved", saving: "Saving…", saved: "Saved here" }[state];
  button.dataset.state = state;
  button.setAttribute("aria-label", words);
  sign.textContent = { trouble: "!", saving: "…", saved: "✓" }[state];
  word.textContent = words;
  byId("saving-sentence").textContent = trouble
    ? `Not saved: ${storageMessage}`
    : `${words}, in this browser only. Download a backup to move it.`;
}

const panelIsOpen = () => {
  const panel = article.getAttribute("panel");
  return wide.matches ? panel !== "closed" : panel === "open";
};

/** On a narrow page the panel covers the text, so it begins closed whatever is remembered. */
export function placePanel() {
  article.setAttribute("panel", wide.matches ? (settings.panel ?? "open") : "closed");
}

function togglePanel() {
  const panel = panelIsOpen() ? "closed" : "open";
  article.setAttribute("panel", panel);
  if (wide.matches) remember({ panel });
}

/** @param {"auto" | "light" | "dark"} theme */
export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  // The element draws its overview by script, and has to hear of it.
  article.dataset.theme = theme;
}

export function listenToFrame() {
  byId("list-toggle").addEventListener("click", togglePanel);
  wide.addEventListener("change", placePanel);
  wider.addEventListener("change", showSide);
  onChange(showSide);
  byId("documents-toggle").addEventListener("click", toggleSide);
  byId("documents").addEventListener("toggle", () => {
    showSide();
    if (byId("documents").matches(":popover-open")) showCurrent();
  });
  article.addEventListener("rubricate-select", () => {
    if (!wide.matches) article.setAttribute("panel", "closed");
  });
  new MutationObserver(() =>
    byId("list-toggle").setAttribute("aria-pressed", String(panelIsOpen())),
  ).observe(article, { attributeFilter: ["panel"] });

  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName("theme"))) {
    radio.checked = radio.value === (settings.theme ?? "auto");
    radio.addEventListener("change", () => {
      const theme = /** @type {"auto" | "light" | "dark"} */ (radio.value);
      remember({ theme });
      setTheme(theme);
    });
  }
}
