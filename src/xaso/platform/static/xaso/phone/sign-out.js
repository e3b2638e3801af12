// Signing out of a phone that may be shared: warns of what has not been sent, and leaves nothing behind that others could read.
(async () => {
  "use strict";
  const store = xasoStore;
  if (!(await store.isThere())) return;
  await store.recover();
  const at = (id) => document.getElementById(id);
  const items = await store.all("items");
  const waiting = items.filter(({ state }) => ["waiting", "sending", "look"].includes(state)).length;
  const drafts = items.filter(({ state }) => state === "draft");
  const hasPin = await store.hasPin();
  const tell = (id, count, isShown) => {
    at(id).hidden = !isShown;
    const place = at(id).querySelector("[data-so]");
    if (place) place.textContent = count;
  };
  tell("con-cho", waiting, waiting > 0);
  tell("con-do", drafts.length, drafts.length > 0 && !hasPin);
  tell("giu-ten", 0, Boolean(await store.device()));
  const form = at("dang-xuat");
  const clear = async () => {
    store.letAllGo();
    for (const one of await store.all("typed")) await store.remove("typed", one.path);
    store.dropOnlinePhotos();
    if (hasPin) store.lock();
    else {
      for (const one of drafts) await store.forget(one.id);
      await store.sealForNext();
    }
    if (!at("giu").checked) await store.remove("keep", "device");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await clear().catch(() => {});
    HTMLFormElement.prototype.submit.call(form);
  });
})();
