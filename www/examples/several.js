import "../rubricate.js";

const labels = [
  { id: "praise", name: "Praise", shortcut: "P", color: "#1f7a4d", line: "solid", description: "Something that the guest liked." },
  { id: "complaint", name: "Complaint", shortcut: "C", color: "#b4430f", line: "double", description: "Something that went wrong." },
  { id: "wish", name: "Wish", shortcut: "V", color: "#0b4ed0", line: "dashed", description: "Something that the guest would like to have." },
];

const reviews = [
  "The bread is the best on this bank of the river. We waited forty minutes for soup. A bench outside would be lovely.",
  "Warm rooms, a kind porter and a view of the weir. The stairs creak all night.",
  "Could you open on Mondays? Everything else is perfect.",
];

const elements = [...document.querySelectorAll("rubricate-article")];

function count() {
  const all = elements.flatMap((element) => element.annotations);
  const rows = labels.map(({ id, name }) => {
    const row = document.createElement("tr");
    row.insertCell().textContent = name;
    row.insertCell().textContent = all.filter(({ label }) => label === id).length;
    return row;
  });
  document.getElementById("counts").replaceChildren(...rows);
}

document.addEventListener("rubricate-change", count);
await Promise.all(
  elements.map((element, at) => {
    element.labelSet = labels;
    return element.load({ text: reviews[at], id: element.documentId, lang: "en" });
  }),
);
count();
