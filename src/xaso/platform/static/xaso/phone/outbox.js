// Sends what waits on this phone: papers first, then the dossier, each exactly once however often it is tried. Runs in the worker, else in a page.
globalThis.xasoOutbox = (() => {
  "use strict";
  const store = globalThis.xasoStore;
  const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const FIRST_PAUSE = 10 * SECOND, LONGEST_PAUSE = 30 * MINUTE, NEWS_EVERY = 2 * HOUR, BEAT_EVERY = 6 * HOUR;
  const PIECE_BYTES = 64 * 1024, SILENT_AFTER = 60 * SECOND;
  const ROUNDS = 6, LONGEST_REST = 20 * SECOND, SHORTEST_REST = SECOND / 2;
  const UPLOADS = "/tai-len/", DELIVERIES = "/gui/", SUPPLEMENTS = "/gui/bo-sung/";
  // Two, because a channel does not hear itself: a page that sends without a worker must see what it did.
  const mouth = new BroadcastChannel("xaso"), channel = new BroadcastChannel("xaso");
  const tell = () => mouth.postMessage("changed");

  class NoSignal extends Error {}
  class Refused extends Error {}
  class Busy extends Error {
    constructor(seconds) {
      super("busy");
      this.pause = seconds * SECOND;
    }
  }

  const ask = async (address, options = {}) => {
    try {
      return await fetch(address, { credentials: "omit", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(SILENT_AFTER), ...options });
    } catch (fault) {
      throw new NoSignal(String(fault));
    }
  };
  const isBusy = (answer) => answer.status === 429 || answer.status === 503;
  const pauseOf = (answer) => Math.min(Math.max(Number(answer.headers.get("Retry-After")) || 60, 1), 3600);

  // Only answers that say they are ours count: the sign-in page of a hotspot also comes with status 200.
  const answerOf = async (answer) => {
    if (isBusy(answer)) throw new Busy(pauseOf(answer));
    let said;
    try {
      said = await answer.json();
    } catch {
      throw new NoSignal(`status ${answer.status}`);
    }
    if (said?.xaso !== 1 || answer.status >= 500) throw new NoSignal(`status ${answer.status}`);
    if (!answer.ok) throw new Refused(said.said || said.detail || said.title || `${answer.status}`);
    return said;
  };

  // Papers, by tus 1.0: made once with a key of this phone, gone on with where the server stands.
  const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const hex = (buffer) => [...new Uint8Array(buffer)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const TUS = { "Tus-Resumable": "1.0.0" };
  const isTus = (answer) => answer.headers.has("Tus-Resumable");
  const begun = async (paper, blob) => {
    const digest = hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    const metadata = `filename ${base64(paper.name)},sha256 ${base64(digest)},key ${base64(paper.id)}`;
    const answer = await ask(UPLOADS, { method: "POST", headers: { ...TUS, "Upload-Length": String(blob.size), "Upload-Metadata": metadata } });
    if (isBusy(answer)) throw new Busy(pauseOf(answer));
    if (answer.status >= 500 || !isTus(answer)) throw new NoSignal(`status ${answer.status}`);
    if (answer.status !== 201) throw new Refused((await answer.text()).slice(0, 200));
    return new URL(answer.headers.get("Location"), location.origin).pathname;
  };
  const offsetOf = async (address) => {
    const answer = await ask(address, { method: "HEAD", headers: TUS });
    if (isTus(answer) && [404, 410, 403].includes(answer.status)) return null;
    if (!answer.ok || !isTus(answer)) throw new NoSignal(`status ${answer.status}`);
    return Number(answer.headers.get("Upload-Offset"));
  };
  const upload = async (paper, blob, progress) => {
    const key = `upload-${paper.id}`;
    let address = (await store.get("keep", key))?.address;
    let offset = address ? await offsetOf(address) : null;
    if (offset === null) {
      address = await begun(paper, blob);
      await store.put("keep", { name: key, address });
      offset = await offsetOf(address);
    }
    while (offset < blob.size) {
      const body = blob.slice(offset, offset + PIECE_BYTES);
      const headers = { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
      const answer = await ask(address, { method: "PATCH", headers, body });
      if (isBusy(answer)) throw new Busy(pauseOf(answer));
      if (isTus(answer) && answer.status === 409) offset = await offsetOf(address);
      else if (answer.status === 204) offset = Number(answer.headers.get("Upload-Offset"));
      else throw new NoSignal(`status ${answer.status}`);
      await progress(offset);
    }
    return address.split("/").filter(Boolean).pop();
  };

  const signed = async (body) => {
    const device = await store.device();
    return device ? { "X-Xaso-Signature": await store.sign(device.key, new TextEncoder().encode(body)) } : {};
  };

  const sendPapers = async (item, content) => {
    const blobs = [];
    for (const paper of content.papers) blobs.push(await store.photoToSend(paper.id));
    const total = blobs.reduce((sum, blob) => sum + (blob?.size || 0), 0) || 1;
    const papers = [];
    let done = 0;
    for (const [number, paper] of content.papers.entries()) {
      const blob = blobs[number];
      if (!blob) continue;
      const before = done;
      const id = await upload(paper, blob, (sent) => show(item.id, { percent: Math.floor((95 * (before + sent)) / total) }));
      done += blob.size;
      papers.push({ paper: paper.paper, upload: id, name: paper.name });
    }
    return papers;
  };

  const show = async (id, values) => {
    await store.change("items", id, values);
    tell();
  };

  const deliver = async (item) => {
    const content = await store.toSend(item);
    await show(item.id, { state: "sending", percent: item.percent || 0 });
    const papers = await sendPapers(item, content);
    const isSupplement = item.kind === store.SUPPLEMENT;
    const body = JSON.stringify(await (isSupplement ? supplementOf : filingOf)(item, content, papers));
    const headers = { "Content-Type": "application/json", Accept: "application/json", ...(await signed(body)) };
    const answer = await (isSupplement ? ask(SUPPLEMENTS, { method: "POST", headers, body, credentials: "same-origin" }) : ask(DELIVERIES, { method: "POST", headers, body }));
    if (answer.status === 409) await beginPapersAnew(content, answer.clone());
    await took(item.id, await answerOf(answer));
  };
  const timesOf = async (item) => ({ made_at: item.made_at, sent_at: new Date().toISOString(), device: (await store.device())?.id || "" });
  const supplementOf = async (item, { answer }, papers) => ({ id: item.id, request: item.request, language: item.language, ...(await timesOf(item)), answer, papers });
  const filingOf = async (item, content, papers) => {
    const { "nguoi-nop": applicant = "", ...screens } = content.screens;
    return {
      id: item.id,
      procedure: item.procedure,
      version: item.version,
      language: item.language,
      ...(await timesOf(item)),
      secret: item.secret,
      applicant: Object.fromEntries(new URLSearchParams(applicant)),
      answers: [...Object.values(screens).filter(Boolean), "agree=yes"].join("&"),
      papers,
      draft: false,
    };
  };
  // Uploads that the commune no longer has are sent again from their beginning.
  const beginPapersAnew = async (content, answer) => {
    const said = await answer.json().catch(() => ({}));
    if (said.xaso !== 1 || !said.uploads) return;
    for (const paper of content.papers) await store.remove("keep", `upload-${paper.id}`);
    throw new NoSignal("uploads");
  };

  // What the commune answers: received, waiting for the person, or to be looked at. Only then does the phone let go of its copy.
  const took = async (id, answer) => {
    if (answer.erased) return show(id, { state: "erased", said: answer.said || "" });
    if (answer.state === "look") {
      await askedNow(id, answer.asked);
      return show(id, { state: "look", faults: answer.faults || [], said: answer.said || "", percent: 0, needs: "" });
    }
    if (answer.state === "sign_in") return show(id, { state: "waiting", needs: "sign_in", said: answer.said || "", percent: 0, held_until: 0, next_at: Date.now() + LONGEST_PAUSE });
    if (!["received", "waiting_for_person"].includes(answer.state)) throw new NoSignal(answer.state);
    const { state, code = "", url = "", slip = "", said = "", number = "", confirm = "", messages = [], name, nobodys = false } = answer;
    await show(id, { state, code, url, slip, said, number: String(number), confirm, messages, nobodys, needs: "", percent: 100, tries: 0, heard_at: Date.now(), ...(name && { name, closed: false }) });
    if (answer.closed) await store.close(id);
    if (answer.closed || answer.messages) await hearAsked(code, answer.asked);
    await store.emptied(id);
    tell();
  };

  // Without its PIN the phone keeps no words; the person finds them where she is told of them.
  const hearAsked = async (code, asked) => {
    await store.dropAsked(code, asked?.request);
    if (asked) await store.keepAsked(asked).catch(() => null);
  };
  // Asked anew meanwhile: what was photographed stays and can be sent for that. Under a lock the words of the earlier request stay too.
  const askedNow = async (id, asked) => {
    const item = await store.get("items", id);
    if (item?.kind !== store.SUPPLEMENT || !asked || asked.request === item.request) return;
    const content = await store.toSend(item).catch(() => null);
    const closed = content && (await store.closed({ ...content, asked }).catch(() => null));
    await store.change("items", id, { request: asked.request, ...(closed && { content: closed, sending: null }) });
  };

  const failed = async (item, fault) => {
    if (fault instanceof Refused) return show(item.id, { state: "look", faults: [], said: fault.message, percent: 0 });
    const tries = (item.tries || 0) + 1;
    const pause = fault.pause || Math.min(FIRST_PAUSE * 2 ** Math.min(tries - 1, 10), LONGEST_PAUSE);
    const next_at = Date.now() + pause * (0.8 + 0.4 * Math.random());
    await show(item.id, { state: "waiting", tries, next_at, held_until: fault.pause ? next_at : 0 });
  };

  // The clock of a phone jumps: a pause longer than any of ours is no pause. A signal that comes ends our own pauses, not those that the commune asked for.
  const isOver = (time) => !time || Date.now() >= time || time - Date.now() > 2 * HOUR;
  const isDue = (item, { now, signal }) => now || isOver(signal ? item.held_until : item.next_at);
  const isWaiting = (item) => item.state === "waiting" || item.state === "sending";
  const isLate = (item) => (isWaiting(item) || item.state === "look") && Date.now() - Date.parse(item.filed_at) > DAY;

  // News of what the commune has. What it doesn't know any more, or can't file as it is, is shown; the phone's copy has gone, so it is not for mending here.
  const isOpen = (item) => item.kind !== store.SUPPLEMENT && ["received", "waiting_for_person", "see"].includes(item.state);
  const hear = async (item) => {
    const answer = await ask(`${DELIVERIES}${item.id}/?secret=${encodeURIComponent(item.secret)}`, { credentials: "same-origin", headers: { Accept: "application/json" } });
    try {
      const said = await answerOf(answer);
      await (said.state === "look" && !said.erased ? show(item.id, { state: "see", said: said.said || "", heard_at: Date.now() }) : took(item.id, said));
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      await show(item.id, { heard_at: Date.now(), ...(answer.status === 404 && { state: "see", said: fault.message, messages: [] }) });
    }
  };

  // What nobody has touched goes once it is not asked for any more, or who was asked is not signed in here any more.
  const hearOfAsked = async (item) => {
    const answer = await ask(`${SUPPLEMENTS}${item.request}/`, { credentials: "same-origin", headers: { Accept: "application/json" } });
    const { asked } = await answerOf(answer);
    if (asked?.request === item.request) await show(item.id, { heard_at: Date.now() });
    else await store.dropAsked(item.code, asked?.request);
    tell();
  };

  // Tells the commune that something has waited here for more than a day, and that it has come through. Each telling has a number of its own.
  const beat = async (items) => {
    const device = await store.device();
    if (!device) return;
    const late = items.filter(isLate);
    const told = await store.get("keep", "beat");
    if (late.length ? told?.waiting === late.length && Date.now() - told.at < BEAT_EVERY : !told?.waiting) return;
    const oldest = late.map((item) => item.filed_at).sort()[0] || null;
    const number = (told?.number || 0) + 1;
    await store.put("keep", { ...told, name: "beat", number });
    const body = JSON.stringify({ number, waiting: late.length, oldest_made_at: oldest, sent_at: new Date().toISOString() });
    const answer = await ask(`/thiet-bi/${device.id}/con-cho/`, { method: "POST", headers: { "Content-Type": "application/json", ...(await signed(body)) }, body });
    if (answer.ok) await store.put("keep", { name: "beat", number, waiting: late.length, at: Date.now() });
  };

  const sweep = async (how) => {
    const items = (await store.all("items")).sort((one, other) => (one.turn || 0) - (other.turn || 0) || (one.filed_at || "").localeCompare(other.filed_at || ""));
    const held = new Set();
    let hasSignal = true;
    // A signal too thin for photos may carry this.
    await beat(items).catch(() => null);
    for (const item of items) {
      if (!isWaiting(item) || (item.code && held.has(item.code))) continue;
      if (!isDue(item, how)) {
        held.add(item.code);
        continue;
      }
      try {
        await deliver(item);
      } catch (fault) {
        await failed(item, fault);
        held.add(item.code);
        hasSignal = !(fault instanceof NoSignal);
        if (!hasSignal) break;
      }
    }
    if (!hasSignal) return;
    for (const item of items) {
      if (!(isOpen(item) || item.state === "asked") || !(how.now || Date.now() - (item.heard_at || 0) > NEWS_EVERY)) continue;
      // Without an answer to this one there is none to others: news waits for the next time.
      if (await (item.state === "asked" ? hearOfAsked : hear)(item).then(() => false, () => true)) break;
    }
    await beat(await store.all("items")).catch(() => null);
  };

  // How long until something is due: at once is 0, nothing waits is null.
  const pause = async () => {
    const waiting = (await store.all("items")).filter(isWaiting);
    return waiting.length ? Math.min(...waiting.map(({ next_at }) => (isOver(next_at) ? 0 : next_at - Date.now()))) : null;
  };

  // One at a time on this phone; who comes while another sends leaves it to that one. `now`: all that waits; `signal`: all but what the commune put off.
  const run = async (how = {}) => {
    if (!(await store.isThere())) return null;
    const alone = () => sweep(how);
    await (navigator.locks ? navigator.locks.request("xaso-outbox", { ifAvailable: true }, (lock) => lock && alone()) : alone());
    return pause();
  };

  // Sends and tries again while pauses are short. Who asks meanwhile ends the rest that is being taken. Gives what `pause` gives.
  let going = null, asked = null, wake = () => {};
  const rest = (time) =>
    new Promise((done) => {
      wake = done;
      setTimeout(done, time);
    });
  const rounds = async () => {
    for (let round = 1; ; round += 1) {
      const how = asked || {};
      asked = null;
      const left = await run(how);
      if (asked) continue;
      if (left === null || left > LONGEST_REST || round >= ROUNDS) return left;
      await rest(Math.max(left, SHORTEST_REST));
    }
  };
  const send = (how = {}) => {
    asked = { ...asked, ...how };
    wake();
    return (going ||= rounds().finally(() => (going = null)));
  };

  return { run, send, pause, tell, channel, isLate, isWaiting };
})();
