// Finds procedures in the catalogue that the phone keeps, and has the phone keep the form of one, its size told first.
(async () => {
  "use strict";
  const said = JSON.parse(document.getElementById("loi-noi").textContent);
  const at = (id) => document.getElementById(id);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const sign = (name) => at(`mau-${name}`).content.cloneNode(true);
  let catalogue;
  try {
    catalogue = await (await fetch("/ngoai-tuyen/danh-muc.json")).json();
  } catch {
    at("bao").textContent = said.no_catalogue;
    return;
  }
  const find = xasoSearch.indexOf(catalogue.documents, catalogue.light);
  const { documents, lines, least, most } = catalogue.guides || { documents: [] };
  const findGuides = xasoSearch.indexOf(documents, catalogue.light);
  const saved = async () => {
    const codes = new Set();
    if (!globalThis.caches) return codes;
    for (const name of await caches.keys()) {
      if (!name.startsWith("xaso-")) continue;
      for (const request of await (await caches.open(name)).keys()) {
        const code = new URL(request.url).pathname.match(/^\/ngoai-tuyen\/([^/]+)\/$/)?.[1];
        if (code) codes.add(decodeURIComponent(code));
      }
    }
    return codes;
  };
  // Whom neither link nor worker answers is told so, and asks again.
  const SILENT_AFTER = 60_000, WORKER_ENDED_AFTER = 330_000;
  const head = (address) => fetch(address, { method: "HEAD", signal: AbortSignal.timeout(SILENT_AFTER) });
  const ask = (worker, message) =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => done(data);
      setTimeout(done, WORKER_ENDED_AFTER, false);
      worker.postMessage(message, [port2]);
    });
  // The form's weight on the way is asked first and told; nothing is fetched before the person presses again.
  const besides = JSON.parse(at("kem-theo").textContent);
  const bytesOf = ({ headers }) => Number(headers.get("Content-Length") || 0);
  const weigh = async (code) => {
    const form = await head(`/ngoai-tuyen/${code}/`);
    if (!form.ok || form.redirected) return null;
    const sizes = besides.map(async (address) => ((await caches.match(address)) ? 0 : bytesOf(await head(address))));
    return Math.ceil((await Promise.all(sizes)).reduce((sum, size) => sum + size, bytesOf(form)) / 1000);
  };
  const wordsOf = (line, text) => ({ textContent: line[text], ...(line.in_vietnamese?.includes(text) && { lang: "vi" }) });
  const nameOf = (code) => wordsOf(catalogue.lines[code], "name");
  const offer = (code) => {
    const button = make("button", { className: "nut phu nho" });
    const say = (text, icon) => button.replaceChildren(...(icon ? [sign(icon)] : []), text, " ", make("span", { className: "an", ...nameOf(code) }));
    const save = async () => {
      say(said.saving);
      const { active } = await navigator.serviceWorker.ready;
      if (await ask(active, { what: "save", address: `/ngoai-tuyen/${code}/` })) await draw();
      else say(said.not_saved);
    };
    say(said.save, "tai");
    button.onclick = async () => {
      if (!navigator.serviceWorker) return say(said.no_worker);
      say(said.looking);
      try {
        const size = await weigh(code);
        if (size === null) return say(said.not_online);
        say(fill(said.save_size, { size }), "tai");
        button.onclick = save;
      } catch {
        say(said.not_saved);
      }
    };
    return button;
  };
  const line = (code, isHere) => {
    const { guided } = catalogue.lines[code];
    const about = guided ? { textContent: guided } : wordsOf(catalogue.lines[code], "summary");
    const words = make("span", {}, make("b", nameOf(code)), make("small", about));
    if (isHere) words.append(make("span", { className: "the la" }, sign("xong"), said.saved));
    const link = make("a", { href: isHere ? `/ngoai-tuyen/${code}/` : `/thu-tuc/${code}/` }, words);
    link.append(sign("sang"));
    const item = make("li", {}, link);
    if (!isHere && !guided) item.append(make("div", { className: "tren-may" }, offer(code)));
    return item;
  };
  const drawGuides = async (text) => {
    const found = findGuides(text).filter(([, score]) => score >= least).slice(0, most);
    const items = found.map(async ([address]) => {
      const words = make("span", {}, make("b", wordsOf(lines[address], "title")), make("small", wordsOf(lines[address], "summary")));
      if (await globalThis.caches?.match(address, { ignoreVary: true })) words.append(make("span", { className: "the la" }, sign("xong"), said.kept));
      return make("li", {}, make("a", { href: address }, words, sign("sang")));
    });
    at("cam-nang").hidden = !items.length;
    at("cam-nang").querySelector("ul").replaceChildren(...(await Promise.all(items)));
  };
  // Turned in pages as the list with a signal is.
  const turn = (text, page, rel, ...parts) => {
    const link = make("a", { href: `?${new URLSearchParams({ q: text, trang: page })}`, rel }, ...parts);
    link.onclick = async (event) => {
      event.preventDefault();
      history.pushState(null, "", link.href);
      await draw();
      at("tieu-de").scrollIntoView();
    };
    return link;
  };
  const draw = async () => {
    const text = at("q").value.trim(), here = await saved();
    const codes = text ? find(text).map(([code]) => code) : catalogue.documents.map(({ key }) => key).filter((code) => here.has(code));
    at("tieu-de").hidden = false;
    at("tieu-de").textContent = text ? (codes.length ? fill(said.found, { count: codes.length }) : said.none) : said.most_used;
    const last = Math.ceil(codes.length / said.a_page) || 1, page = Math.min(Math.max(1, parseInt(new URLSearchParams(location.search).get("trang")) || 1), last);
    at("ket-qua").replaceChildren(...codes.slice((page - 1) * said.a_page, page * said.a_page).map((code) => line(code, here.has(code))));
    at("trang").replaceChildren(
      ...(page > 1 ? [turn(text, page - 1, "prev", sign("lui"), said.previous)] : []),
      make("span", { textContent: `${page}/${last}` }),
      ...(page < last ? [turn(text, page + 1, "next", said.next, sign("sang"))] : []),
    );
    at("trang").hidden = last < 2;
    at("ket-qua").hidden = !at("ket-qua").children.length;
    at("bao").textContent = text && !codes.length ? said.try : "";
    await drawGuides(text);
  };
  const restore = () => {
    at("q").value = new URLSearchParams(location.search).get("q") || "";
    return draw();
  };
  const search = () => {
    history.replaceState(null, "", at("q").value ? `?q=${encodeURIComponent(at("q").value)}` : "/ngoai-tuyen/");
    return draw();
  };
  at("q").addEventListener("input", search);
  at("tim").addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  addEventListener("popstate", restore);
  await restore();
})();
