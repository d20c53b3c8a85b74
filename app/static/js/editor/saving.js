// Saves by itself, says “saved” only when the server has said so, and never puts a text over another author's.
const PAUSE = 2500; // milliseconds without a key
const AT_MOST = 20000; // of typing without a pause
const RETRIES = [3000, 10000, 30000, 60000];
const LARGEST_LAST = 60000; // what a browser sends while a page goes away

export function start(editor) {
  const { form, area } = editor;
  const state = document.getElementById("save-state");
  const fields = form.elements;
  const now = () => ({ draft: fields.draft.value || null, version: Number(fields.version.value), base: Number(fields.base.value) || null });

  let confirmed = area.defaultValue; // what the server holds at this version
  let settles = [...form.querySelectorAll("[name=settles]")].map((field) => field.value);
  let unanswered = []; // texts sent without an answer: any may have arrived
  let sending = null;
  let pause = null;
  let typedSince = 0;
  let failures = 0;

  const dirty = () => area.value !== confirmed || settles.length > 0;
  const payload = () => ({ source: area.value, ...now(), previous: unanswered, settles });

  function show(icon, words) {
    const sign = state.querySelector("use");
    if (sign) sign.setAttribute("href", sign.getAttribute("href").replace(/#.*/, `#${icon}`));
    const text = state.querySelector("span");
    if (text.textContent !== words) text.textContent = words;
    state.dataset.state = icon;
  }

  function keep() {
    editor.device.keep({ text: area.value, ...now(), previous: unanswered });
  }

  function changed() {
    if (!dirty()) return settled();
    keep();
    if (!sending) show("edit", editor.said("waiting"));
    typedSince ||= Date.now();
    clearTimeout(pause);
    pause = setTimeout(save, Math.max(0, Math.min(PAUSE, typedSince + AT_MOST - Date.now())));
  }

  function settled(hour) {
    clearTimeout(pause);
    typedSince = failures = 0;
    editor.device.forget();
    if (hour) show("circle-check", editor.said("saved", { hour }));
    else if (Number(fields.version.value) === 0) show("circle-check", editor.said("unchanged"));
    else if (state.dataset.state === "edit") show("circle-check", editor.said("saved", { hour: editor.saving.hour }));
  }

  // Resolves to whether everything typed is on disk.
  function save() {
    clearTimeout(pause);
    sending ??= send().finally(() => { sending = null; });
    return sending;
  }

  async function send() {
    while (dirty()) {
      const sent = payload();
      keep();
      show("refresh", editor.said("saving"));
      const { status, given } = await editor.post(form.action, sent);
      if (!(await answered(sent, status, given))) return false;
    }
    return true;
  }

  // Resolves to whether the server has the text, or has shown what is in its way.
  async function answered(sent, status, given) {
    if (status === 200) accepted(sent, given);
    else if (status === 409 && given?.merged !== undefined) await bring(sent, given);
    else return failed(sent, status);
    failures = 0;
    return true;
  }

  function accepted(sent, given) {
    confirmed = sent.source;
    unanswered = [];
    settles = [];
    place(given);
    editor.saving.hour = given.hour;
    typedSince = 0;
    if (!dirty()) settled(given.hour);
    else keep();
  }

  function place(given) {
    fields.draft.value = given.draft ?? "";
    fields.version.value = given.version;
  }

  // Somebody was faster. What was typed meanwhile is sent again, so that the merge holds it too.
  async function bring(sent, given) {
    unanswered = [];
    settles.push(given.aside);
    if (area.value !== sent.source && settles.length < 5) return;
    let text = given.merged;
    if (!given.clean) {
      show("git-merge", editor.said("choose"));
      keep();
      text = await editor.choose(given);
    }
    place(given);
    confirmed = given.theirs;
    editor.adopt(text);
    if (given.clean) {
      editor.announce(editor.said("merged", { who: given.who }));
      document.getElementById("merged").hidden = false;
      document.getElementById("merged-words").textContent = editor.said("merged", { who: given.who });
    }
  }

  function failed(sent, status) {
    if (status === 0 || status >= 500) {
      unanswered = [...unanswered.filter((text) => text !== sent.source), sent.source].slice(-3);
      show("cloud-off", editor.said("offline"));
      pause = setTimeout(save, RETRIES[Math.min(failures, RETRIES.length - 1)]);
      failures += 1;
    } else show("alert-triangle", editor.said({ 401: "signed-out", 413: "too-long" }[status] ?? "refused"));
    keep();
    return false;
  }

  // The page may never run again: one last word to the server; what it has not confirmed stays on this device.
  function leave() {
    if (!dirty() || sending || area.readOnly) return;
    clearTimeout(pause);
    const last = payload();
    if (JSON.stringify(last).length > LARGEST_LAST) return void save();
    unanswered = [...unanswered, last.source].slice(-3);
    keep();
    sending = editor.post(form.action, last, { keepalive: true }).then(({ status, given }) => answered(last, status, given)).finally(() => {
      sending = null;
      if (dirty() && failures === 0) changed();
    });
  }

  async function goOn(address) {
    if (await save()) location.assign(address);
  }

  editor.saving = {
    save,
    hour: state.dataset.hour,
    // Typed before a crash: the server is asked as if nothing had happened in between.
    takeUp(record) {
      unanswered = record.previous ?? [];
      confirmed = null;
      fields.draft.value = record.draft ?? "";
      fields.version.value = record.version;
      fields.base.value = record.base ?? "";
      editor.adopt(record.text);
      save();
    },
    // The server's draft is not the one this page knows.
    moved(given) {
      if (sending || dirty() || area.readOnly) return;
      if (given.draft === null && fields.draft.value) show("info-circle", editor.said("gone"));
      else if (given.version > Number(fields.version.value) || (given.draft ?? "") !== fields.draft.value) {
        confirmed = null; // sending an old text brings the new one back
        save();
      }
    },
    async publish() {
      if (!(await save())) return;
      if (Number(fields.version.value) === 0) show("info-circle", editor.said("nothing"));
      else location.assign(form.dataset.publish);
    },
  };

  area.addEventListener("input", changed);
  area.addEventListener("blur", () => { if (dirty()) save(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", () => { if (dirty()) save(); });
  window.addEventListener("beforeunload", (event) => { if (failures > 0 && dirty()) event.preventDefault(); });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const go = event.submitter?.value;
    if (go === "publish") editor.saving.publish();
    else if (go === "fields") goOn(`${form.dataset.publish.replace(/publish$/, "fields")}`);
    else save();
  });
  document.getElementById("base-moved").addEventListener("submit", async (event) => {
    const { target } = event;
    event.preventDefault();
    if (!(await save())) return;
    for (const name of ["draft", "version"]) target.elements[name].value = fields[name].value;
    target.submit();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.getAttribute("href").startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey || !dirty()) return;
    event.preventDefault();
    goOn(link.href);
  });

  // What was typed before this script was there, or put back by the browser.
  if (dirty()) changed();
  editor.startOffering();
}
