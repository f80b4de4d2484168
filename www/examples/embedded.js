import "../rubricate.js";

const article = document.querySelector("rubricate-article");
// The page around may be anybody's, so nothing but a number is told.
const tell = () => parent.postMessage({ annotations: article.annotations.length }, "*");

article.addEventListener("rubricate-change", tell);
await article.ready;
tell();
