// Pictures and PDFs: chosen, pasted or dropped on the text, they are sent to the library and shown by name.
export function start(editor) {
  const { form, area } = editor;
  const chooser = document.getElementById("attach-file");

  async function send(file) {
    const fields = new FormData();
    fields.set("csrf_token", form.elements.csrf_token.value);
    fields.set("file", file);
    editor.announce(editor.said("sending", { name: file.name }));
    tell(editor.said("sending", { name: file.name }));
    const answer = await fetch(form.dataset.attachments, { method: "POST", body: fields, headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value }, redirect: "manual" }).catch(() => null);
    const given = await answer?.json().catch(() => null);
    if (!answer?.ok || !given?.name) return tell(given?.error?.what ?? editor.said("not-sent", { name: file.name }));
    tell("");
    editor.announce(editor.said("sent", { name: given.name }));
    // Words for it stand in the brackets, selected: its author knows better ones than the name of the file.
    const words = /\[(.*)\]/s.exec(given.markdown);
    const [from, to, lead] = place();
    const begins = from + lead.length + words.index + 1;
    editor.replace(from, to, lead + given.markdown, begins, begins + words[1].length);
  }

  // Where the cursor is; never in the first lines between hyphens, which a picture would make unreadable, and where
  // the cursor stands until the author has put it elsewhere: then at the end of the text.
  function place() {
    const head = /^---\n[\s\S]*?\n---(?:\n|$)/.exec(area.value)?.[0].length ?? 0;
    if (!head || area.selectionStart >= head) return [area.selectionStart, area.selectionEnd, ""];
    const end = area.value.trimEnd().length;
    return [end, area.value.length, "\n\n"];
  }

  function tell(words) {
    const line = document.getElementById("attach-said");
    line.hidden = !words;
    line.textContent = words;
  }

  async function sendAll(files) {
    for (const file of files) await send(file);
  }

  const acceptable = (transfer) => [...(transfer?.files ?? [])].filter((file) => /^(image\/|application\/pdf)/.test(file.type));

  chooser.addEventListener("change", async () => {
    await sendAll(chooser.files);
    chooser.value = "";
  });
  for (const [name, transfer] of [["paste", "clipboardData"], ["drop", "dataTransfer"]]) {
    area.addEventListener(name, (event) => {
      const files = acceptable(event[transfer]);
      if (!files.length || event[transfer].getData("text/plain")) return;
      event.preventDefault();
      sendAll(files);
    });
  }
}
