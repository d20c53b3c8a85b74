// A document's fields: saved a moment after one types; rows are added, moved and taken away without a new page.
// Without this script the same buttons send the form and the page comes back whole.
const PAUSE = 3000; // milliseconds without a key
const form = () => document.getElementById("fields");
const words = () => document.getElementById("save-words");

let typed = false; // something is on the page that is not in the draft
let late = false; // somebody else saved: only the Save button shows both texts
let leaving = false;
let timer = 0;
let busy = Promise.resolve();

const say = (text) => {
  const place = words();
  if (text && place.textContent !== text) place.textContent = text;
};

const send = (body, accept) => fetch(form().action, { method: "POST", body, headers: { Accept: accept } });

function inTurn(work) {
  busy = busy.then(work, work);
  return busy;
}

function set(name, value) {
  const field = form().elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}

async function save() {
  if (!typed || late || leaving) return;
  const body = new FormData(form());
  body.set("do", "autosave");
  typed = false;
  say(form().dataset.saving);
  let answer;
  try {
    answer = await send(body, "application/json");
  } catch {
    typed = true;
    say(form().dataset.offline);
    return;
  }
  const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (answer.ok) {
    if (told.version) set("version", told.version);
    for (const [name, place] of Object.entries(told.places ?? {})) set(name, place);
    if (!typed) say(told.said || form().dataset.same);
    return;
  }
  typed = true;
  if (answer.status === 409 && told.aside) {
    late = true;
    const settles = Object.assign(document.createElement("input"), { type: "hidden", name: "settles" });
    settles.value = told.aside;
    form().append(settles);
    say(form().dataset.late);
  } else {
    say(form().dataset.refused);
  }
}

function later() {
  typed = true;
  if (!late) say(form().dataset.unsaved);
  clearTimeout(timer);
  timer = setTimeout(() => inTurn(save), PAUSE);
}

// A row is known by where it came from, or by its heading when it is new; what it folds away, by the rows around it.
const FOLDED = "details.form-row, details.more-fields";
const rowName = (row) =>
  row.querySelector("input[name$='-was']")?.value || row.querySelector("summary")?.textContent.replace(/^\s*\d+\./, "");
function nameOf(folded) {
  const names = folded.matches(".form-row") ? [] : [folded.closest("section").querySelector("h2").textContent];
  for (let row = folded.closest(".form-row"); row; row = row.parentElement.closest(".form-row")) names.push(rowName(row));
  return names.join("/");
}
const openOnes = () => new Set([...form().querySelectorAll(FOLDED)].filter((each) => each.open).map(nameOf));

async function act(button) {
  const what = button.value.split(":")[0];
  const opened = openOnes();
  const body = new FormData(form());
  body.set("do", button.value);
  let page;
  try {
    const answer = await send(body, "text/html");
    if (!answer.ok) throw new Error(answer.status);
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    say(form().dataset.refused);
    return;
  }
  const fresh = page.getElementById("fields");
  if (!fresh) {
    say(form().dataset.refused);
    return;
  }
  form().replaceWith(document.adoptNode(fresh));
  for (const each of form().querySelectorAll(FOLDED)) if (opened.has(nameOf(each))) each.open = true;
  const row = document.getElementById("row");
  const same = row?.querySelector(`:scope > .row-buttons [value^="${what}:"]:not(:disabled)`);
  const target = (what === "up" || what === "down") && same ? same : form().querySelector("[autofocus]");
  (target ?? row?.querySelector("button:not(:disabled)"))?.focus();
  row?.scrollIntoView({ block: "nearest" });
  document.getElementById("said").textContent = page.getElementById("said")?.textContent ?? "";
  if (what !== "add") later();
}

document.addEventListener("input", (event) => {
  if (event.target.closest("#fields") && !event.target.name.endsWith("-new")) later();
});

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  const button = event.submitter;
  if (button?.hasAttribute("data-act")) {
    event.preventDefault();
    inTurn(() => act(button));
    return;
  }
  if (leaving) return;
  event.preventDefault();
  clearTimeout(timer);
  inTurn(() => {
    leaving = true;
    // Not from within this event: a form that is being sent does not listen.
    setTimeout(() => form().requestSubmit(button));
  });
});

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  leaving = false;
});
addEventListener("beforeunload", (event) => {
  if (typed && !leaving) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") inTurn(save);
});
addEventListener("online", () => inTurn(save));
