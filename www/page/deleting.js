//! Deleting many documents: asked first, with a count and a choice of which.

import { build, cancelButton, dialog, okButton } from "./build.js";
import { documents, found } from "./corpus.js";
import { asked, byId, counted, tell } from "./dom.js";
import { deleteDocuments } from "./trash.js";

/** What is meant: what the list shows, if that isn't all. */
export async function deleteShown() {
  const shown = found();
  if (shown.length === 0) {
    tell("info", documents().length ? "The list shows no document to delete." : "There is no document here.");
    return;
  }
  if (!document.getElementById("delete-dialog")) {
    dialog("delete-dialog", "Delete documents?", [build("p", { id: "delete-words" })], [cancelButton(), okButton("Delete")]);
  }
  const annotations = shown.reduce((sum, one) => sum + one.annotations, 0);
  const which = shown.length === documents().length ? `All ${counted(shown.length, "document")}` : `The ${counted(shown.length, "document")} that the list shows, of ${documents().length},`;
  byId("delete-words").textContent = `${which} with ${counted(annotations, "annotation")} go into the trash. They can be put back for 30 days.`;
  if (await asked("delete-dialog")) await deleteDocuments(shown.map(({ id }) => id));
}
