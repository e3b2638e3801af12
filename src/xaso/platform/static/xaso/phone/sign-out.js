// Signing out of a phone that may be shared: says what has not reached the commune and lets the person choose; leaves nothing that others could read.
(async () => {
  "use strict";
  const store = xasoStore, SENT = "xaso-sent";
  if (!(await store.isThere())) return;
  await store.recover();
  const at = (id) => document.getElementById(id), form = at("dang-xuat");
  const hasPin = await store.hasPin(), { account } = form.dataset;
  const tell = (id, count, isShown) => {
    at(id).hidden = !isShown;
    for (const place of at(id).querySelectorAll("[data-so]")) place.textContent = count;
  };
  // Typed on a screen that is filed online, and neither kept on the server since nor sent with its screen.
  const isHers = (one) => !one.account || one.account === account;
  const isUnsent = (one) => isHers(one) && !one.done && !one.kept && sessionStorage.getItem(SENT) !== one.path;
  const look = async () => {
    const items = await store.all("items"), photos = (await store.onlinePhotos()).filter(isHers), typed = (await store.all("typed")).filter(isUnsent);
    const drafts = items.filter(({ state }) => state === "draft");
    const waiting = items.filter(({ state }) => ["waiting", "sending", "look"].includes(state)).length;
    tell("con-cho", waiting, waiting > 0);
    tell("con-do", drafts.length, drafts.length > 0 && !hasPin);
    tell("con-anh", photos.length, photos.length > 0);
    tell("con-go", typed.length, typed.length > 0);
    const isLost = photos.length + typed.length > 0, isAny = isLost || (drafts.length > 0 && !hasPin);
    at("giu-lai").hidden = isAny;
    at("gui-ngay").hidden = !isLost;
    at("thoat").textContent = isAny ? form.dataset.drop : form.dataset.leave;
    at("o-lai").textContent = isAny ? form.dataset.stay : form.dataset.home;
    at("thoat").classList.toggle("xoa", isAny);
    return { photos, typed, drafts };
  };

  // What is sent is sent as the screens themselves do: with this person's session, to the draft that it belongs to.
  const token = form.elements.csrfmiddlewaretoken.value;
  const post = (address, body) => fetch(address, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token, ...body }), redirect: "error", headers: { Accept: "application/json" } });
  const sendPhoto = async ({ id, take, paper, name, blob }) => {
    const upload = await xasoPhoto.send(blob, { key: take, name });
    const answer = await post(take, { paper, upload });
    if ((await answer.json()).taken) await store.dropOnlinePhoto(id);
  };
  const sendTyped = async (one) => {
    if (!one.draft) return;
    const values = new URLSearchParams(await store.contentOf(one));
    values.append("csrfmiddlewaretoken", token);
    values.append("screen", one.screen);
    const answer = await fetch(`/nop-ho-so/${one.code}/${one.draft}/viec/luu/`, { method: "POST", body: values, redirect: "error", headers: { Accept: "application/json" } });
    if ((await answer.json()).saved || answer.status === 404) await store.change("typed", one.path, { kept: true });
  };
  at("gui-ngay").onclick = async ({ target }) => {
    target.disabled = true;
    at("dang-gui").hidden = false;
    at("dang-gui").textContent = form.dataset.sending;
    const { photos, typed } = await look();
    for (const one of typed) await sendTyped(one).catch(() => {});
    for (const one of photos) await sendPhoto(one).catch(() => {});
    const left = await look();
    const [first] = left.typed;
    at("dang-gui").textContent = left.photos.length + left.typed.length ? form.dataset.unsent : form.dataset.sent;
    at("mo-lai").hidden = !first;
    if (first) at("mo-lai").href = first.path;
    target.disabled = false;
  };

  const { drafts } = await look();
  tell("giu-ten", 0, Boolean(await store.device()));
  const clear = async () => {
    store.letAllGo();
    for (const one of await store.all("typed")) if (isHers(one)) await store.remove("typed", one.path);
    for (const one of await store.onlinePhotos()) if (isHers(one)) await store.dropOnlinePhoto(one.id);
    for (const one of await store.all("items")) if (one.state === "asked") await store.forget(one.id);
    if (hasPin) store.lock();
    else {
      for (const one of drafts) await store.forget(one.id);
      await store.sealForNext();
    }
    await store.closeReceived();
    if (!at("giu").checked) await store.remove("keep", "device");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await clear().catch(() => {});
    HTMLFormElement.prototype.submit.call(form);
  });
})();
