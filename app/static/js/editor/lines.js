// Line numbers, and the marks of lines with a mistake: a copy of the text behind the field, a box a line, of which only
// the lines that changed are made again. It also gives the field its height.
export function start(editor) {
  const { area, form } = editor;
  const mirror = form.querySelector(".mirror");
  let shown = [];
  let wrong = new Set();

  function draw() {
    const lines = area.value.split("\n");
    const most = Math.min(lines.length, shown.length);
    let before = 0;
    while (before < most && lines[before] === shown[before]) before += 1;
    let after = 0;
    while (after < most - before && lines[lines.length - 1 - after] === shown[shown.length - 1 - after]) after += 1;
    const stale = [...mirror.children].slice(before, shown.length - after);
    const fresh = lines.slice(before, lines.length - after).map((line) => {
      const box = document.createElement("div");
      box.textContent = line || "\u200b";
      return box;
    });
    const next = mirror.children[shown.length - after] ?? null;
    for (const box of stale) box.remove();
    for (const box of fresh) mirror.insertBefore(box, next);
    shown = lines;
    area.scrollTop = 0; // the frame around it scrolls
  }

  editor.markLines = (numbers) => {
    for (const number of wrong) mirror.children[number - 1]?.classList.remove("wrong");
    wrong = new Set(numbers);
    for (const number of wrong) mirror.children[number - 1]?.classList.add("wrong");
  };

  editor.lineOf = (at) => area.value.slice(0, at).split("\n").length;
  editor.lineBox = (number) => mirror.children[Math.min(number, mirror.children.length) - 1];

  editor.goToLine = (number) => {
    const lines = area.value.split("\n");
    const from = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, from + (lines[number - 1]?.length ?? 0));
    editor.lineBox(number)?.scrollIntoView({ block: "center" });
  };

  area.addEventListener("input", draw);
  window.addEventListener("pageshow", draw); // the browser may put an earlier text back
  draw();
}
