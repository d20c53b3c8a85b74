// Asks, as one types, what is wrong and how the page would look. One question at a time, and one more if the text changed.
const PAUSE = 400; // milliseconds without a key
const PRESENCE = 25000; // between two words that somebody is here

export function start(editor) {
  const { form, area } = editor;
  const list = document.getElementById("problems");
  const count = document.getElementById("check-count");
  const preview = document.getElementById("preview");
  let timer = null;
  let asking = false;
  let asked = area.defaultValue;
  let present = 0;
  let lines = [];

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  }

  async function check() {
    if (asking) return;
    const text = area.value;
    const isPresent = document.visibilityState === "visible" && Date.now() - present >= PRESENCE;
    if (text === asked && !isPresent) return;
    asking = true;
    form.dataset.checking = "true";
    const { status, given } = await editor.post(form.dataset.check, { source: text, present: isPresent });
    asking = false;
    delete form.dataset.checking;
    if (status !== 200) return;
    if (isPresent) present = Date.now();
    asked = text;
    show(given);
    if (area.value !== text) soon();
  }

  function show(given) {
    const before = heading();
    list.innerHTML = given.list;
    count.innerHTML = given.count;
    mark(given.problems);
    if (heading() !== before) editor.announce(heading());
    if (given.preview !== null && preview.innerHTML !== given.preview) preview.innerHTML = given.preview;
    document.getElementById("preview-rough").hidden = given.preview !== null && !given.rough;
    if (given.others !== undefined) document.getElementById("others").innerHTML = given.others;
    if (given.base_is_old !== undefined) document.getElementById("base-moved").hidden = !given.base_is_old;
    editor.saving.moved(given);
  }

  const heading = () => list.querySelector("#problems-title").textContent.trim();

  function mark(problems) {
    lines = [...new Set(problems.map((problem) => problem.line))].sort((one, two) => one - two);
    editor.markLines(lines);
  }

  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    go(Number(link.dataset.line));
  });

  function go(line) {
    editor.showText?.();
    editor.goToLine(line);
    const what = list.querySelector(`[data-line="${line}"]`)?.nextElementSibling;
    if (what) editor.announce(editor.said("at-line", { line, what: what.textContent.trim() }));
  }

  // The next mistake below the caret, then again from the top.
  editor.nextProblem = () => {
    const here = editor.lineOf(area.selectionStart);
    const next = lines.find((line) => line > here) ?? lines[0];
    if (next) go(next);
  };

  const wanted = /^#line-(\d+)$/.exec(location.hash);
  if (wanted) editor.goToLine(Number(wanted[1]));

  area.addEventListener("input", soon);
  document.addEventListener("visibilitychange", soon);
  setInterval(check, PRESENCE + 1000);
  mark([...list.querySelectorAll("[data-line]")].map((link) => ({ line: Number(link.dataset.line) })));
  if (Number(form.elements.version.value) > 0 || area.value !== asked) check();
}
