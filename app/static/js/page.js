// What every page does: "/" goes to the search field, a click elsewhere closes the account menu.
const search = document.getElementById("bar-search");
const menu = document.querySelector(".me-menu");

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && search) {
    event.preventDefault();
    (document.getElementById("script-search") ?? search).focus();
  }
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
