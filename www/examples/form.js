import "../rubricate.js";

const article = document.querySelector("rubricate-article");
await article.load({
  id: "leaflet",
  lang: "en",
  text: "The new bridge is the longest in the county.\nIt has cost £2.1 million, “less than a mile of motorway”, as the mayor puts it.\nNobody has fallen off it yet.",
});
