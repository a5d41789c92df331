// Puts a button into the corner of the page that includes this script; it opens the chat in a window of its own.
"use strict";

(() => {
  const home = new URL(document.currentScript.src).origin;
  const words = {{ {"open": "Hỏi " ~ name, "close": "Đóng " ~ name, "title": name ~ ": hỏi đáp thi hành án dân sự"} | tojson }};
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" }); // neither side's style reaches the other
  const style = new CSSStyleSheet(); // a sheet made by script needs no permission of the page's own policy
  style.replaceSync(`
    :host { all: initial; }
    button { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483647; display: flex; align-items: center; min-height: 3.25rem; padding: 0 1.25rem;
      border: 0; border-radius: 2rem; background: #0c5560; color: #fff; font: 600 1rem/1.2 system-ui, sans-serif; box-shadow: 0 4px 18px rgb(0 0 0 / 28%); cursor: pointer; }
    button:hover { background: #0a4650; }
    button:focus-visible { outline: 3px solid #fff; outline-offset: -6px; }
    iframe { position: fixed; right: 1rem; bottom: 5.25rem; z-index: 2147483647; width: min(26rem, calc(100vw - 2rem)); height: min(42rem, calc(100vh - 6.5rem));
      border: 1px solid #8aa0a5; border-radius: 1rem; background: #fff; box-shadow: 0 10px 40px rgb(0 0 0 / 30%); }
    [hidden] { display: none; }
    @media print { :host { display: none; } }
  `);
  shadow.adoptedStyleSheets = [style];
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  button.type = "button";
  frame.title = words.title;
  frame.allow = "clipboard-write";
  frame.hidden = true;
  shadow.append(frame, button);
  show(false);

  function show(open) {
    if (open && !frame.src) frame.src = `${home}/khung`; // nothing is fetched before somebody wants to ask
    frame.hidden = !open;
    button.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
  }

  function close() {
    show(false);
    button.focus();
  }

  button.addEventListener("click", () => show(frame.hidden));
  shadow.addEventListener("keydown", (event) => { if (event.key === "Escape" && !frame.hidden) close(); });
  addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && event.origin === home && event.data === "thads-close") close();
  });
  if (document.body) document.body.append(host);
  else addEventListener("DOMContentLoaded", () => document.body.append(host));
})();
