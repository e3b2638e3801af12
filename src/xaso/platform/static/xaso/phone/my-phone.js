// “Trên máy này”: the outbox in words, saved procedures, the key of this phone, its lock, its room, and taking everything off it.
(async () => {
  "use strict";
  const store = xasoStore, outbox = xasoOutbox;
  const said = JSON.parse(document.getElementById("loi-noi").textContent);
  const at = (id) => document.getElementById(id);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const tell = (id, text) => {
    at("bao").hidden = at("loi").hidden = true;
    at(id).hidden = false;
    at(id).querySelector("p").textContent = text;
    at(id).scrollIntoView({ block: "nearest" });
  };
  const megabytes = (size) => (size < 1e9 ? `${(size / 1e6).toFixed(1)} MB` : `${(size / 1e9).toFixed(1)} GB`).replace(".", ",");
  const clock = (time) => new Date(time).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const day = (time) => new Date(time).toLocaleDateString("vi-VN", { day: "2-digit", month: "2-digit", year: "numeric" });
  const TONES = { received: "la", waiting_for_person: "nghe", waiting: "nghe", sending: "cham", look: "son", see: "son", asked: "nghe", erased: "son", draft: "cham" };

  if (!(await store.isThere())) {
    tell("loi", said.cannot);
    for (const section of document.querySelectorAll("main > section, main > details")) section.hidden = true;
    return;
  }
  await store.recover();

  const links = (item) => {
    if (item.kind === store.SUPPLEMENT && ["asked", "draft", "look"].includes(item.state)) return [item.state === "asked" ? said.add : item.state === "draft" ? said.go_on : said.mend, `/may-nay/bo-sung/?ban=${item.id}`];
    if (item.needs === "sign_in") return [said.sign_in_to_send, "/dang-nhap/?next=/may-nay/"];
    const form = `/ngoai-tuyen/${item.procedure}/?ban=${item.id}`;
    if (item.state === "draft") return [said.go_on, form];
    if (item.state === "look") return [said.mend, form];
    if (item.state === "received") return [item.closed ? said.sign_in : said.open, item.url];
    if (item.state === "see") return [said.open, item.url || "/ho-so-cua-toi/"];
    if (item.state === "waiting_for_person") return [said.confirm, `${item.confirm}?secret=${encodeURIComponent(item.secret)}`];
    return [];
  };
  const stateOf = (item) => (item.needs === "sign_in" && item.state === "waiting" ? said.needs_sign_in : item.kind === store.SUPPLEMENT && item.state === "received" ? said.supplement_received : said[item.state]);
  const line = (item) => {
    // The commune's words come in the language that the dossier was written in, whatever this page is read in now.
    const lang = item.language || document.documentElement.lang;
    const words = make("span", {}, make("b", { textContent: item.name || said.nameless, ...(item.name && lang === "vi" && { lang }) }));
    const state = make("span", { className: `the ${outbox.isLate(item) ? "son" : TONES[item.state]}`, textContent: fill(stateOf(item), { percent: item.percent || 0, code: item.code }) });
    if (item.code && (item.state === "see" || (item.kind === store.SUPPLEMENT && item.state !== "received"))) state.append(` · ${item.code}`);
    words.append(" ", state, " ", make("small", { textContent: fill(said.saved_at, { time: clock(item.changed_at), day: day(item.changed_at) }) }));
    if (item.slip) words.append(" ", make("a", { href: item.slip, textContent: said.slip }));
    if (item.said) words.append(" ", make("small", { textContent: item.said, lang }));
    for (const message of item.messages || []) words.append(" ", make("small", { textContent: message.said, lang }));
    if (outbox.isLate(item) && outbox.isWaiting(item)) words.append(" ", make("small", { className: "baoloi", textContent: said.late }));
    const [label, address] = links(item);
    const buttons = make("div", { className: "hanh" });
    if (address) buttons.append(make("a", { className: "nut phu nho", href: address, textContent: label }));
    if (!outbox.isWaiting(item)) {
      const drop = make("button", { className: "nut phu nho", textContent: said.drop });
      drop.append(make("span", { className: "an", textContent: ` ${item.name || item.code}` }));
      drop.onclick = async () => {
        if (["draft", "look"].includes(item.state) && !confirm(said.drop_sure)) return;
        await store.forget(item.id);
        await draw();
      };
      buttons.append(drop);
    }
    return make("li", { className: "tren-may" }, words, buttons);
  };
  const savedBelow = async (folder, ...names) => {
    const saved = [];
    for (const name of names) {
      if (!(await caches.has(name))) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname } = new URL(request.url);
        if (!/^[^/]+\/$/.test(pathname.split(folder)[1]) || saved.some((one) => one.pathname === pathname)) continue;
        const kept = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
        saved.push({ pathname, title: [...(kept.querySelector("h1")?.childNodes || [pathname])], lang: kept.documentElement.lang });
      }
    }
    return saved.map(({ pathname, title, lang }) => make("li", {}, make("a", { href: pathname }, make("span", {}, make("b", { lang }, ...title)))));
  };
  const drawSaved = async () => {
    const lines = await savedBelow("/ngoai-tuyen/", "xaso-1-chosen", "xaso-1-pages"), articles = await savedBelow("/cam-nang/", "xaso-1-chosen");
    at("bai-da-luu").hidden = !articles.length;
    at("bai-da-luu").querySelector("ul").replaceChildren(...articles);
    at("da-luu").replaceChildren(...(lines.length ? lines : [make("li", { className: "trong", textContent: said.nothing_saved })]));
    at("luu-het").hidden = !navigator.serviceWorker || Boolean(await caches.match("/may-nay/dau"));
  };
  // Whom neither link nor worker answers is told so, and asks again.
  const SILENT_AFTER = 60_000, WORKER_ENDED_AFTER = 330_000;
  const bring = (address, options) => fetch(address, { signal: AbortSignal.timeout(SILENT_AFTER), ...options });
  // The usual forms come by themselves on a good link; on a thin one a few at a time, or now, with their size told first.
  const bytes = async (address) => Number((await bring(address, { method: "HEAD" })).headers.get("Content-Length") || 0);
  const offered = at("luu-het").textContent;
  const offerAll = async () => {
    const button = at("luu-het");
    button.onclick = null;
    button.textContent = said.looking;
    try {
      const { pages } = await (await bring("/may-nay/trang.json")).json();
      // In the middle of the list stands a form, as most of them are.
      const size = Math.ceil((pages.length * (await bytes(pages[pages.length >> 1]))) / 1000);
      button.textContent = fill(said.save_all_size, { count: pages.length, size });
      button.onclick = saveAll;
    } catch {
      button.textContent = offered;
      button.onclick = offerAll;
      tell("loi", said.failed);
    }
  };
  const saveAll = async () => {
    const button = at("luu-het"), { port1, port2 } = new MessageChannel();
    button.onclick = null;
    button.textContent = said.saving;
    const { active } = await navigator.serviceWorker.ready;
    const isDone = await new Promise((done) => {
      port1.onmessage = ({ data }) => done(data);
      setTimeout(done, WORKER_ENDED_AFTER, false);
      active.postMessage({ what: "keep-all", language: document.documentElement.lang }, [port2]);
    });
    await drawSaved();
    tell(isDone ? "bao" : "loi", isDone ? said.all_saved : said.failed);
    button.textContent = isDone ? offered : said.not_all_saved;
    button.onclick = isDone ? offerAll : saveAll;
  };
  at("luu-het").onclick = offerAll;
  const draw = async () => {
    const items = (await store.all("items")).sort((one, other) => other.changed_at.localeCompare(one.changed_at));
    at("hop").replaceChildren(...(items.length ? items.map(line) : [make("li", { className: "trong", textContent: said.empty })]));
    const waiting = items.filter(outbox.isWaiting).length;
    at("gui-ngay").hidden = !waiting;
    at("con-cho").hidden = !waiting;
    at("con-cho").querySelector("span").textContent = fill(said.wipe_sure, { count: waiting });
    const hasPin = await store.hasPin();
    at("mo-khoa").hidden = !(await store.isLocked());
    at("dat-ma").hidden = hasPin;
    at("co-ma").hidden = !hasPin || !at("mo-khoa").hidden;
    const device = await store.device();
    at("gan").hidden = Boolean(device);
    at("da-gan").hidden = !device;
    at("da-gan").querySelector("span").textContent = said.tied;
    const room = await navigator.storage?.estimate?.();
    at("cho-trong").textContent = room ? fill(said.size, { used: megabytes(room.usage), free: megabytes(room.quota - room.usage) }) : said.size_unknown;
  };

  const send = async () => {
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration?.active) registration.active.postMessage({ what: "send" });
    else await outbox.send({ now: true });
  };
  at("gui-ngay").onclick = send;
  at("mo-khoa").onsubmit = async (event) => {
    event.preventDefault();
    if (!(await store.unlock(at("pin").value))) return tell("loi", said.pin_wrong);
    at("pin").value = "";
    at("loi").hidden = true;
    await draw();
  };
  at("dat-pin").onsubmit = async (event) => {
    event.preventDefault();
    const pin = at("pin-moi").value;
    if (!/^\d{4,12}$/.test(pin)) return tell("loi", said.pin_short);
    if (pin !== at("pin-lai").value) return tell("loi", said.pin_twice);
    await store.setPin(pin);
    event.target.reset();
    tell("bao", said.pin_set);
    await draw();
  };
  at("khoa").onclick = async () => {
    store.lock();
    await draw();
  };
  at("bo-ma").onclick = async () => {
    await store.dropPin();
    tell("bao", said.pin_off);
    await draw();
  };
  at("gan").onclick = async () => {
    const outcome = await store.tie();
    tell(outcome === "tied" ? "bao" : "loi", { tied: said.tied, signed_out: said.not_signed_in, failed: said.failed }[outcome]);
    await draw();
  };
  at("xoa").onclick = async () => {
    await store.wipe();
    at("xoa-het").open = false;
    tell("bao", said.wiped);
    await draw();
    await drawSaved();
  };

  outbox.channel.onmessage = draw;
  await draw();
  await drawSaved();
  await send();
})();
