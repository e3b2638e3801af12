// Keeps articles on the phone, to be read and heard without a signal: what that weighs is told first, and the person chooses.
(() => {
  "use strict";
  const box = document.getElementById("luu-bai"), worker = navigator.serviceWorker;
  if (!worker || !globalThis.caches) return;
  const said = JSON.parse(document.getElementById("loi-noi").textContent), status = box.querySelector("[role=status]");
  const articles = box.dataset.pages.split(" "), ear = document.querySelector("[data-nghe]");
  const kind = new Audio().canPlayType("audio/ogg; codecs=opus") ? ".ogg" : ".mp3";
  const SILENT_AFTER = 60_000, WORKER_ENDED_AFTER = 330_000;
  const bring = (address, options) => fetch(address, { signal: AbortSignal.timeout(SILENT_AFTER), ...options });
  const bytes = async (address) => Number((await bring(address, { method: "HEAD" })).headers.get("Content-Length") || 0);
  const listOf = (address) => `/nghe/danh-sach/?trang=${address}&tieng=${localStorage.tieng || ""}`;
  // Null where not every sentence of the page has been spoken yet.
  const soundOf = async (address) => ((await caches.match(listOf(address))) ? 0 : (await (await bring(listOf(address))).json()).nang);
  // With the first sound the worker keeps those of the pages that lead here without a signal.
  const besides = box.dataset.besides.split(" ");
  const sum = (sizes) => sizes.reduce((all, size) => all + size, 0);
  const inWords = (size) => Math.ceil(size / 1000).toLocaleString("vi-VN");
  const ask = (message) =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      setTimeout(done, WORKER_ENDED_AFTER, false);
      worker.ready.then(({ active }) => active.postMessage(message, [port2]));
    });
  const button = (label, act) => {
    const made = Object.assign(document.createElement("button"), { className: "nut phu rong", onclick: act });
    made.append(box.querySelector("template").content.cloneNode(true), label);
    return made;
  };
  const offer = (...buttons) => {
    box.querySelectorAll("button").forEach((one) => one.remove());
    box.prepend(...buttons);
  };
  const save = async (withSound) => {
    offer();
    for (const [place, address] of articles.entries()) {
      status.textContent = said.saving.replace("%(number)s", place + 1).replace("%(count)s", articles.length);
      const message = withSound ? { what: "save-voice", address, list: listOf(address), kind } : { what: "save", address };
      if (!(await ask(message))) return fail();
    }
    status.textContent = withSound ? said.heard : said.kept;
  };
  const fail = () => {
    status.textContent = said.failed;
    offer(button(said.save, weigh));
  };
  const weigh = async () => {
    offer();
    status.textContent = said.looking;
    try {
      const words = sum(await Promise.all(articles.map(bytes)));
      const sounds = ear ? await Promise.all(articles.map(soundOf)) : [null];
      const others = sounds.includes(null) ? [] : await Promise.all(besides.map(soundOf));
      status.textContent = "";
      const choices = [button(said.words.replace("%(size)s", inWords(words)), () => save(false))];
      if (!sounds.includes(null)) choices.push(button(said.sounds.replace("%(size)s", inWords(words + sum([...sounds, ...others]))), () => save(true)));
      offer(...choices);
    } catch {
      fail();
    }
  };
  const begin = async () => {
    const isKept = async (address) => Boolean(await (await caches.open("xaso-1-chosen")).match(address, { ignoreVary: true }));
    const kept = await Promise.all(articles.map(isKept));
    if (kept.every(Boolean)) status.textContent = said.kept;
    else offer(button(said.save, weigh));
    box.hidden = false;
  };
  begin();
})();
