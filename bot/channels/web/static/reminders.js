// What the person asked to be reminded of: fetched when the page opens and while it stays open, shown until it is put away.
"use strict";

(() => {
  const STORE = "thads-chat"; // where chat.js keeps the conversation
  const EVERY = 300000; // milliseconds
  const at = (id) => document.getElementById(id);
  const list = at("reminders");

  function conversation() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE));
      return kept && Array.isArray(kept.turns) && kept.turns.length ? kept.id : ""; // nothing was said: nothing is kept
    } catch { return ""; }
  }

  async function look() {
    const name = conversation();
    if (!name || document.hidden) return;
    try {
      const response = await fetch(`/api/reminders?conversation=${encodeURIComponent(name)}`);
      if (response.ok) (await response.json()).reminders.forEach((each) => show(each, name));
    } catch { /* out of reach: the next look may do better */ }
  }

  function show(reminder, name) {
    const id = `reminder-${reminder.id}`;
    if (at(id)) return;
    list.append(at("reminder").content.cloneNode(true));
    const note = list.lastElementChild;
    note.id = id;
    note.querySelector("p").textContent = reminder.text;
    note.querySelector("button").addEventListener("click", async () => {
      note.remove();
      try {
        await fetch("/api/reminders", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ conversation: name, seen: [reminder.id] }),
        });
      } catch { /* it is shown again at the next visit */ }
    });
  }

  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
})();
