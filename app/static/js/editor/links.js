// Finds a document by its title and writes the link to it.
export function start(editor) {
  const { form, area } = editor;
  const picker = document.getElementById("link-picker");
  const search = document.getElementById("picker-search");
  const found = document.getElementById("picker-found");
  let timer = null;
  let current = 0;
  let selection = [0, 0];

  editor.pickLink = () => {
    selection = [area.selectionStart, area.selectionEnd];
    picker.hidden = false;
    const chosen = area.value.slice(...selection);
    search.value = chosen.length <= 60 && !/[\n[\](){}*]/.test(chosen) ? chosen : "";
    search.focus();
    search.select();
    look();
  };

  function close() {
    picker.hidden = true;
    area.focus();
  }

  async function look() {
    current += 1;
    const asked = current;
    const address = `${form.dataset.links}?${new URLSearchParams({ q: search.value })}`;
    const answer = await fetch(address, { redirect: "manual" }).catch(() => null);
    if (asked === current && answer?.ok) found.innerHTML = await answer.text();
  }

  function write(button) {
    const [from, to] = selection;
    const words = area.value.slice(from, to) || button.dataset.title || editor.said("example");
    picker.hidden = true;
    const target = button.dataset.link;
    // Where a link stands alone as a value, such as read_again, the target is enough.
    if (/^\s*(- )?[\w-]+:[ \t]*$/.test(area.value.slice(area.value.lastIndexOf("\n", from - 1) + 1, from))) editor.replace(from, to, target);
    else editor.replace(from, to, `[${words}](${target})`, from + 1, from + 1 + words.length);
  }

  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 150);
  });
  found.addEventListener("click", (event) => {
    const button = event.target.closest("[data-link]");
    if (button) write(button);
  });
  async function takeFirst() {
    clearTimeout(timer);
    await look();
    const first = found.querySelector("[data-link]");
    if (first) write(first);
  }

  picker.addEventListener("keydown", (event) => {
    const buttons = [...found.querySelectorAll("[data-link]")];
    const at = buttons.indexOf(document.activeElement);
    const keys = {
      Escape: close,
      ArrowDown: () => (buttons[at + 1] ?? buttons[0])?.focus(),
      ArrowUp: () => (buttons[at - 1] ?? search).focus(),
      Enter: at < 0 ? takeFirst : null,
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
}
