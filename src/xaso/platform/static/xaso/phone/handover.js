// On screens that are filed online: what is typed is kept on this phone too, put back when a send failed, and handed to the form without a signal.
(() => {
  "use strict";
  const store = xasoStore;
  const SENT = "xaso-sent", KEPT_DAYS = 7;

  // `from` is the screen that was sent to get here, where the script knows it.
  const hand = async (from) => {
    const form = document.querySelector("form[data-keep]");
    if (!(await store.isThere())) return;
    const path = location.pathname;

    // The page that the server showed after a screen was sent tells that it came through.
    const before = from || sessionStorage.getItem(SENT);
    const cameThrough = from || (document.referrer && new URL(document.referrer).pathname === before);
    if (before && before !== path && cameThrough) await store.change("typed", before, { done: true });
    sessionStorage.removeItem(SENT);
    const now = Date.now();
    const filed = new URLSearchParams(location.search).has("moi");
    for (const one of await store.all("typed")) {
      if ((filed && one.done) || now - one.at > KEPT_DAYS * 86_400_000) await store.remove("typed", one.path);
    }

    if (!form) return;
    const [, , code, draft, screen = form.dataset.keep] = path.split("/");
    const fields = () => {
      const typed = new URLSearchParams(new FormData(form));
      for (const name of ["csrfmiddlewaretoken", "screen", "draft", "_shown"]) typed.delete(name);
      return typed.toString();
    };

    const kept = await store.get("typed", path);
    const typed = kept && !kept.done && (await store.contentOf(kept).catch(() => null));
    if (typed && typed !== fields()) {
      const values = new URLSearchParams(typed);
      for (const input of form.querySelectorAll("input:not([type=hidden],[type=file]),select,textarea")) {
        if (["radio", "checkbox"].includes(input.type)) input.checked = values.getAll(input.name).includes(input.value);
        else if (values.has(input.name)) input.value = values.get(input.name);
      }
      const note = Object.assign(document.createElement("p"), { className: "bao la", textContent: form.dataset.putBack });
      note.setAttribute("role", "status");
      form.prepend(note);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
    let busy = false, again = false;
    const keep = async () => {
      if (busy) return (again = true);
      busy = true;
      try {
        await store.put("typed", { path, code, draft, screen, at: Date.now(), done: false, content: await store.closed(fields()) });
      } catch {
        // A phone without room, or one that is locked, files online as before.
      }
      busy = false;
      if (again) {
        again = false;
        await keep();
      }
    };
    form.addEventListener("input", keep);
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, path));
    if (fields()) await keep();
  };
  document.addEventListener("xaso-screen", ({ detail }) => hand(detail));
  hand("");
})();
