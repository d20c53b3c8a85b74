// Two authors changed the same lines: both texts are shown, one of them chooses, and nothing is saved before.
export function start(editor) {
  const { area, form } = editor;

  // Resolves to the text that goes on.
  editor.choose = (answer) =>
    new Promise((resolve) => {
      const panel = editor.panel("late", { who: answer.who });
      const texts = { both: answer.merged, mine: area.value, theirs: answer.theirs };
      panel.querySelector(".difference").innerHTML = answer.difference;
      area.readOnly = true;
      panel.addEventListener("click", ({ target }) => {
        const choice = target.closest("[data-choice]")?.dataset.choice;
        if (!choice) return;
        panel.remove();
        area.readOnly = false;
        area.focus();
        resolve(texts[choice]);
      });
      document.getElementById("panels").append(panel);
      panel.scrollIntoView({ block: "nearest" });
      panel.querySelector("h2").focus();
      form.dataset.choosing = "true";
    }).finally(() => delete form.dataset.choosing);
}
