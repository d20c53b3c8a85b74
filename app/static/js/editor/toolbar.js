// The tools above the text and their keys. What they write is Markdown, and undo takes it back.
const KEYS = { b: "bold", i: "italic", k: "link", s: "save", Enter: "publish", "]": "indent", "[": "outdent" };
const SHIFTED = { h: "heading", l: "list", q: "say" };

export function start(editor) {
  const { form, area } = editor;
  const bar = form.querySelector(".format-bar");
  const menu = document.getElementById("block-menu");
  const isMarkdown = bar.querySelector("[data-tool=heading]") !== null;
  const quotes = area.lang === "fr" ? ["« ", " »"] : ["“", "”"];

  function surround(mark) {
    const { value, selectionStart: from, selectionEnd: to } = area;
    const inside = value.slice(from, to);
    const stars = (text, pattern) => text.match(pattern)[0].length;
    const [left, right] = [stars(value.slice(0, from), /\**$/), stars(value.slice(to), /^\**/)];
    const has = (number) => (mark === "**" ? number >= 2 : number % 2 === 1);
    if (has(left) && has(right)) return editor.replace(from - mark.length, to + mark.length, inside, from - mark.length, to - mark.length);
    const words = inside || editor.said("example");
    editor.replace(from, to, mark + words + mark, from + mark.length, from + mark.length + words.length);
  }

  function prefix(sign, pattern) {
    editor.changeLines((lines) => {
      const all = lines.every((line) => !line.trim() || pattern.test(line));
      return lines.map((line) => (all && line.trim() ? line.replace(pattern, "") : line.trim() || lines.length === 1 ? sign + line.replace(pattern, "") : line));
    });
  }

  function say() {
    const [from, to] = editor.selectedLines();
    if (area.value.slice(from, to).trim()) return prefix("> ", /^> ?/);
    const opening = `> ${quotes[0]}`;
    editor.replace(from, to, opening + quotes[1], from + opening.length);
  }

  function heading() {
    editor.changeLines((lines) =>
      lines.map((line) => {
        const level = line.match(/^#{0,4} ?/)[0].trim().length;
        return { 0: "## ", 2: "### ", 3: "#### " }[level] === undefined ? line.replace(/^#+ ?/, "") : { 0: "## ", 2: "### ", 3: "#### " }[level] + line.replace(/^#+ ?/, "");
      }),
    );
  }

  // A part of its own: empty lines before and after it.
  function insertPart(text, at, selectFrom, selectLength) {
    const before = area.value.slice(0, at);
    const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const trail = /^\n*$/.test(area.value.slice(at)) || area.value.slice(at).startsWith("\n\n") ? "" : area.value[at] === "\n" ? "\n" : "\n\n";
    editor.replace(at, at, lead + text + trail, at + lead.length + selectFrom, at + lead.length + selectFrom + selectLength);
  }

  function table() {
    const [column, cell] = [editor.said("column"), editor.said("cell")];
    insertPart(`| ${column} | ${column} |\n| --- | --- |\n| ${cell} | ${cell} |`, editor.selectedLines()[1], 2, column.length);
  }

  function block(name, words) {
    const following = area.value.slice(area.selectionEnd).search(/^## /m);
    const end = following < 0 ? area.value.length : area.selectionEnd + following;
    const at = area.value.slice(0, end).trimEnd().length;
    insertPart(`## ${words} {.${name}}\n`, at, words.length + name.length + 8, 0);
  }

  // YAML goes by two spaces; a list inside a list of Markdown by four.
  function step() {
    const frontMatter = /^---\n[\s\S]*?\n---(?=\n|$)/.exec(area.value)?.[0].length ?? 0;
    return isMarkdown && area.selectionStart > frontMatter ? "    " : "  ";
  }

  const indent = (sign) => editor.changeLines((lines) => lines.map((line) => (line.trim() || lines.length === 1 ? sign + line : line)));
  const outdent = (sign) => editor.changeLines((lines) => lines.map((line) => (line.startsWith(sign) ? line.slice(sign.length) : line.trimStart())));

  function toggleBlocks(open = menu.hidden) {
    menu.hidden = !open;
    bar.querySelector("[data-tool=blocks]")?.setAttribute("aria-expanded", String(open));
    if (open) menu.querySelector("button").focus();
  }

  const tools = {
    bold: () => surround("**"),
    italic: () => surround("*"),
    heading,
    list: () => prefix("- ", /^[-*] /),
    say,
    table,
    link: () => editor.pickLink(),
    attach: () => document.getElementById("attach-file").click(),
    blocks: () => toggleBlocks(),
    save: () => editor.saving.save(),
    publish: () => editor.saving.publish(),
    indent: () => indent(step()),
    outdent: () => outdent(step()),
  };

  bar.hidden = false;
  form.querySelector(".shortcuts").hidden = false;
  const buttons = [...bar.querySelectorAll("[data-tool]")];
  buttons.forEach((button, index) => { button.tabIndex = index ? -1 : 0; });
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection in the text stays
  bar.addEventListener("click", (event) => tools[event.target.closest("[data-tool]")?.dataset.tool]?.());
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = buttons.indexOf(document.activeElement);
    if (!by || at < 0) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    const next = buttons[(at + by + buttons.length) % buttons.length];
    next.tabIndex = 0;
    next.focus();
  });
  menu.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-block]");
    if (!chosen) return;
    toggleBlocks(false);
    block(chosen.dataset.block, chosen.dataset.heading);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggleBlocks(false);
    area.focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isHere = form.contains(event.target) || event.target === document.body;
    if (event.key === "F8" && isHere) {
      event.preventDefault();
      editor.nextProblem();
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !isHere) return;
    const name = event.shiftKey ? SHIFTED[event.key.toLowerCase()] : KEYS[event.key];
    if (!name || !tools[name] || (!isMarkdown && ["heading", "list", "say"].includes(name))) return;
    if (event.target !== area && !["save", "publish"].includes(name)) return;
    event.preventDefault();
    tools[name]();
  });

  // Enter goes on with a list or a quotation; on an empty item it ends it.
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { value, selectionStart: at, selectionEnd } = area;
    const from = value.lastIndexOf("\n", at - 1) + 1;
    const item = /^(\s*(?:- \[[ x]\] |[-*] |> ))(.*)$/.exec(value.slice(from, at));
    if (!item || at !== selectionEnd || !isMarkdown) return;
    event.preventDefault();
    if (item[2].trim()) editor.replace(at, at, `\n${item[1].replace("[x]", "[ ]")}`);
    else editor.replace(from, at, "");
  });
}
