// On screens that are filed online: what is typed is kept on this phone too, put back when a send failed, and handed to the form without a signal.
(async () => {
  "use strict";
  // What a person has changed on this page since it came is newer than anything kept.
  const isTouched = (input) =>
    input.options
      ? [...input.options].some((option, place) => option.selected !== option.defaultSelected && (option.defaultSelected || place > 0))
      : input.checked !== input.defaultChecked || input.value !== input.defaultValue;

  const store = xasoStore;
  const SENT = "xaso-sent", KEPT_DAYS = 7, FIELDS = "input:not([type=hidden],[type=file]),select,textarea";
  const form = document.querySelector("form[data-autosave]");
  if (!(await store.isThere())) return;
  await store.recover();
  const now = Date.now();
  const filed = new URLSearchParams(location.search).has("moi");
  for (const one of await store.all("typed")) {
    if ((filed && one.done) || now - one.at > KEPT_DAYS * 86_400_000) await store.remove("typed", one.path);
  }
  if (!form) return;
  const path = location.pathname;
  const [, , code, draft, screen] = path.split("/");
  const fields = () => {
    const typed = new URLSearchParams(new FormData(form));
    for (const name of ["csrfmiddlewaretoken", "screen", "_shown"]) typed.delete(name);
    return typed.toString();
  };
  const touched = new Set([...form.querySelectorAll(FIELDS)].filter(isTouched).map(({ name }) => name));
  form.addEventListener("input", ({ target }) => touched.add(target.name));

  // The page that the server showed after a screen was sent tells that it came through.
  const before = sessionStorage.getItem(SENT);
  if (before && before !== path && document.referrer && new URL(document.referrer).pathname === before) await store.change("typed", before, { done: true });
  sessionStorage.removeItem(SENT);

  const kept = await store.get("typed", path);
  const typed = kept && !kept.done && (await store.contentOf(kept).catch(() => null));
  const shown = fields();
  if (typed && typed !== shown) {
    const values = new URLSearchParams(typed);
    for (const input of form.querySelectorAll(FIELDS)) {
      if (touched.has(input.name)) continue;
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
  const record = () => ({ path, code, draft, screen, at: Date.now(), done: false });
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
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, path));
  if (fields()) keep();
})();
