// A button beside each new or typed password that shows what was typed: better than typing it twice.
const words = document.getElementById("reveal").dataset;

for (const field of document.querySelectorAll("input[data-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn reveal";
  button.textContent = words.show;
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
    field.focus();
  });
  const pair = document.createElement("div");
  pair.className = "with-button";
  field.replaceWith(pair);
  pair.append(field, button);
  field.form.addEventListener("submit", () => { field.type = "password"; });
}
