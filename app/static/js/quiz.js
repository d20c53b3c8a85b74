// A question of a quiz: saves each reply as soon as it is given, and says “saved” only when the server has said so.
// Without this script the page works by its buttons.
const form = document.querySelector("form.reply");
const state = form.querySelector(".save-state");
const here = form.querySelector(".overview [aria-current]");
const PAUSE = 900; // milliseconds without a key before typed words are saved

// What each page brings along when it has the part: loaded by addresses that carry a mark of their content.
const PARTS = { ordering: ".order", words: ".word-count", countdown: ".time-left" };

let pending = null; // the reply that is not on disk yet, with the name of its act: sent again, it changes nothing
let sending = null; // the request under way
let pause = null;
let uuid = form.elements.uuid.value; // names the act that saved, or will save, what the page shows
let leaving = false;

// The fields of the reply that hold something: [name, value] each.
const replied = () => [...new FormData(form)].filter(([name, value]) => /^(reply|gap-\d+)$/.test(name) && value.trim() !== "");
let kept = JSON.stringify(replied()); // what is on disk, once saved here

function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function show(mood, words, { again = false } = {}) {
  state.className = `save-state ${mood}`;
  const sign = form.querySelector(`template.icon-${mood}`);
  const text = document.createElement("span");
  text.textContent = words;
  state.replaceChildren(...(sign ? [sign.content.cloneNode(true)] : []), text);
  if (again) {
    const button = form.querySelector("template.try-again").content.cloneNode(true);
    button.querySelector("button").addEventListener("click", save);
    state.append(button);
  }
}

function changed() {
  const fields = replied();
  if (!pending && JSON.stringify(fields) === kept) return;
  pending = { fields, uuid: newName() };
}

function saveSoon() {
  clearTimeout(pause);
  pause = setTimeout(save, PAUSE);
}

// Resolves to whether everything that was replied is on disk.
function save() {
  clearTimeout(pause);
  sending ??= send().finally(() => { sending = null; });
  return sending;
}

async function send() {
  while (pending) {
    const reply = pending;
    show("", form.dataset.saving);
    if (!(await post(reply))) return false;
    kept = JSON.stringify(reply.fields);
    uuid = reply.uuid;
    if (pending === reply) pending = null;
  }
  return true;
}

// After signing in again, the page's mark against forged requests is no longer good: the server gives a new one.
async function renewed() {
  const page = await fetch(location.href, { redirect: "manual" });
  if (page.type === "opaqueredirect" || !page.ok) return false;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form.reply [name=csrf_token]");
  if (fresh) form.elements.csrf_token.value = fresh.value;
  return fresh !== null;
}

async function post(reply, isSecondTry = false) {
  const fields = new URLSearchParams();
  for (const name of ["csrf_token", "question"]) fields.set(name, form.elements[name].value);
  fields.set("uuid", reply.uuid);
  for (const [name, value] of reply.fields) fields.append(name, value);
  const headers = { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value };
  let answer;
  let signedOut;
  try {
    answer = await fetch(form.action, { method: "POST", body: fields, headers, redirect: "manual", signal: AbortSignal.timeout(15000) });
    signedOut = answer.type === "opaqueredirect" || answer.status === 401;
    if (answer.status === 400 && !isSecondTry) {
      if (await renewed()) return post(reply, true);
      signedOut = true;
    }
  } catch {
    show("bad", form.dataset.failed, { again: true });
    return false;
  }
  if (signedOut) {
    show("bad", form.dataset.signedOut, { again: true });
    return false;
  }
  const said = await answer.json().catch(() => null);
  if (answer.status !== 200 || said?.saved !== true) {
    show("bad", said?.error?.what ?? form.dataset.failed, { again: answer.status >= 500 || !said });
    return false;
  }
  mark(said.answered);
  if (!said.answered) show("", form.dataset.takenBack);
  else if (!said.readable) show(form.dataset.doubtful, form.dataset.unreadable);
  else show("good", form.dataset.saved);
  return true;
}

function mark(answered) {
  here.classList.toggle("answered", answered);
  here.querySelector(".visually-hidden").textContent = answered ? here.dataset.answered : here.dataset.open;
}

async function leaveFor(href) {
  if (await save()) location.assign(href);
}

form.addEventListener("change", () => { changed(); save(); });
form.addEventListener("input", (event) => {
  if (!event.target.matches("#typed-reply, .gaps input")) return;
  changed();
  saveSoon();
});

form.addEventListener("submit", async (event) => {
  const button = event.submitter ?? form.querySelector("[data-default]");
  event.preventDefault();
  if (leaving || !(await save()) || leaving) return;
  if (button.dataset.href) {
    location.assign(button.dataset.href);
    return;
  }
  leaving = true;
  if (button.value === "finish") finish();
  else ask(button);
});

// The reply is on disk: only the wish to finish is sent, and the server decides whether to ask first.
function finish() {
  form.action = form.dataset.submit;
  const asking = form.elements.uuid;
  Object.assign(asking, { name: "ask", value: "yes" });
  form.submit();
}

// To check the reply, or to see a hint. The act that saved the reply is named, so that it is not recorded twice.
function ask(button) {
  const asked = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
  if (button.hasAttribute("formaction")) form.action = button.formAction;
  form.elements.uuid.value = uuid;
  form.append(asked);
  form.submit();
}

form.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !pending || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leaveFor(link.href);
});

window.addEventListener("beforeunload", (event) => {
  if (pending) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (typing) return;
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-default]"));
    return;
  }
  const choice = form.querySelector(`[data-key="${CSS.escape(event.key.toUpperCase())}"]`);
  if (choice) {
    choice.focus();
    choice.click();
  }
});

// What was picked or typed before this script was there.
const isEarly = (field) => field.checked !== field.defaultChecked || (field.type !== "checkbox" && field.type !== "radio" && field.value !== field.defaultValue);
const isOtherwise = (list) => [...list.options].some((each) => each.selected !== each.defaultSelected && each.value !== "");
const fields = [...form.elements].filter((field) => /^(reply|gap-\d+)$/.test(field.name));
if (fields.some((field) => (field.matches("select") ? isOtherwise(field) : isEarly(field)))) {
  kept = null;
  changed();
  save();
}

const given = { changed, save, saveSoon, forget: () => { pending = null; } };
for (const [name, selector] of Object.entries(PARTS)) {
  if (!document.querySelector(selector)) continue;
  const key = `script${name[0].toUpperCase()}${name.slice(1)}`;
  import(form.dataset[key]).then((part) => part.start(form, given));
}
