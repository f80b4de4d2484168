import "../rubricate.js";

const article = document.querySelector("rubricate-article");
const annotations = await (await fetch("letter.json")).json();
await article.load({ url: new URL("letter.txt", import.meta.url).href, title: "A letter to the editor" });
article.restore(annotations);
