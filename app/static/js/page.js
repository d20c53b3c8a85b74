// What every page does: "/" goes to the search field, the arrows from there through what was found and back, a click
// elsewhere closes the account menu.
const search = document.getElementById("bar-search");
const menu = document.querySelector(".me-menu");

// From the field of a search to its results, one by one, and back; Enter opens, as on any link.
function walk(event) {
  const field = document.querySelector("[data-seek]");
  const stops = [field, ...document.querySelectorAll(".found h2 a")];
  const here = stops.indexOf(event.target);
  const there = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (!field || here < 0 || !there) return;
  event.preventDefault();
  there.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && search) {
    event.preventDefault();
    const field = document.querySelector("[data-seek]") ?? search;
    field.focus();
    field.select();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// A form that was opened inside the page is closed again, and the reader is back at the link that opened it.
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-closes]")?.closest(".asking");
  if (!place) return;
  place.replaceChildren();
  (place.previousElementSibling ?? place.parentElement.previousElementSibling)?.focus();
});

// A refusal that names its place in the page is shown there; htmx would keep quiet.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Retarget")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// On a phone the places of the library stand in one line: the one that is open is in sight.
const places = document.querySelector(".library-places");
const open = places?.querySelector("[aria-current]");
if (open) places.scrollLeft = open.offsetLeft - places.offsetLeft - (places.clientWidth - open.offsetWidth) / 2;
