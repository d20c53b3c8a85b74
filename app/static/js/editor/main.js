// The editor: brings its scripts together, each of which adds one behaviour to `editor`. They are loaded by the addresses
// the page gives, which carry a mark of their content, so that none is ever an old one from the browser's store.
const form = document.getElementById("editor");

const editor = {
  form,
  area: form.elements.source,
  // A sentence of the page's, with its blanks filled in.
  said(name, values = {}) {
    const key = `said-${name}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    return form.dataset[key].replace(/\{(\w+)\}/g, (_, blank) => values[blank] ?? "");
  },
  // For screen readers, without moving anything.
  announce(words) {
    document.getElementById("said").textContent = words;
  },
  // Copies of the page's own HTML, such as a panel that waits in a template.
  panel(name, values = {}) {
    const panel = document.getElementById(`${name}-words`).content.cloneNode(true).firstElementChild;
    const words = panel.querySelector("[data-words]");
    words.textContent = words.dataset.words.replace(/\{(\w+)\}/g, (_, blank) => values[blank] ?? "");
    return panel;
  },
  post,
};

// {status, given}: status 0 when no answer came, 401 when somebody must sign in first.
async function post(address, body, { keepalive = false, again = true } = {}) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value };
  try {
    const signal = keepalive ? undefined : AbortSignal.timeout(20000);
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", keepalive, signal });
    if (answer.type === "opaqueredirect") return { status: 401 };
    if (answer.status === 400 && again && (await renewed())) return post(address, body, { keepalive, again: false });
    return { status: answer.status, given: await answer.json().catch(() => null) };
  } catch {
    return { status: 0 };
  }
}

// After signing in again, the page's mark against forged requests is no longer good: the server gives a new one.
async function renewed() {
  const page = await fetch(location.href, { redirect: "manual" });
  if (page.type === "opaqueredirect" || !page.ok) return false;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#editor [name=csrf_token]");
  const changed = fresh !== null && fresh.value !== form.elements.csrf_token.value;
  if (changed) form.elements.csrf_token.value = fresh.value;
  return changed;
}

const names = Object.keys(form.dataset).filter((key) => key.startsWith("script"));
for (const behaviour of await Promise.all(names.map((name) => import(form.dataset[name])))) behaviour.start(editor);
form.classList.add("live");
form.dataset.ready = "true";
