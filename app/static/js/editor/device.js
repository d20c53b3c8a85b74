// Keeps what is typed on this device until the server has it, and offers it again after a crash of either. Each open page
// keeps its own; those of pages that are still open elsewhere are left alone.
export function start(editor) {
  const { form, area } = editor;
  const prefix = `palier-text/${form.dataset.key}/`;
  const mine = prefix + Math.random().toString(36).slice(2);
  const others = "BroadcastChannel" in window ? new BroadcastChannel(prefix) : null;
  let channelOpen = others !== null;

  editor.device = {
    keep(record) {
      try {
        localStorage.setItem(mine, JSON.stringify({ ...record, at: Date.now() }));
      } catch {
        // A full or forbidden store: the text is still in the page.
      }
    },
    forget() {
      try {
        localStorage.removeItem(mine);
      } catch {
        // Nothing was kept there.
      }
    },
  };

  const alive = new Set();
  others?.addEventListener("message", ({ data }) => {
    if (data === "who") others.postMessage(mine);
    else alive.add(data);
  });
  window.addEventListener("pagehide", () => { if (channelOpen) { others.close(); channelOpen = false; } });

  function left() {
    const found = [];
    try {
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith(prefix) || key === mine || alive.has(key)) continue;
        const record = JSON.parse(localStorage.getItem(key));
        if (typeof record?.text === "string" && record.text !== area.value) found.push({ key, ...record });
        else localStorage.removeItem(key);
      }
    } catch {
      return [];
    }
    return found.sort((one, two) => two.at - one.at);
  }

  async function offer() {
    const [record] = left();
    if (!record) return;
    const hour = new Date(record.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    const panel = editor.panel("unsaved", { hour });
    const { given } = await editor.post(form.dataset.check, { source: record.text, against: area.value });
    panel.querySelector(".difference").innerHTML = given?.difference ?? "";
    panel.addEventListener("click", ({ target }) => {
      const choice = target.closest("[data-choice]")?.dataset.choice;
      if (!choice) return;
      panel.remove();
      localStorage.removeItem(record.key);
      if (choice === "take") editor.saving.takeUp(record);
      else area.focus();
      offer();
    });
    document.getElementById("panels").append(panel);
    editor.announce(panel.querySelector("h2").textContent.trim());
  }

  editor.startOffering = () => {
    others?.postMessage("who");
    setTimeout(offer, others ? 150 : 0); // the other pages of this browser answer well within it
  };
}
