// Brings the progress of a round of signatures up to date without loading the page anew. Without this script the page reloads itself.
(() => {
  "use strict";
  const wait = Number(document.currentScript.dataset.seconds) * 1000;
  const look = async () => {
    const here = document.getElementById("luot-ky");
    if (!here?.hasAttribute("data-running")) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const next = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("luot-ky");
      if (next) {
        const held = here.contains(document.activeElement) && document.activeElement.closest("form")?.getAttribute("action");
        here.replaceWith(next);
        if (held) (next.querySelector(`form[action="${held}"] button`) ?? next.querySelector("button, a"))?.focus();
      }
    } catch {
      // No signal: what is shown stays, and is asked for again.
    }
    setTimeout(look, wait);
  };
  setTimeout(look, wait);
})();
