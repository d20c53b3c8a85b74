// What is shown beside the text, or instead of it on a phone; and what is beside follows the text by its headings.
export function start(editor) {
  const { form, area } = editor;
  const views = form.querySelector(".views");
  const frame = form.querySelector(".source-frame");
  const preview = document.getElementById("preview");
  const beside = document.getElementById("beside");
  const isNarrow = window.matchMedia("(max-width: 900px)");

  function show(name) {
    form.dataset.view = name;
    for (const button of views.querySelectorAll("[data-shows]")) button.setAttribute("aria-pressed", String(button.dataset.shows === name));
    if (name !== "text") follow();
  }

  const widely = () => (beside ? "other" : "preview");
  editor.showText = () => { if (isNarrow.matches) show("text"); };
  views.hidden = false;
  views.addEventListener("click", (event) => {
    const button = event.target.closest("[data-shows]");
    if (button) show(button.dataset.shows);
  });
  isNarrow.addEventListener("change", () => show(isNarrow.matches ? "text" : widely()));

  const letters = (text) => text.replace(/\{[^}]*\}\s*$/, "").replace(/[^\p{L}\p{N}]/gu, "");
  const isHeading = (line) => /^#{2,4} /.test(line);

  // A box a line, so that a line has a place.
  if (beside) {
    const lines = beside.textContent.split("\n");
    beside.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line || "\u200b" })));
  }

  // Pairs of places, in the text and in what is beside it, that show the same.
  function pairs(other) {
    const sources = [];
    area.value.split("\n").forEach((line, index) => { if (isHeading(line)) sources.push([editor.lineBox(index + 1), letters(line)]); });
    const headings = [...(other === beside ? beside.children : preview.querySelectorAll("h2, h3, h4"))].filter((box) => other === preview || isHeading(box.textContent));
    const found = [[frame.firstElementChild, 0]];
    let next = 0;
    for (const [box, words] of sources) {
      const at = other === beside ? next : headings.findIndex((heading, index) => index >= next && letters(heading.textContent) === words);
      if (at < 0 || !headings[at]) continue;
      next = at + 1;
      found.push([box, place(headings[at], other)]);
    }
    return found;
  }

  const place = (box, scroller) => box.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;

  function follow() {
    const other = form.dataset.view === "other" ? beside : preview;
    if (!other || other.offsetParent === null || frame.offsetParent === null) return;
    const known = pairs(other).map(([box, there]) => [place(box, frame), there]);
    known.push([frame.scrollHeight, other.scrollHeight]);
    const here = frame.scrollTop;
    const last = known.findLastIndex(([from]) => from <= here + 1);
    const [[from, there], [to, thereafter]] = [known[Math.max(0, last)], known[Math.min(known.length - 1, last + 1)]];
    const share = to > from ? Math.min(1, Math.max(0, (here - from) / (to - from))) : 0;
    other.scrollTop = there + share * (thereafter - there);
  }

  let waiting = false;
  frame.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  });
  show(isNarrow.matches ? "text" : widely());
}
