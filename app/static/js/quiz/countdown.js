// The time left: by the server's clock, quiet but for one notice a minute before the end.
export function start(form, { save, forget }) {
  const clock = document.querySelector(".time-left");
  const notice = document.querySelector(".time-notice");
  const behind = Date.parse(clock.dataset.now) - Date.now();
  const deadline = Date.parse(clock.dataset.deadline);
  const text = clock.querySelector("span");
  let told = false;
  const tick = async () => {
    const seconds = Math.max(0, Math.ceil((deadline - Date.now() - behind) / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    text.textContent = clock.dataset.words.replace("{time}", time);
    if (seconds <= 60 && seconds > 0 && !told) {
      told = true;
      notice.textContent = notice.dataset.minute;
    }
    if (seconds > 0) return;
    clearInterval(ticking);
    notice.textContent = notice.dataset.over;
    await save();
    forget();
    document.querySelector(".time-over form").submit();
  };
  const ticking = setInterval(tick, 1000);
  tick();
}
