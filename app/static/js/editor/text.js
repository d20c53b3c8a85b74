// Changing the text as typing would: through the browser's own insertion, so that undo takes each change back.
export function start(editor) {
  const { area } = editor;

  // Puts `text` where [from, to) is, then selects [selectFrom, selectTo); by default the caret stands after it.
  editor.replace = (from, to, text, selectFrom = from + text.length, selectTo = selectFrom) => {
    if (area.readOnly) return;
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, to);
    const before = area.value;
    if (before.slice(from, to) !== text) {
      const done = document.execCommand(text ? "insertText" : "delete", false, text);
      if (!done || area.value !== before.slice(0, from) + text + before.slice(to)) insertPlainly(before, from, to, text);
    }
    area.setSelectionRange(selectFrom, selectTo);
  };

  function insertPlainly(before, from, to, text) {
    area.value = before;
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  // Takes another whole text, changing only what differs: the caret stays by the words it stood by.
  editor.adopt = (text) => {
    const before = area.value;
    if (before === text) return;
    const most = Math.min(before.length, text.length);
    let same = 0;
    while (same < most && before[same] === text[same]) same += 1;
    let after = 0;
    while (after < most - same && before[before.length - 1 - after] === text[text.length - 1 - after]) after += 1;
    const moved = (at) => (at <= same ? at : at >= before.length - after ? at + text.length - before.length : nearest(before, text, at));
    const caret = [moved(area.selectionStart), moved(area.selectionEnd)];
    const [end, put] = [before.length - after, text.slice(same, text.length - after)];
    if (document.activeElement === area && !area.readOnly) editor.replace(same, end, put, ...caret);
    else {
      area.setRangeText(put, same, end);
      area.setSelectionRange(...caret);
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  };

  // Where a place of the old text is in the new one: in the same line, if that still stands, nearest to where it was.
  function nearest(before, text, at) {
    const start = before.lastIndexOf("\n", at - 1) + 1;
    const line = before.slice(start, (before.indexOf("\n", at) + 1 || before.length + 1) - 1);
    let [best, place] = [Infinity, Math.min(at, text.length)];
    for (let found = text.indexOf(line); line && found >= 0; found = text.indexOf(line, found + 1)) {
      if (Math.abs(found - start) < best) [best, place] = [Math.abs(found - start), found + at - start];
    }
    return place;
  }

  // The beginning and the end of the lines that are selected.
  editor.selectedLines = () => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const to = area.value.indexOf("\n", Math.max(area.selectionStart, area.selectionEnd - 1));
    return [from, to < 0 ? area.value.length : to];
  };

  editor.changeLines = (change) => {
    const [from, to] = editor.selectedLines();
    const lines = area.value.slice(from, to).split("\n");
    const changed = change(lines).join("\n");
    if (lines.length > 1) editor.replace(from, to, changed, from, from + changed.length);
    else editor.replace(from, to, changed);
  };
}
