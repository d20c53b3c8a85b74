// How many words a text has, of those it may have.
export function start(form) {
  const text = form.querySelector("textarea");
  const count = form.querySelector(".word-count");
  const show = () => {
    const words = text.value.split(/\s+/).filter(Boolean).length;
    count.textContent = count.dataset.words.replace("{count}", words);
    count.classList.toggle("too-many", words > Number(count.dataset.most));
  };
  text.addEventListener("input", show);
  count.hidden = false;
  show();
}
