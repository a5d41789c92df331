// Speaking a question: records while the button is pressed in, has it written down by the server, and puts the words into the text box.
// All words stand on the button in chat.html.
"use strict";

(() => {
  const button = document.getElementById("speak");
  const status = document.getElementById("hearing");
  const field = document.getElementById("question");
  const words = button.dataset;
  const PATIENCE = 90000; // milliseconds until what was said counts as lost
  let recorder = null;

  async function begin() {
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { return tell(words.forbidden); }
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      finish(new Blob(parts, { type: recorder.mimeType }));
    });
    recorder.start();
    setTimeout((own) => { if (own.state === "recording") own.stop(); }, Number(words.seconds) * 1000, recorder);
    pressed(true);
    tell(words.listening);
  }

  async function finish(sound) {
    pressed(false);
    button.disabled = true;
    tell(words.writing);
    try { take(await writtenDown(sound)); } catch (fault) { tell(fault instanceof Refused ? fault.message : words.failed); }
    button.disabled = false;
  }

  class Refused extends Error {}

  async function writtenDown(sound) {
    const response = await fetch("/api/speech", {
      method: "POST",
      headers: { "Content-Type": sound.type || "audio/webm" },
      body: sound,
      signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined,
    });
    const said = await response.json();
    if (!response.ok) throw new Refused(said.error);
    return said.text;
  }

  function take(text) { // to be read before it is sent: what was heard may be wrong
    field.value = [field.value.trim(), text].filter(Boolean).join(" ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell(words.done);
    field.focus();
  }

  function pressed(now) {
    button.setAttribute("aria-pressed", String(now));
    button.setAttribute("aria-label", now ? words.stop : words.speak);
    button.title = now ? words.stop : words.speak;
  }

  function tell(sentence) { status.textContent = sentence; }

  document.getElementById("ask").addEventListener("submit", () => tell(""));
  button.addEventListener("click", () => (recorder && recorder.state === "recording" ? recorder.stop() : begin()));
  button.hidden = !(window.MediaRecorder && navigator.mediaDevices); // both exist on https or on this machine only
})();
