// Review: the next card is swapped in by htmx; this adds the keyboard, the focus, how long an answer took, orders that
// are moved rather than numbered, and the truth when the network is gone. Without it every button still works.
let shown = performance.now();
let isSending = false; // one thing at a time: what is sent meanwhile is dropped (hx-sync), but for the wish to go on
let goesOn = false;

const review = () => document.getElementById("review");
const isTyping = (target) => target.matches("input:not([type=radio], [type=checkbox]), textarea, select");

async function prepare() {
  shown = performance.now();
  const form = review()?.querySelector("form.reply");
  if (!form?.querySelector(".order")) return;
  const { start } = await import(form.dataset.ordering);
  const nothing = () => {};
  start(form, { changed: nothing, save: nothing, saveSoon: nothing });
}

function say(words) {
  const state = review()?.querySelector(".save-state") ?? review()?.querySelector(".failed");
  if (!state) {
    const line = document.createElement("p");
    line.className = "save-state failed";
    line.setAttribute("role", "alert");
    review()?.append(line);
    return say(words);
  }
  const text = document.createElement("span");
  text.textContent = words;
  const sign = review().querySelector("template.icon-bad");
  state.classList.add("bad");
  state.replaceChildren(...(sign ? [sign.content.cloneNode(true)] : []), text);
  state.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:configRequest", (event) => {
  if ("took" in event.detail.parameters) event.detail.parameters.took = Math.round(performance.now() - shown);
});

document.addEventListener("htmx:beforeRequest", () => { isSending = true; });
document.addEventListener("htmx:afterRequest", () => { isSending = false; });
document.addEventListener("click", (event) => {
  if (!isSending || !event.target.closest("[data-next]")) return;
  event.preventDefault();
  event.stopPropagation();
  goesOn = true;
}, { capture: true });

document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.matches("#review")) return;
  if (goesOn) {
    goesOn = false;
    setTimeout(() => review().querySelector("[data-next]")?.click()); // once this request has ended
    return;
  }
  document.title = review().dataset.title;
  scrollTo(0, 0);
  review().querySelector("[data-focus]")?.focus({ preventScroll: true });
  prepare();
});

// Nothing arrived, or something broke: what was answered stays on the page, and may be sent again; it counts once.
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const { status } = event.detail.xhr;
    goesOn = false;
    if (event.detail.xhr.getResponseHeader("HX-Retarget")) return;
    if (status >= 400 && status < 500) location.assign("/review"); // refused: what is true now stands there
    else say(review().dataset.failed);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  const form = review()?.querySelector("form.reply");
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    if (form) form.requestSubmit(form.querySelector("[data-default]"));
    else review()?.querySelector("[data-next]")?.click();
    return;
  }
  const wanted = event.key.toUpperCase();
  const keys = [...(review()?.querySelectorAll("[data-key]") ?? [])];
  // On a question, 1 to 4 pick as A to D do; on an answer they rate.
  const found = keys.find((each) => each.dataset.key === wanted) ?? (form && /^[1-9]$/.test(wanted) ? keys[Number(wanted) - 1] : undefined);
  if (!found) return;
  event.preventDefault();
  if (form) found.focus();
  found.click();
});

prepare();
