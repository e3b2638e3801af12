// What this phone keeps, in IndexedDB: the outbox, photos, screens that could not be sent, keys. Pages and the service worker share it.
globalThis.xasoStore = (() => {
  "use strict";
  const STORES = { items: "id", photos: "id", typed: "path", keep: "name" };
  const ROUNDS = 600_000;
  const UNLOCKED = "xaso-unlocked", ONLINE_PHOTOS = "xaso-anh", AT_HAND = "xaso-dang-go:", ACCOUNT = "xaso-account";
  let opened;

  const open = () =>
    (opened ||= new Promise((done, fail) => {
      const request = indexedDB.open("xaso", 1);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => {
          request.result.close();
          opened = null;
        };
        done(request.result);
      };
      request.onerror = () => {
        opened = null;
        fail(request.error);
      };
    }));

  const run = async (store, mode, act) => {
    const database = await open();
    return new Promise((done, fail) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => done(request?.result);
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
  };
  const get = (store, key) => run(store, "readonly", (objects) => objects.get(key));
  const all = (store) => run(store, "readonly", (objects) => objects.getAll());
  const put = (store, value) => run(store, "readwrite", (objects) => objects.put(value));
  const remove = (store, key) => run(store, "readwrite", (objects) => objects.delete(key));

  // Changes a record in one transaction, so that a page and the worker never undo each other's change. A record that is gone stays gone.
  const change = (store, key, values) =>
    run(store, "readwrite", (objects) => {
      const request = objects.get(key);
      request.onsuccess = () => request.result && objects.put(Object.assign(request.result, typeof values === "function" ? values(request.result) : values));
      return request;
    });

  // Asked before the camera is: a photo, its sealed copy, and what the browser itself needs.
  const ROOM_BYTES = 12 * 1024 * 1024;
  const hasRoom = async () => {
    const room = await navigator.storage?.estimate?.();
    return !room?.quota || room.quota - room.usage > ROOM_BYTES;
  };

  const isThere = async () => {
    try {
      await open();
      return true;
    } catch {
      return false;
    }
  };

  // Locks. With a PIN, what was typed is kept under a key that only the PIN opens; the opened key lives as long as the tab.
  // What waits to be sent is sealed besides under a key of this browser that scripts can use and nobody can read, so that it goes without the PIN.
  const bytes = (text) => new TextEncoder().encode(text);
  const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const unbase64 = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const seal = async (key, data) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
  };
  const unseal = (key, sealed) => crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
  const fromPin = async (pin, salt, rounds) => {
    const typed = await crypto.subtle.importKey("raw", bytes(pin), "PBKDF2", false, ["deriveKey"]);
    return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  };
  const imported = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  const hasPin = async () => Boolean(await get("keep", "pin"));
  const readingKey = async () => {
    const raw = globalThis.sessionStorage?.getItem(UNLOCKED);
    return raw ? imported(unbase64(raw)) : null;
  };
  const sendingKey = async () => {
    const kept = await get("keep", "sending");
    if (kept) return kept.key;
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await put("keep", { name: "sending", key });
    return key;
  };
  const isLocked = async () => (await hasPin()) && !globalThis.sessionStorage?.getItem(UNLOCKED);
  const lock = () => sessionStorage.removeItem(UNLOCKED);
  const unlock = async (pin) => {
    const kept = await get("keep", "pin");
    try {
      sessionStorage.setItem(UNLOCKED, base64(await unseal(await fromPin(pin, kept.salt, kept.rounds), kept.wrapped)));
      return true;
    } catch {
      return false;
    }
  };

  // The content of an item: {screens, place, papers}. Kept as it is, or under the key of the PIN.
  const closed = async (value) => {
    if (!(await hasPin())) return { open: value };
    const key = await readingKey();
    if (!key) throw new Error("locked");
    return { shut: await seal(key, value instanceof Blob ? await value.arrayBuffer() : bytes(JSON.stringify(value))), type: value.type };
  };
  const inTheClear = async (kept, asBlob) => {
    if (!kept?.shut) return kept?.open;
    const key = await readingKey();
    if (!key) throw new Error("locked");
    const data = await unseal(key, kept.shut);
    return asBlob ? new Blob([data], { type: kept.type }) : JSON.parse(new TextDecoder().decode(data));
  };
  const contentOf = (item) => (item.content || !item.sending ? inTheClear(item.content, false) : unsealForOwner(item));
  const photoOf = async (id) => {
    const kept = await get("photos", id);
    return kept && inTheClear(kept.content, true);
  };
  const keepPhoto = async (id, item, blob) => put("photos", { id, item, content: await closed(blob) });

  // What was typed a moment ago. The database answers later, and a page that is left in between takes its unfinished change with it; this is
  // written before the next key, put into the database by the next page, and gone once it is there. Under a PIN it lives no longer than the tab.
  const places = () => {
    try {
      return [sessionStorage, localStorage];
    } catch {
      return [];
    }
  };
  const isTypable = (known) => !known?.state || ["asked", "draft", "look"].includes(known.state);
  const isAtHand = (name) => name.startsWith(AT_HAND);
  const hold = (name, store, record, content, isSecret) => {
    const text = JSON.stringify({ store, record, content });
    try {
      const [tab, phone] = places();
      if (isSecret) phone?.removeItem(AT_HAND + name);
      (isSecret ? tab : phone)?.setItem(AT_HAND + name, text);
    } catch {
      // A phone without room still has the database.
    }
    return text;
  };
  const letGo = (name, text) => {
    for (const place of places()) if (!text || place.getItem(AT_HAND + name) === text) place.removeItem(AT_HAND + name);
  };
  const letAllGo = () => {
    globalThis.sessionStorage?.removeItem(ACCOUNT);
    for (const place of places()) for (const name of Object.keys(place).filter(isAtHand)) place.removeItem(name);
  };
  const recover = async () => {
    for (const place of places())
      for (const name of Object.keys(place).filter(isAtHand)) {
        const text = place.getItem(name), { store, record, content } = JSON.parse(text);
        const known = await get(store, record[STORES[store]]);
        try {
          if (isTypable(known)) await put(store, { ...record, ...(store === "items" && known), content: await closed(content) });
          letGo(name.slice(AT_HAND.length), text);
        } catch {
          // Locked, or no room: it stays where it is.
        }
      }
  };

  // What the worker sends. Without a PIN it reads what lies open; with one the sealed copy that was made when the person filed.
  const sealToSend = async (content) => {
    if (!(await hasPin())) return null;
    const key = await sendingKey();
    for (const paper of content.papers) {
      const blob = await photoOf(paper.id);
      if (blob) await change("photos", paper.id, { sending: await seal(key, await blob.arrayBuffer()), type: blob.type });
    }
    return sealContent(content);
  };
  const sealContent = async (content) => ((await hasPin()) ? seal(await sendingKey(), bytes(JSON.stringify(content))) : null);
  const toSend = async (item) =>
    item.sending ? JSON.parse(new TextDecoder().decode(await unseal(await sendingKey(), item.sending))) : item.content.open;
  const photoToSend = async (id) => {
    const kept = await get("photos", id);
    if (!kept) return null;
    return kept.sending ? new Blob([await unseal(await sendingKey(), kept.sending)], { type: kept.type }) : kept.content.open;
  };

  // Who signs out of a phone without a PIN leaves nothing that the next person could read: what is still to be sent stays sealed only.
  // It is opened again on this phone for its owner, whom the commune knows by the key that was here then.
  // What the worker sent and let go of in between stays gone.
  const isStillHere = (values) => (now) => (now.content ? values : {});
  const sealForNext = async () => {
    const key = await sendingKey(), kept = await device();
    for (const item of await all("items")) {
      if (!item.content?.open) continue;
      const sending = await seal(key, bytes(JSON.stringify(item.content.open)));
      await change("items", item.id, isStillHere({ content: null, sending, name: "", device: kept?.id || "" }));
    }
    for (const photo of await all("photos")) {
      if (!photo.content?.open) continue;
      const sending = await seal(key, await photo.content.open.arrayBuffer());
      await change("photos", photo.id, isStillHere({ content: null, sending, type: photo.content.open.type }));
    }
  };
  // Of what the commune has received only the code stays with others: what it is about, and what was said of it, is for who filed it, signed in.
  // What was filed without any sign-in stays as it is until it is removed: its person has no other way to it.
  const close = (id) => change("items", id, { name: "", procedure: "", version: "", slip: "", messages: [], faults: [], closed: true });
  const closeReceived = async () => {
    for (const item of await all("items"))
      if (["received", "see"].includes(item.state) && !item.nobodys) {
        await close(item.id);
        await change("items", item.id, { said: "", heard_at: 0 });
      }
  };
  const isOwnerHere = async (item) => {
    const answer = item.device && (await fetch("/thiet-bi-cua-toi/", { redirect: "manual" }).catch(() => null));
    return Boolean(answer?.ok) && (await answer.text()).includes(item.device);
  };
  const unsealForOwner = async (item) => {
    if (!(await isOwnerHere(item))) throw new Error("sealed");
    const content = await toSend(item);
    for (const { id } of content.papers) {
      const blob = await photoToSend(id);
      if (blob) await change("photos", id, { content: await closed(blob) });
    }
    await change("items", item.id, { content: await closed(content) });
    return content;
  };

  // Puts a PIN on all that lies open, or takes it off again.
  const relock = async (setKey) => {
    const items = await all("items"), photos = await all("photos");
    const plain = [];
    for (const item of items) if (item.content) plain.push([item, await contentOf(item)]);
    const blobs = [];
    for (const photo of photos) if (photo.content) blobs.push([photo, await inTheClear(photo.content, true)]);
    await setKey();
    for (const [item, content] of plain) {
      const sending = ["asked", "draft"].includes(item.state) ? null : await sealContent(content);
      await change("items", item.id, isStillHere({ content: await closed(content), sending }));
    }
    for (const [photo, blob] of blobs) {
      const sent = items.find((item) => item.id === photo.item)?.state !== "draft" && (await hasPin());
      const sending = sent ? await seal(await sendingKey(), await blob.arrayBuffer()) : null;
      await change("photos", photo.id, isStillHere({ content: await closed(blob), sending, type: blob.type }));
    }
  };
  const setPin = (pin) =>
    relock(async () => {
      const raw = crypto.getRandomValues(new Uint8Array(32));
      const salt = crypto.getRandomValues(new Uint8Array(16));
      await put("keep", { name: "pin", salt, rounds: ROUNDS, wrapped: await seal(await fromPin(pin, salt, ROUNDS), raw) });
      sessionStorage.setItem(UNLOCKED, base64(raw));
    });
  const dropPin = () =>
    relock(async () => {
      await remove("keep", "pin");
      lock();
    });

  // The key by which the commune knows this phone. It never leaves the browser.
  const device = () => get("keep", "device");
  const makeDevice = async () => {
    const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
    const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
    return { name: "device", id: crypto.randomUUID(), key: pair.privateKey, jwk: { kty, crv, x, y } };
  };
  // Ties this phone to who is signed in; gives "tied", "signed_out" or "failed".
  const tie = async () => {
    try {
      const made = await makeDevice();
      const body = JSON.stringify({ id: made.id, public_key: made.jwk, label: navigator.userAgentData?.platform || navigator.platform || "" });
      const headers = { "Content-Type": "application/json", Accept: "application/json" };
      const answer = await fetch("/thiet-bi/", { method: "POST", headers, body, redirect: "manual" });
      if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") return "signed_out";
      if (!answer.ok || (await answer.json()).xaso !== 1) return "failed";
      await put("keep", made);
      return "tied";
    } catch {
      return "failed";
    }
  };
  const sign = async (key, body) => {
    const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, body);
    return base64(signature).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  // Takes an item with its photos off the phone; after receipt only what names nobody stays.
  const dropPhotosOf = async (id) => {
    for (const photo of await all("photos")) {
      if (photo.item !== id) continue;
      await remove("photos", photo.id);
      await remove("keep", `upload-${photo.id}`);
    }
  };
  const forget = async (id) => {
    await dropPhotosOf(id);
    await remove("items", id);
    letGo(id);
  };
  // What the commune asks for after receipt waits here under its own id, so that it is answered without a signal; asked anew it is the same item.
  // What nobody has touched goes again once it is not asked for any more, or once others could read it.
  const SUPPLEMENT = "supplement";
  const supplementsOf = async (code) => (await all("items")).filter((item) => item.kind === SUPPLEMENT && item.code === code);
  const keepAsked = async (asked) => {
    if ((await all("items")).some(({ request }) => request === asked.request)) return;
    const { request, code, name, language } = asked, made_at = new Date().toISOString();
    const content = await closed({ asked, answer: "", papers: [] });
    await put("items", { id: crypto.randomUUID(), kind: SUPPLEMENT, request, code, name, language, state: "asked", made_at, changed_at: made_at, content });
  };
  const dropAsked = async (code, request) => {
    for (const item of await supplementsOf(code)) if (item.state === "asked" && item.request !== request) await forget(item.id);
  };
  // Order within a dossier is by turns: the clock of a phone jumps.
  const nextTurn = async () => 1 + Math.max(0, ...(await all("items")).map(({ turn = 0 }) => turn));
  const emptied = async (id) => {
    await dropPhotosOf(id);
    await change("items", id, { content: null, sending: null });
  };
  // Photos of screens filed online wait in a store of their own (photo.js).
  const onlinePhotos = () =>
    new Promise((done) => {
      const request = indexedDB.open(ONLINE_PHOTOS, 1);
      request.onupgradeneeded = () => request.transaction.abort();
      request.onerror = () => done([]);
      request.onsuccess = () => {
        const found = request.result.transaction("anh").objectStore("anh").getAll();
        found.onsuccess = () => {
          request.result.close();
          done(found.result);
        };
      };
    });
  const dropOnlinePhotos = () => indexedDB.deleteDatabase(ONLINE_PHOTOS);
  const dropOnlinePhoto = (id) =>
    new Promise((done, fail) => {
      const request = indexedDB.open(ONLINE_PHOTOS, 1);
      request.onerror = fail;
      request.onsuccess = () => {
        const transaction = request.result.transaction("anh", "readwrite");
        transaction.objectStore("anh").delete(id);
        transaction.oncomplete = () => done(request.result.close());
      };
    });
  const wipe = async () => {
    for (const registration of (await navigator.serviceWorker?.getRegistrations()) || []) await registration.unregister();
    const database = await open();
    await new Promise((done, fail) => {
      const transaction = database.transaction(Object.keys(STORES), "readwrite");
      for (const name of Object.keys(STORES)) transaction.objectStore(name).clear();
      transaction.oncomplete = done;
      transaction.onerror = transaction.onabort = () => fail(transaction.error);
    });
    dropOnlinePhotos();
    letAllGo();
    globalThis.sessionStorage?.clear();
    for (const name of await caches.keys()) if (name.startsWith("xaso-")) await caches.delete(name);
  };

  return {
    ACCOUNT, get, all, put, remove, change, isThere, hasRoom, hold, letGo, letAllGo, recover, isTypable, closed, contentOf, photoOf, keepPhoto, sealToSend, toSend, photoToSend, sealForNext, close, closeReceived,
    hasPin, isLocked, lock, unlock, setPin, dropPin, device, tie, sign, forget, emptied, SUPPLEMENT, supplementsOf, keepAsked, dropAsked, nextTurn, wipe, onlinePhotos, dropOnlinePhoto,
  };
})();
