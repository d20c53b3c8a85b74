// An order made by moving items up and down, by button or by dragging. The lists of positions stay in the form, out of
// sight, and say what is sent. It is the neighbour that changes its place in the page, so that what is pressed or held
// keeps the focus and the pointer.
export function start(form, { changed, save, saveSoon }) {
  const list = form.querySelector(".order");
  const said = form.querySelector("#order-said");
  const keep = form.querySelector(".order-keep");
  const hint = form.querySelector("#ordering-hint");
  const isFinal = list.closest("fieldset").disabled;
  const listOf = (item) => item.querySelector("select");
  const items = () => [...list.children];

  function number() {
    const all = items();
    all.forEach((item, place) => {
      item.querySelector(".order-place").textContent = place + 1;
      for (const button of item.querySelectorAll("[data-by]")) {
        const isStuck = button.dataset.by === "-1" ? place === 0 : place === all.length - 1;
        button.setAttribute("aria-disabled", isStuck);
      }
    });
  }

  function write() {
    items().forEach((item, place) => { listOf(item).selectedIndex = place + 1; });
    keep.hidden = true;
    number();
    changed();
  }

  function announce(item) {
    const words = { "{item}": item.querySelector("label").dataset.words, "{position}": items().indexOf(item) + 1 };
    said.textContent = list.dataset.moved.replace(/\{\w+\}/g, (blank) => words[blank]);
  }

  function move(item, by) {
    const neighbour = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!neighbour) return false;
    if (by < 0) item.after(neighbour);
    else item.before(neighbour);
    write();
    announce(item);
    return true;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-by]");
    if (button && move(button.closest("li"), Number(button.dataset.by))) saveSoon();
  });

  keep.addEventListener("click", () => {
    write();
    save();
    items()[0].querySelector('[data-by="1"]').focus();
  });

  for (const item of items()) {
    const grip = item.querySelector(".order-grip");
    grip.addEventListener("pointerdown", (event) => {
      if (isFinal || event.button > 0) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      item.classList.add("held");
    });
    grip.addEventListener("pointermove", (event) => {
      if (!item.classList.contains("held")) return;
      const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
      const { previousElementSibling: above, nextElementSibling: below } = item;
      if (above && event.clientY < middle(above)) move(item, -1);
      else if (below && event.clientY > middle(below)) move(item, 1);
    });
    grip.addEventListener("lostpointercapture", () => {
      item.classList.remove("held");
      save();
    });
  }

  for (const item of items()) {
    listOf(item).hidden = true;
    item.querySelector(".order-place").hidden = false;
    for (const part of item.querySelectorAll(".order-grip, .order-moves")) part.hidden = isFinal;
  }
  hint.textContent = hint.dataset.live;
  hint.hidden = isFinal;
  keep.hidden = isFinal || items().some((item) => listOf(item).value);
  list.classList.add("live");
  number();
}
