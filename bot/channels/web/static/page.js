// A page of the library: its address copied, the page printed. Without scripts the browser's own menu does both.
"use strict";

(() => {
  const share = document.getElementById("share");
  const copy = document.getElementById("copy-address");
  share.hidden = false;
  document.getElementById("print").addEventListener("click", () => print());
  if (!navigator.clipboard) copy.remove(); // exists on https only
  const words = copy.textContent;
  copy.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(location.href); } catch { return; }
    copy.textContent = share.dataset.copied;
    setTimeout(() => { copy.textContent = words; }, 2000);
  });
})();
