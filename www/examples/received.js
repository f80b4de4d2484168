const fields = new URLSearchParams(location.search);
const annotations = JSON.parse(fields.get("annotations") || "[]");
const lines = annotations.map(({ start, end, label, text }) => `${label} ${start}–${end}: ${text}`);
document.getElementById("fields").textContent = [`who: ${fields.get("who") ?? ""}`, ...lines].join("\n");
