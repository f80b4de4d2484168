const frame = document.querySelector("iframe");
const count = document.getElementById("count");

addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
  count.textContent = data.annotations === 1 ? "One place is labelled." : `${data.annotations} places are labelled.`;
});
