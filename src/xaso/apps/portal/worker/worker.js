// The service worker: keeps pages that belong to nobody and static files for places without a signal, and sends the outbox.
// Never kept: pages of a person (they lack the header), answers of programs, anything posted.
importScripts(...XASO.scripts);
const STATIC = "xaso-1-static", PAGES = "xaso-1-pages", CHOSEN = "xaso-1-chosen", VOICE = "xaso-1-voice";
const TONGUE = "/may-nay/tieng", TONGUE_MS = 8_000;
const SEARCH = "/ngoai-tuyen/", CATALOGUE = "/ngoai-tuyen/danh-muc.json", LISTS = "/nghe/danh-sach/", SUPPLEMENT = "/may-nay/bo-sung/";
const HEADER = "Xaso-Phone-May-Keep";
const WITHOUT_QUERY = /^\/(ngoai-tuyen|may-nay|chua-co-song)\//;
const SOONEST_MS = 5_000, LATEST_MS = 60_000, SILENT_MS = 60_000, PATIENCE_MS = 8_000, MOST_VISITED = 60, WEEK_MS = 604_800_000;

const lookIn = async (name, request) => (await caches.open(name)).match(request, { ignoreVary: true });
const kept = async (address) => {
  const url = new URL(address, location.origin);
  const asked = WITHOUT_QUERY.test(url.pathname) ? url.pathname : url.pathname + url.search;
  return (await lookIn(CHOSEN, asked)) || lookIn(PAGES, asked);
};
const staticsIn = (html) => [...new Set(html.match(/\/static\/[^"'#?\s]+/g) || [])];

// A link may neither answer nor break: what is kept for later gives up then, and whoever asked is told and asks again. What came is kept.
const bring = (address, options) => fetch(address, { signal: AbortSignal.timeout(SILENT_MS), ...options });
const keepStatic = async (address) => {
  const cache = await caches.open(STATIC);
  if (await cache.match(address)) return;
  const answer = await bring(address);
  if (!answer.ok) throw new Error(address);
  await cache.put(address, answer);
};

// Keeps a page with all the static files that it names; a page that must not be kept is not.
const keepPage = async (address, cacheName) => {
  const answer = await bring(address, { cache: "no-cache" });
  if (!answer.ok || answer.headers.get(HEADER) !== "1" || answer.redirected) return false;
  const html = await answer.clone().text();
  for (const name of staticsIn(html)) await keepStatic(name);
  await (await caches.open(cacheName)).put(address, answer);
  return true;
};

const isThin = () => {
  const link = navigator.connection;
  return Boolean(link && (link.saveData || /2g/.test(link.effectiveType)));
};

// The shell comes with the worker's first free moment on a good link, or when the person asks.
const keepShell = async () => {
  for (const address of XASO.statics) await keepStatic(address);
  for (const address of XASO.pages) await keepPage(address, PAGES);
};
const listed = async () => (await (await bring(XASO.list, { cache: "no-cache" })).json()).pages;
// On a thin link one page more at each visit, the most needed first; who wants to save data gets only the one that says there is no signal.
const isRecent = async (address) => Date.now() - Date.parse((await kept(address))?.headers.get("Date")) < WEEK_MS;
const keepNext = async () => {
  const pages = navigator.connection.saveData ? XASO.pages.slice(0, 1) : [...XASO.pages, ...(await listed())];
  for (const address of pages) if (!(await isRecent(address)) && (await keepPage(address, PAGES))) return;
};
let keeping = null;
const keepAll = (language) => (keeping ||= keepWhole(language).finally(() => (keeping = null)));
const keepWhole = async (language) => {
  const cache = await caches.open(PAGES);
  const mark = await cache.match("/may-nay/dau");
  const wanted = `${XASO.version} ${language}`;
  if (mark && (await mark.text()) === wanted && Date.now() - Date.parse(mark.headers.get("Date")) < 86_400_000) return;
  await keepShell();
  const pages = await listed();
  for (const address of pages) await keepPage(address, PAGES);
  for (const request of await (await caches.open(CHOSEN)).keys()) await keepPage(new URL(request.url).pathname, CHOSEN);
  await pruneVisited(new Set([...XASO.pages, ...pages, TONGUE, "/may-nay/dau"]));
  await prune();
  await renewVoices();
  await cache.put("/may-nay/dau", new Response(wanted, { headers: { Date: new Date().toUTCString() } }));
};

// Of pages that were only visited the last ones stay; a page that is put again goes to the end.
const pruneVisited = async (named) => {
  const cache = await caches.open(PAGES);
  const visited = (await cache.keys()).filter(({ url }) => !named.has(url.slice(location.origin.length)));
  for (const request of visited.slice(0, -MOST_VISITED)) await cache.delete(request);
};
// Static files of an older version go only when no kept page names them any more.
const prune = async () => {
  const named = new Set([...XASO.statics, ...XASO.scripts]);
  for (const name of [PAGES, CHOSEN]) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) for (const one of staticsIn(await (await cache.match(request)).text())) named.add(one);
  }
  const cache = await caches.open(STATIC);
  for (const request of await cache.keys()) if (!named.has(new URL(request.url).pathname)) await cache.delete(request);
};

const save = async (address) => {
  await keepShell();
  return keepPage(address, CHOSEN);
};

// Keeps what is said on a page, so that it is read aloud without a signal too: the list of its sentences last, once all sounds are here.
const keepVoice = async (list, kind) => {
  const answer = await bring(list, { cache: "no-cache" });
  if (!answer.ok || answer.headers.get(HEADER) !== "1") return false;
  const cache = await caches.open(VOICE);
  for (const { a } of (await answer.clone().json()).cau) {
    if (!a || (await cache.match(a + kind))) continue;
    const sound = await bring(a + kind);
    if (!sound.ok) return false;
    await cache.put(a + kind, sound);
  }
  await cache.put(list, answer);
  return true;
};
const listOf = (address, like) => like.replace(/trang=[^&]*/, `trang=${encodeURIComponent(address)}`.replaceAll("%2F", "/"));
const saveVoice = async ({ address, list, kind }) => {
  if (!(await save(address)) || !(await keepVoice(list, kind))) return false;
  for (const page of [...XASO.pages, SEARCH]) await keepVoice(listOf(page, list), kind);
  return true;
};
// Texts change, and with them what is said: lists come anew, and sounds that none of them names go.
const renewVoices = async () => {
  const cache = await caches.open(VOICE), named = new Set();
  const addresses = (await cache.keys()).map(({ url }) => url.slice(location.origin.length));
  const kind = addresses.some((one) => one.endsWith(".mp3")) ? ".mp3" : ".ogg";
  for (const list of addresses.filter((one) => one.startsWith(LISTS))) {
    await keepVoice(list, kind);
    for (const { a } of (await (await cache.match(list)).json()).cau) named.add(a + kind);
  }
  for (const one of addresses) if (!one.startsWith(LISTS) && !named.has(one)) await cache.delete(one);
};

// Where a page can't be had: the form of the same procedure, the offline search, or the page that says so.
const insteadOf = async (url) => {
  const filing = url.pathname.match(/^\/(?:nop-ho-so|thu-tuc)\/([^/]+)\//);
  if (filing && (await kept(`/ngoai-tuyen/${filing[1]}/`))) {
    return Response.redirect(`/ngoai-tuyen/${filing[1]}/?${new URLSearchParams({ tu: url.pathname })}`, 302);
  }
  // What is asked for in a dossier is added here without a signal, as far as the phone was told of it.
  const code = url.pathname.match(/^\/ho-so-cua-toi\/([^/]+)\//)?.[1];
  const asked = code && (await xasoStore.supplementsOf(decodeURIComponent(code)).catch(() => [])).find((item) => xasoStore.isTypable(item));
  if (asked && (await kept(SUPPLEMENT))) return Response.redirect(`${SUPPLEMENT}?ban=${asked.id}`, 302);
  if (/^\/(thu-tuc\/)?$/.test(url.pathname) && (await kept(SEARCH))) return Response.redirect(SEARCH + url.search, 302);
  const page = await kept("/chua-co-song/");
  return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
};

// Who just chose another language gets the page in it, as long as there is a signal; else as it was kept.
const choose = async (language) => (await caches.open(PAGES)).put(TONGUE, new Response(language));
const spoken = async (page, address) => {
  const language = await (await lookIn(PAGES, TONGUE))?.text();
  if (!language || page.headers.get("Content-Language") === language) return page;
  const anew = keepPage(address, (await lookIn(CHOSEN, address)) ? CHOSEN : PAGES).catch(() => null);
  await Promise.race([anew, new Promise((done) => setTimeout(done, TONGUE_MS))]);
  return kept(address);
};

const answerPage = async (event) => {
  const url = new URL(event.request.url);
  const chosen = url.pathname === "/ngon-ngu/" && url.searchParams.get("ma");
  if (chosen) event.waitUntil(choose(chosen));
  if (event.request.method === "GET" && WITHOUT_QUERY.test(url.pathname)) {
    const page = await kept(url.pathname);
    if (page) {
      event.waitUntil(renew(url.pathname));
      return spoken(page, url.pathname);
    }
  }
  const fresh = fetchPage(event, url);
  // The catalogue comes at once in a language just chosen: the signal may go.
  event.waitUntil(fresh.then(async () => chosen && (await kept(CATALOGUE)) && keepPage(CATALOGUE, PAGES)).catch(() => null));
  const page = event.request.method === "GET" && (await kept(url.href).catch(() => null));
  try {
    return await (page ? Promise.race([fresh, tooLong()]) : fresh);
  } catch {
    return page || insteadOf(url);
  }
};
const fetchPage = async (event, url) => {
  const answer = await fetch(event.request);
  if (event.request.method === "GET" && answer.ok && answer.headers.get(HEADER) === "1") {
    const copy = answer.clone();
    event.waitUntil(caches.open(PAGES).then((cache) => cache.put(url.pathname + url.search, copy)));
  }
  return answer;
};
// A bar of signal may carry nothing for minutes: who has the page here already does not wait for that.
const tooLong = () => new Promise((_, fail) => setTimeout(fail, PATIENCE_MS));
const renew = async (address) => {
  try {
    if (!isThin()) await keepPage(address, (await lookIn(CHOSEN, address)) ? CHOSEN : PAGES);
  } catch {
    // Without a signal the kept page stays.
  }
};

const answerStatic = async (event) => {
  const found = await lookIn(STATIC, event.request);
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.ok) {
    const copy = answer.clone();
    event.waitUntil(caches.open(STATIC).then((cache) => cache.put(event.request.url, copy)));
  }
  return answer;
};

// The catalogue, and the list of what is read aloud: as now, else as it was kept; a kept sound at once, in the part that the player asks for.
const answerFresh = async (request, cacheName) => {
  try {
    return await fetch(request);
  } catch {
    return (await lookIn(cacheName, request)) || Response.error();
  }
};
const answerSound = async (request) => {
  const sound = await lookIn(VOICE, request);
  const asked = (request.headers.get("Range") || "").match(/^bytes=(\d+)-(\d*)$/);
  if (!sound || !asked) return sound || fetch(request);
  const whole = await sound.blob(), begin = Number(asked[1]), end = Math.min(asked[2] ? Number(asked[2]) : Infinity, whole.size - 1);
  const headers = { "Content-Type": whole.type, "Content-Range": `bytes ${begin}-${end}/${whole.size}`, "Content-Length": end + 1 - begin };
  return new Response(whole.slice(begin, end + 1), { status: 206, headers });
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event));
  else if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(answerStatic(event));
  else if (request.method !== "GET") return;
  else if (url.pathname === CATALOGUE) event.respondWith(answerFresh(request, PAGES));
  else if (url.pathname === LISTS) event.respondWith(answerFresh(request, VOICE));
  else if (/^\/nghe\/(may|nguoi)\//.test(url.pathname)) event.respondWith(answerSound(request));
});

// Pages that are open are told how long to wait before they ask again, and no more once nothing waits.
const tellPages = async (left) => {
  const rest = left === null ? 0 : Math.min(Math.max(left, SOONEST_MS), LATEST_MS);
  for (const page of await clients.matchAll({ type: "window", includeUncontrolled: true })) page.postMessage({ rest });
};
// Gives whether something still waits.
const send = async (how) => {
  const before = await xasoOutbox.pause().catch(() => null);
  if (before !== null) await tellPages(before);
  const left = await xasoOutbox.send(how);
  await tellPages(left);
  return left !== null;
};
const wish = () => registration.sync?.register("xaso-gui").catch(() => {});
const sendAndWish = async (how) => (await send(how)) && wish();
// The browser calls again, later each time, as long as this fails; at its last call it is asked anew.
const sendOnSync = async (isLast) => {
  if (!(await send({ signal: true }))) return;
  if (isLast) await wish();
  throw new Error("xaso-gui");
};
addEventListener("sync", (event) => event.tag === "xaso-gui" && event.waitUntil(sendOnSync(event.lastChance)));
addEventListener("message", (event) => {
  const { what, address, language } = event.data || {};
  const answer = (done) => event.ports[0]?.postMessage(done);
  if (what === "visit") {
    event.waitUntil(Promise.all([sendAndWish({ signal: true }), (isThin() ? keepNext() : keepAll(language)).catch(() => null)]));
  } else if (what === "send") event.waitUntil(sendAndWish({ now: true }));
  else if (what === "due") event.waitUntil(sendAndWish({}));
  else if (what === "save") event.waitUntil(save(address).then(answer, () => answer(false)));
  else if (what === "save-voice") event.waitUntil(saveVoice(event.data).then(answer, () => answer(false)));
  else if (what === "keep-all") event.waitUntil(keepAll(language).then(() => answer(true), () => answer(false)));
});
