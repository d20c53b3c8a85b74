// Light or dark before the first paint: the person's choice, else what the device asks for.
const root = document.documentElement;
const device = window.matchMedia("(prefers-color-scheme: dark)");

function apply() {
  const chosen = root.dataset.theme;
  root.dataset.bsTheme = chosen === "auto" ? (device.matches ? "dark" : "light") : chosen;
}

apply();
device.addEventListener("change", apply);
