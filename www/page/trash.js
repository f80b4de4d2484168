//! Deleting documents and bringing them back: at once by a button, and for thirty days from the trash.

import { build, dialog, okButton } from "./build.js";
import { find, refresh, store } from "./corpus.js";
import { article, asked, byId, counted, sentence, tell } from "./dom.js";
import { goHome, namedDocument } from "./opening.js";

/**
 * Deletes documents, says how many, and offers to undo it.
 * @param {string[]} ids
 */
export async function deleteDocuments(ids) {
  if (ids.length === 0) return;
  const annotations = ids.reduce((sum, id) => sum + (find(id)?.annotations ?? 0), 0);
  const title = ids.length === 1 ? `“${find(ids[0])?.title || "Untitled"}”` : counted(ids.length, "document");
  try {
    await discard(ids);
    tell("info", `${title} deleted, with ${counted(annotations, "annotation")}. It is kept in the trash for 30 days.`, {
      name: "Undo",
      run: () => void restore(ids),
    });
  } catch (error) {
    tell("error", `Nothing was deleted: ${sentence(error)}`);
  }
}

/** Puts documents into the trash. @param {string[]} ids */
export async function discard(ids) {
  // What is open is stored first, so that it comes back whole.
  const open = article.document?.id;
  if (open !== undefined && ids.includes(open)) await article.saved();
  await store().deleteDocuments(ids);
  // Unless another one was chosen meanwhile.
  if (open !== undefined && ids.includes(open) && namedDocument() === open) await goHome();
  else await refresh();
}

/** @param {string[]} ids */
async function restore(ids) {
  try {
    const count = await store().restoreDocuments(ids);
    await refresh();
    tell("info", `${counted(count, "document")} back.`);
  } catch (error) {
    tell("error", sentence(error));
  }
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export async function showTrash() {
  const list = document.getElementById("trash-list") ?? makeDialog();
  const deleted = await store().deletedDocuments();
  byId("trash-restore-all").hidden = deleted.length < 2;
  list.replaceChildren(
    ...deleted.map(({ id, title, until, annotations }) =>
      build("li", {}, build("span", { class: "name" }, title || "Untitled"),
        build("span", { class: "count" }, `${counted(annotations, "annotation")}, until ${day.format(new Date(until))}`),
        build("button", { type: "button", onclick: async () => {
          await restore([id]);
          await showTrash();
        } }, "Put back")),
    ),
  );
  if (deleted.length === 0) list.append(build("li", { class: "none" }, "The trash is empty."));
  if (!(/** @type {HTMLDialogElement} */ (byId("trash-dialog")).open)) await asked("trash-dialog");
}

function makeDialog() {
  const list = build("ul", { id: "trash-list", class: "plain-list" });
  const all = build("button", { type: "button", id: "trash-restore-all", onclick: async () => {
    await restore((await store().deletedDocuments()).map(({ id }) => id));
    await showTrash();
  } }, "Put all back");
  dialog("trash-dialog", "Trash", [
    build("p", {}, "Deleted documents are kept here for 30 days with all that was tagged in them."),
    list,
  ], [all, okButton("Close")]);
  return list;
}
