// On screens that are filed online: what is typed (not what the page brought) is kept on this phone too, put back when a send failed, and handed to the form without a signal.
(() => {
  "use strict";
  // What a person has changed on this page since it came is newer than anything kept.
  const isTouched = (input) =>
    input.options
      ? [...input.options].some((option, place) => option.selected !== option.defaultSelected && (option.defaultSelected || place > 0))
      : input.checked !== input.defaultChecked || input.value !== input.defaultValue;

  const store = xasoStore;
  const SENT = "xaso-sent", KEPT_DAYS = 7, PHOTO_DAYS = 30, FIELDS = "input:not([type=hidden],[type=file]),select,textarea";

  const cameThrough = (before, path) => store.change("typed", before, ({ draft }) => ({ done: true, draft: draft || path.split("/")[3] || "" }));

  // `from` is the screen that was sent to get here, where the script knows it; null while that is still under way.
  const hand = async (from) => {
    const form = document.querySelector("form[data-keep]");
    if (!(await store.isThere())) return;
    await store.recover();
    const path = location.pathname;

    // The page that the server showed after a screen was sent tells that it came through.
    const before = from || sessionStorage.getItem(SENT);
    const isShownAfter = from || (from !== null && document.referrer && new URL(document.referrer).pathname === before);
    if (before && before !== path && isShownAfter) await cameThrough(before, path);
    sessionStorage.removeItem(SENT);
    const now = Date.now();
    const filed = new URLSearchParams(location.search).has("moi");
    for (const one of await store.all("typed")) {
      if ((filed && one.done) || now - one.at > KEPT_DAYS * 86_400_000) await store.remove("typed", one.path);
    }
    for (const { id, at } of await store.onlinePhotos()) if (now - at > PHOTO_DAYS * 86_400_000) await store.dropOnlinePhoto(id);
    if (!form) return;
    // Bound to whom it was typed by: nobody else finds it here, and without a signal only this very tab knows who that was.
    const { account } = form.dataset;
    sessionStorage.setItem(store.ACCOUNT, account);
    const [, , code, draft, screen = form.dataset.keep] = path.split("/");
    const fields = () => {
      const typed = new URLSearchParams(new FormData(form));
      for (const name of ["csrfmiddlewaretoken", "screen", "draft", "_shown"]) typed.delete(name);
      return typed.toString();
    };
    const touched = new Set([...form.querySelectorAll(FIELDS)].filter(isTouched).map(({ name }) => name));
    form.addEventListener("input", ({ target }) => touched.add(target.name));

    const kept = await store.get("typed", path);
    const isHers = kept && kept.account === account && !kept.done;
    const typed = isHers && (await store.contentOf(kept).catch(() => null));
    const shown = fields();
    if (typed && typed !== shown) {
      const values = new URLSearchParams(typed);
      for (const input of form.querySelectorAll(FIELDS)) {
        if (touched.has(input.name) || !kept.names.includes(input.name)) continue;
        if (["radio", "checkbox"].includes(input.type)) input.checked = values.getAll(input.name).includes(input.value);
        else if (values.has(input.name)) input.value = values.get(input.name);
      }
    }
    if (fields() !== shown) {
      const note = Object.assign(document.createElement("p"), { className: "bao la", textContent: form.dataset.putBack });
      note.setAttribute("role", "status");
      form.prepend(note);
      form.dispatchEvent(new Event("input", { bubbles: true }));
    }
    // Under a PIN that is not open nothing is kept here: the page files online as before.
    let isSecret = await store.hasPin(), saving = Promise.resolve(), pending = false, atHand;
    if (isHers) for (const name of kept.names) touched.add(name);
    const record = () => ({ path, code, draft, screen, account, names: [...touched], at: Date.now(), done: false });
    const write = async () => {
      pending = false;
      const text = atHand;
      try {
        isSecret = await store.hasPin();
        await store.put("typed", { ...record(), content: await store.closed(fields()) });
        store.letGo(path, text);
      } catch {
        if (isSecret) store.letGo(path);
      }
    };
    const keep = () => {
      atHand = store.hold(path, "typed", record(), fields(), isSecret);
      if (pending) return;
      pending = true;
      saving = saving.then(write);
    };
    form.addEventListener("input", keep);
    form.addEventListener("submit", () => {
      sessionStorage.setItem(SENT, path);
      keep();
    });
    form.addEventListener("xaso-kept", () => store.change("typed", path, { kept: true }));
    if (touched.size) keep();
  };
  document.addEventListener("xaso-screen", ({ detail }) => hand(detail));
  document.addEventListener("xaso-through", async ({ detail }) => (await store.isThere()) && cameThrough(detail, location.pathname));
  hand("");
})();
