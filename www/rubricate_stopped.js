// What an element shows whose program has ended by a fault of its own.

/**
 * A message with a button that calls `goOn`. With `storage` "none" nobody but the host has what was tagged.
 * @param {"local" | "none"} storage
 * @param {() => void} goOn
 */
export function stoppedMessage(storage, goOn) {
  const message = document.createElement("p");
  message.role = "alert";
  message.textContent =
    storage === "none"
      ? "Rubricate stopped by a fault of its own. "
      : "Rubricate stopped by a fault of its own. What you have tagged is stored in this browser. ";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Open it again";
  button.addEventListener("click", goOn);
  message.append(button);
  return message;
}

/**
 * Takes the lines of an element's text away: those of a program that has ended are nobody's, and the registry
 * of highlights is the page's.
 * @param {HTMLElement} element
 * @param {ShadowRoot} root
 */
export function forgetLines(element, root) {
  for (const [name, ranges] of CSS.highlights ?? []) {
    if (!name.startsWith("rubricate-")) continue;
    for (const range of [...ranges]) {
      const { startContainer } = range;
      if (element.contains(startContainer) || root.contains(startContainer)) ranges.delete(range);
    }
  }
}
