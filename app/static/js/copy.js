// Copies the words to say, as clean lines; the button is hidden until this runs, because it needs it.
function linesOf(selector) {
  return Array.from(document.querySelectorAll(selector), (line) =>
    line.textContent.replace(/\s+/g, (space) => (/[\u00a0\u202f]/.test(space) ? "\u00a0" : " ")).replace(/^[\s«“"]+|[\s»”"]+$/g, ""),
  ).join("\n");
}

for (const tool of document.querySelectorAll("[data-copies]")) {
  const told = tool.querySelector("[role=status]");
  tool.hidden = false;
  tool.querySelector("button").addEventListener("click", async () => {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(linesOf(tool.dataset.copies));
      told.textContent = tool.dataset.copied;
    } catch {
      told.textContent = tool.dataset.failed;
    }
  });
}
