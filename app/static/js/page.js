// What every page does: "/" goes to the search field, the down arrow from there to the first script found, a click
// elsewhere closes the account menu.
const search = document.getElementById("bar-search");
const menu = document.querySelector(".me-menu");

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && search) {
    event.preventDefault();
    (document.getElementById("script-search") ?? search).focus();
  }
  if (event.key === "ArrowDown" && event.target.id === "script-search") {
    const first = document.querySelector(".found h2 a");
    if (first) {
      event.preventDefault();
      first.focus();
    }
  }
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
