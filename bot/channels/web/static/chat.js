// The chat page: sends questions, shows answers with their citations, keeps the history in this browser. All words stand in chat.html.
"use strict";

(() => {
  const STORE = "thads-chat";
  const KEEP = 40; // turns kept in the browser
  const PATIENCE = 90000; // milliseconds until a question counts as lost
  const at = (id) => document.getElementById(id);
  const words = at("words").dataset;
  const turns = at("turns");
  const field = at("question");
  const stamp = (id) => at(id).content.cloneNode(true);
  let talk = load();
  let busy = false;
  let documents = new Map();

  // ---- what the browser keeps ----

  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE));
      if (kept && typeof kept.id === "string" && Array.isArray(kept.turns) && kept.turns.every(isTurn)) return { erase: [], ...kept };
    } catch { /* a private window, or a history that another version wrote: begin anew */ }
    return { id: newId(), turns: [], erase: [] };
  }

  function isTurn(turn) {
    const said = turn && turn.answer;
    return Boolean(said) && typeof said.answer === "string" && Array.isArray(said.citations) && Array.isArray(said.warnings);
  }

  function save() {
    talk.turns = talk.turns.slice(-KEEP);
    try { localStorage.setItem(STORE, JSON.stringify(talk)); } catch { /* full or forbidden: the page works without */ }
  }

  function newId() { // crypto.randomUUID exists on https only
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // ---- talking to the server ----

  async function post(path, body) {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
    });
    const said = await response.json();
    if (!response.ok) throw new Refused(said.error);
    return said;
  }

  class Refused extends Error {}

  async function send(text, shown = text) { // what is asked may be the number of an option, whose words are shown
    await begun;
    if (busy || !text.trim()) return;
    const turn = addTurn(shown);
    closeOptions();
    closeMore();
    at("welcome").hidden = true;
    turn.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
    await answer(turn, text, shown);
  }

  async function answer(turn, text, shown) {
    const reply = turn.querySelector(".reply");
    const conversation = talk.id;
    reply.replaceChildren(stamp("waiting"));
    setBusy(true);
    try {
      const said = await post("/api/ask", { question: text, conversation });
      if (talk.id !== conversation) return;
      const kept = { question: shown, answer: said };
      talk.turns.push(kept);
      save();
      showAnswer(reply, kept);
      at("new").hidden = false;
    } catch (fault) {
      if (talk.id === conversation) showFailure(turn, text, shown, fault instanceof Refused ? fault.message : words.network);
    } finally {
      if (talk.id === conversation) setBusy(false);
    }
  }

  function setBusy(now) {
    busy = now;
    at("send").disabled = now;
    turns.setAttribute("aria-busy", String(now));
  }

  async function startAnew() {
    talk.erase.push(talk.id);
    talk = { id: newId(), turns: [], erase: talk.erase };
    setBusy(false);
    save();
    turns.replaceChildren();
    at("welcome").hidden = false;
    at("new").hidden = true;
    field.focus();
    await eraseOld();
  }

  async function eraseOld() { // what could not be erased is tried again at the next visit
    for (const conversation of [...talk.erase]) {
      try {
        await post("/api/erase", { conversation });
        talk.erase = talk.erase.filter((id) => id !== conversation);
        save();
      } catch { return; }
    }
  }

  // ---- showing ----

  function addTurn(text) {
    turns.append(stamp("turn"));
    const turn = turns.lastElementChild;
    turn.querySelector(".said p").textContent = text;
    return turn;
  }

  function showFailure(turn, text, shown, sentence) {
    const reply = turn.querySelector(".reply");
    reply.replaceChildren(stamp("failed"));
    reply.querySelector("p").textContent = sentence;
    reply.querySelector("button").addEventListener("click", () => {
      if (busy) return;
      field.focus();
      answer(turn, text, shown);
    });
  }

  function showAnswer(reply, kept) {
    const said = kept.answer;
    reply.replaceChildren(stamp("answer"));
    reply.classList.toggle("refusal", said.kind === "refusal");
    const options = Array.isArray(said.options) ? said.options : [];
    const parts = withoutList(said.answer, options).split(/\n{2,}/).map((part) => part.trim()).filter(Boolean);
    const dated = parts.find((part) => part.startsWith(words.asOf)) || `${words.asOf} ${day(said.as_of)}.`;
    const further = furtherIn(said);
    const shownElsewhere = (part) => part === dated || (further.length > 0 && part.startsWith(words.seeAlso));
    const paragraphs = parts.filter((part) => !shownElsewhere(part));
    reply.querySelector(".text").append(...paragraphs.map(paragraph));
    showOptions(reply.querySelector(".options"), options);
    showMore(reply.querySelector(".wider"), kept);
    showFiles(reply.querySelector(".files"), Array.isArray(said.files) ? said.files : []);
    fillOrDrop(reply.querySelector(".as-of"), said.citations.length ? dated : "");
    showGrounds(reply.querySelector(".grounds"), said, further);
    showNotes(reply.querySelector(".notes"), said.warnings);
    showJudge(reply.querySelector(".judge"), kept);
    const receipt = reply.querySelector(".receipt");
    if (!said.receipt || !said.citations.length) receipt.remove();
    else {
      receipt.querySelector("span").textContent = `${words.receipt} ${said.receipt}`;
      setUpCopy(receipt.querySelector("button"), `${kept.question}\n\n${said.answer}\n\n${words.receipt} ${said.receipt}`);
    }
  }

  // The numbered list at the end of a text that asks to choose: the buttons say the same.
  function withoutList(text, options) {
    const list = ["", ...options.map((option, place) => `${place + 1}. ${option}`), words.chooseNumber].join("\n");
    return options.length ? text.replace(list, "") : text;
  }

  function showFiles(list, files) {
    const safe = files.filter((file) => /^(\/tep\/|https?:\/\/)/.test(file.url));
    if (!safe.length) return list.remove();
    for (const file of safe) {
      const link = document.createElement("a");
      link.href = file.url;
      link.download = file.name;
      link.textContent = `📄 ${file.title}`;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
  }

  function showOptions(group, options) {
    if (!options.length) return group.remove();
    options.forEach((option, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.value = String(place + 1);
      button.textContent = option;
      button.addEventListener("click", () => {
        if (busy) return;
        field.focus(); // the button that was pressed can be pressed no more
        send(button.value, option);
      });
      group.append(button);
    });
  }

  // The longer answer is that of the newest one: older buttons go.
  function showMore(row, { question, answer }) {
    const button = row.querySelector("button");
    const there = [words.seeAlso, words.cut].some((mark) => answer.answer.includes(mark));
    if (answer.kind !== "answer" || !there || question === button.textContent) return row.remove();
    button.addEventListener("click", () => {
      if (busy) return;
      field.focus(); // the button that was pressed goes
      send(button.textContent);
    });
  }

  function closeMore() {
    for (const row of turns.querySelectorAll(".wider")) row.remove();
  }

  // Only the newest question waits for a choice; of the older ones the choice that followed stays marked.
  function closeOptions() {
    for (const button of turns.querySelectorAll(".options button:enabled")) {
      const next = button.closest(".turn").nextElementSibling;
      const said = next ? next.querySelector(".said p").textContent.trim() : "";
      button.disabled = Boolean(next);
      if (!next || ![button.textContent, button.value].includes(said)) continue;
      const mark = document.createElement("span");
      mark.className = "unseen";
      mark.textContent = ` (${words.chosen})`;
      button.classList.add("chosen");
      button.append(mark);
    }
  }

  function paragraph(text) {
    const block = document.createElement("p");
    for (const line of text.split("\n")) {
      const row = document.createElement("span");
      row.className = /^\(.*\)/.test(line) && !/^\(\d/.test(line) ? "place" : "line";
      row.textContent = line;
      block.append(row);
    }
    return block;
  }

  function fillOrDrop(element, text) {
    if (text) element.textContent = text;
    else element.remove();
  }

  function showNotes(notes, warnings) {
    if (!warnings.length) return notes.remove();
    notes.querySelector("summary").textContent = `${words.notes} (${warnings.length})`;
    for (const warning of warnings) {
      const item = document.createElement("li");
      item.textContent = warning;
      notes.querySelector("ul").append(item);
    }
  }

  function showJudge(group, kept) {
    if (!kept.answer.receipt) return group.remove(); // a greeting is no answer
    const buttons = [...group.querySelectorAll("button")];
    const mark = () => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === String(kept.good))));
    const thanks = group.querySelector(".thanks");
    mark();
    for (const button of buttons) {
      button.addEventListener("click", async () => {
        const good = button.value === "true";
        try {
          await post("/api/feedback", { conversation: talk.id, receipt: kept.answer.receipt, good });
          kept.good = good;
          thanks.textContent = words.thanks;
          mark();
          save();
        } catch (fault) { thanks.textContent = fault instanceof Refused ? fault.message : words.network; }
      });
    }
  }

  // The citations that the answer names only under "see also": they get a list of their own instead of that paragraph.
  function furtherIn(said) {
    const paragraph = said.answer.split(/\n{2,}/).find((part) => part.startsWith(words.seeAlso));
    if (!paragraph) return [];
    const rest = paragraph.slice(words.seeAlso.length).trim();
    const count = rest.split(/;\s+/).length;
    const last = said.citations.slice(-count);
    const all = last.length === count && last.every((citation) => rest.includes(citation.title));
    return all && count < said.citations.length ? last : [];
  }

  function showGrounds(section, said, further) {
    if (!said.citations.length) return section.remove();
    const main = said.citations.filter((citation) => !further.includes(citation));
    addGroup(section, words.grounds, main, said.as_of);
    if (further.length) addGroup(section, words.seeAlso.replace(/:$/, ""), further, said.as_of);
  }

  function addGroup(section, title, citations, on) {
    section.append(stamp("group"));
    section.lastElementChild.previousElementSibling.textContent = title;
    for (const citation of citations) {
      section.lastElementChild.append(stamp("ground"));
      showGround(section.lastElementChild.lastElementChild, citation, on);
    }
  }

  function showGround(item, citation, on) {
    const known = documents.get(keyIn(citation.url));
    const state = stateOf(citation, known, on);
    const place = placeOf(citation);
    const name = known ? known.name : citation.document;
    item.querySelector("strong").textContent = place || citation.title;
    item.querySelector(".source").textContent = place ? `${name} – ${citation.title}` : name;
    const badge = item.querySelector(".state");
    if (state) {
      badge.textContent = words[`state${camel(state)}`];
      badge.classList.add(state);
    } else badge.remove();
    item.querySelector("blockquote").textContent = citation.quote;
    const kind = item.querySelector(".text-kind");
    kind.textContent = citation.text === "digest" ? words.textDigest : words.textOfficial;
    kind.classList.add(citation.text);
    item.querySelector(".dates").textContent = state === "news" ? `${words.news} ${day(citation.in_force_from)}` : datesOf(citation);
    showLink(item.querySelector(".more"), citation);
  }

  function showLink(link, citation) {
    if (!/^(\/(?!\/)|https?:\/\/)/.test(citation.url)) return link.remove();
    const anchor = [citation.clause && `k${citation.clause}`, citation.point && (citation.clause ? citation.point : `k-${citation.point}`)];
    const inside = anchor.filter(Boolean).join("-");
    link.href = citation.url + (inside ? `#${encodeURIComponent(inside)}` : "");
    const what = citation.article ? `${words.article} ${citation.article}` : /\/muc-/.test(citation.url) ? words.section : words.document;
    link.textContent = `${words.read} ${what}`;
  }

  function placeOf(citation) {
    const parts = [[words.point, citation.point], [words.clause, citation.clause], [words.article, citation.article]];
    const place = parts.filter(([, label]) => label).map(([name, label]) => `${name} ${label}`).join(" ");
    return place.charAt(0).toUpperCase() + place.slice(1);
  }

  // A status is said only of a document that the server has named: dates alone cannot show that one is unconfirmed.
  function stateOf(citation, known, on) {
    if (known && known.kind === "Tin") return "news"; // a piece of news is never in force
    if (on < citation.in_force_from) return "not_yet";
    if (citation.in_force_to && on >= citation.in_force_to) return "expired";
    if (!known) return "";
    return known.status === "unconfirmed" ? "unconfirmed" : "in_force";
  }

  function datesOf(citation) {
    const from = `${words.from} ${day(citation.in_force_from)}`;
    return citation.in_force_to ? `${from}, ${words.ended} ${day(citation.in_force_to)}` : from;
  }

  const keyIn = (url) => (/\/van-ban\/([^/?#]+)/.exec(url) || [])[1];
  const camel = (name) => name.split("_").map((part) => part[0].toUpperCase() + part.slice(1)).join("");
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function day(iso) { // 2026-07-01 -> 01/7/2026, as the law writes it
    const [year, month, date] = iso.split("-");
    return `${date}/${Number(month)}/${year}`;
  }

  function setUpCopy(button, text) {
    if (!navigator.clipboard) return button.remove();
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(text); } catch { return; }
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 2000);
    });
  }

  // ---- the text box ----

  function fit() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 180)}px`;
  }

  function submit() {
    const text = field.value;
    if (busy || !text.trim()) return;
    field.value = "";
    fit();
    field.focus();
    send(text);
  }

  // A picture, a recording, any file: not taken, and said so.
  function onlyText(event) {
    const brought = event.clipboardData || event.dataTransfer;
    const files = brought && brought.types.includes("Files") && !brought.types.includes("text/plain");
    at("only-text").textContent = files ? words.onlyText : "";
    if (files) event.preventDefault();
  }

  field.addEventListener("input", () => { at("only-text").textContent = ""; fit(); });
  field.addEventListener("paste", onlyText);
  addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  addEventListener("drop", onlyText);
  field.addEventListener("keydown", (event) => {
    // while a Vietnamese input method is composing, Enter ends the word, not the question
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    at("ask").requestSubmit();
  });
  at("ask").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  at("new").addEventListener("click", startAnew);
  at("examples").addEventListener("click", (event) => {
    if (event.target.tagName === "BUTTON") { field.focus(); send(event.target.textContent); }
  });

  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
  addEventListener("keydown", (event) => { // in a window of another page, which closes it
    if (event.key === "Escape" && window.parent !== window) window.parent.postMessage("thads-close", "*");
  });

  async function begin() {
    try {
      const rows = await (await fetch("/api/documents")).json();
      documents = new Map(rows.map((row) => [row.key, row]));
    } catch { /* citations then show their numbers and dates without a status */ }
    for (const kept of talk.turns) {
      const turn = addTurn(kept.question);
      closeOptions();
      closeMore();
      showAnswer(turn.querySelector(".reply"), kept);
    }
    at("welcome").hidden = turns.children.length > 0;
    at("new").hidden = turns.children.length === 0;
    turns.setAttribute("aria-live", "polite"); // only now: an old talk is not read out again
    if (turns.lastElementChild) turns.lastElementChild.scrollIntoView({ block: "start" });
    if (matchMedia("(hover: hover)").matches) field.focus(); // on a phone this would raise the keyboard
  }

  const begun = begin();
  begun.then(eraseOld);
})();
