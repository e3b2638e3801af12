// Photos of papers: made small and upright, kept on the phone, sent by tus while the person answers on. Without this they go with the form.
(() => {
  "use strict";
  // The picture is made by a worker, this same script, so that the page can be typed in meanwhile; without one, by the page.
  const LONG_SIDE = 1600, KEENER = 0.2;
  const small = async (file, most, canvas) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const pen = canvas.getContext("2d", { alpha: false }), sides = [picture.width, picture.height];
    let type = "image/webp", blob;
    const write = (quality) => canvas.convertToBlob?.({ type, quality }) || new Promise((done) => canvas.toBlob(done, type, quality));
    for (let scale = Math.min(1, LONG_SIDE / Math.max(...sides)); ; scale *= Math.sqrt(most / blob.size) * 0.95) {
      [canvas.width, canvas.height] = sides.map((side) => side * scale);
      const { width, height } = canvas, row = width * 4;
      pen.imageSmoothingQuality = "high";
      pen.drawImage(picture, 0, 0, width, height);
      // Made small, print loses its edge: each point is set off a little from those around it.
      const image = pen.getImageData(0, 0, width, height), points = image.data, soft = points.slice();
      for (let at = row; at < points.length - row; at++) points[at] += KEENER * (4 * soft[at] - soft[at - 4] - soft[at + 4] - soft[at - row] - soft[at + row]);
      pen.putImageData(image, 0, 0);
      // Too large at its full size and coarsest, it is made smaller to just fit so: finer would not.
      for (const quality of blob ? [0.5] : [0.8, 0.65, 0.5]) {
        blob = await write(quality);
        // A browser that writes no WebP gives a PNG.
        if (blob.type !== type) {
          type = "image/jpeg";
          blob = await write(quality);
        }
        if (blob.size <= most) return blob;
      }
    }
  };
  if (!self.document) {
    onmessage = ({ data: [file, most] }) => small(file, most, new OffscreenCanvas(1, 1)).then(postMessage, () => postMessage(0));
    return;
  }

  const ENOUGH = 250e3, ENOUGH_WHEN_SLOW = 100e3, ROOM = 12e6, HERE = document.currentScript.src;
  const PLACE = "/tai-len/", PIECE = { "Content-Type": "application/offset+octet-stream" };
  const all = (selector, within = document) => within.querySelectorAll(selector), one = (...where) => all(...where)[0];

  const aside = (...asked) =>
    new Promise((done) => {
      const worker = new Worker(HERE);
      worker.onerror = () => done();
      worker.onmessage = ({ data }) => {
        worker.terminate();
        done(data);
      };
      worker.postMessage(asked);
    });
  const shrink = async (file) => {
    const { saveData, effectiveType, downlink } = navigator.connection || {};
    const slow = saveData || /2g/.test(effectiveType) || downlink < 0.5, most = slow ? ENOUGH_WHEN_SLOW : ENOUGH;
    if (!/^image/.test(file.type) || file.size <= most) return file;
    return (self.OffscreenCanvas && (await aside(file, most))) || small(file, most, document.createElement("canvas")).catch(() => file);
  };

  // tus 1.0. What answers without its header is a captive portal.
  const ask = (method, address, headers, body = null, told = () => {}) =>
    new Promise((done, fail) => {
      const call = new XMLHttpRequest();
      call.open(method, address);
      call.timeout = 3e4 + (body?.size / 3 || 0);
      for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", ...headers })) call.setRequestHeader(name, value);
      call.upload.onprogress = ({ loaded }) => told(loaded);
      call.onloadend = () => (call.getResponseHeader("Tus-Resumable") ? done(call) : fail({}));
      call.send(body);
    });
  const text64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  const sum = async (blob) => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())), (byte) => byte.toString(16).padStart(2, 0)).join("");

  const send = async (blob, { key, name = "", onProgress = () => {}, fresh }) => {
    const told = (at) => (loaded) => onProgress(Math.min(1, (at + loaded) / blob.size));
    const about = { "Upload-Length": blob.size, "Upload-Metadata": `filename ${text64(name)},sha256 ${text64(await sum(blob))},key ${text64(key)}` };
    let answer = await (fresh ? ask("POST", PLACE, { ...about, ...PIECE }, blob, told(0)) : ask("POST", PLACE, about));
    const address = answer.getResponseHeader("Location");
    for (let again = 5; ; ) {
      if (answer.status > 204) {
        const { status, responseText: said } = answer;
        if (!address || ![409, 423, 460].includes(status) || !again--) throw { said, status, wait: answer.getResponseHeader("Retry-After") };
        answer = await ask("HEAD", address);
        continue;
      }
      const at = +answer.getResponseHeader("Upload-Offset");
      if (at === blob.size) return address.split("/").pop();
      answer = await ask("PATCH", address, { ...PIECE, "Upload-Offset": at }, blob.slice(at), told(at));
    }
  };
  window.xasoPhoto = { shrink, send };

  const STORE = "anh";
  const kept = (act) =>
    new Promise((done, fail) => {
      const opening = indexedDB.open("xaso-anh", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
      opening.onerror = fail;
      opening.onsuccess = () => {
        const base = opening.result, deal = base.transaction(STORE, "readwrite"), asked = act(deal.objectStore(STORE));
        deal.onabort = fail;
        deal.oncomplete = () => {
          base.close();
          done(asked.result);
        };
      };
    });
  const put = (item) => kept((store) => store.put(item));
  const drop = (item) => kept((store) => store.delete(item.id));
  let place, words = {};
  const rows = new Map(), fresh = new Set();
  // Another's photos, left on a shared phone, are neither shown nor sent; their draft would refuse them, and they would be lost.
  const list = async () => (await kept((store) => store.getAll())).filter((item) => item.take.startsWith(words.photos) && (item.account ?? words.account) === words.account).sort((one, other) => one.at - other.at);

  const say = (item, text) => {
    const row = rows.get(item.id), line = row ? one("small", row) : one(`[data-photo-of="${item.paper}"],[data-photo-of=""]`);
    if (!line || line.textContent === text) return;
    line.textContent = text;
    line.hidden = false;
  };
  const going = () => {
    for (const element of all("[data-photo-on],[data-photo-off]")) element.hidden = "photoOn" in element.dataset === !rows.size;
  };
  const leave = ({ id }) => {
    rows.get(id).remove();
    rows.delete(id);
    going();
  };
  const show = (item) => {
    if (item.paper === words.paper && !rows.has(item.id)) {
      const row = one("template", place).content.firstElementChild.cloneNode(true), picture = one("img", row), button = one("button", row);
      if (/^image/.test(item.blob.type)) picture.src = picture.parentNode.href = URL.createObjectURL(item.blob);
      else picture.parentNode.remove();
      for (const name of all("bdi", row)) name.textContent = item.name;
      button.onclick = async () => {
        if (button.type === "submit") return;
        await drop(item);
        leave(item);
      };
      rows.set(item.id, row);
      one("ul", place).append(row);
      going();
    }
    say(item, item.said || words.waiting);
  };

  const take = async (item, upload) => {
    const body = new URLSearchParams({ csrfmiddlewaretoken: one("[name=csrfmiddlewaretoken]").value, paper: item.paper, upload });
    const answer = await fetch(item.take, { method: "POST", body, redirect: "error" });
    const { taken, said } = await answer.json(), row = rows.get(item.id), button = row && one("button", row), known = one(`[name=remove][value="${taken}"]`);
    if (taken || answer.status === 404) await drop(item);
    else throw { said, status: answer.status };
    if (button && known && known !== button) return leave(item);
    say(item, said || words.sent);
    if (taken && button) Object.assign(button, { type: "submit", name: "remove", value: taken });
  };

  const hold = (button) => {
    held = button;
    for (const line of all("[data-photo-hold]")) line.hidden = !button;
  };
  let left = 0, pause = 1, busy, timer, held;
  // Whoever waits to submit is not kept for one more answer: what has come whole is named in the form, and the server takes it with that.
  const arrived = new Map();
  const submit = () => {
    for (const earlier of all("[name=photo]", held.form)) earlier.remove();
    for (const value of arrived.values()) held.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "photo", value }));
    held.form.requestSubmit(held);
  };
  const letGo = (from, taken = "") => {
    const isFiled = from && !location.pathname.startsWith(words.photos?.replace(/viec.*/, ""));
    for (const [id, value] of arrived) if (isFiled || taken.split("|").includes(value)) drop({ id });
    arrived.clear();
  };
  const pump = async () => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    try {
      for (let item; ; pause = 1) {
        const waiting = (await list()).filter(({ id, said }) => !said && !(held && arrived.has(id)));
        left = waiting.length;
        if (!(item = waiting[0])) break;
        const onProgress = (part) => say(item, `${words.sending} ${Math.floor(part * 5) * 20} %`);
        onProgress(0);
        try {
          const upload = await send(item.blob, { key: item.take, name: item.name, fresh: fresh.delete(item.id), onProgress });
          if (held) arrived.set(item.id, `${item.paper} ${upload}`);
          else if ((await list()).some(({ id }) => id === item.id)) await take(item, upload);
        } catch (error) {
          const { said, status } = error;
          say(item, said || words.waiting);
          if (![400, 413, 422].includes(status)) throw error;
          await put({ ...item, said });
          hold();
        }
      }
      if (held) submit();
    } catch (error) {
      timer = setTimeout(pump, 1e3 * (error.wait || (pause = Math.min(60, pause * 2))));
    }
    busy = false;
  };

  document.addEventListener("change", async ({ target }) => {
    if (!target.matches("[data-photo]") || !target.files.length) return;
    const { form } = target, { photos, account, paper } = words, files = [], making = one("[data-photo-making]", form) || {};
    making.hidden = false;
    for (const file of target.files) {
      const blob = await shrink(file);
      files.push(blob === file ? file : new File([blob], file.name.replace(/(\.\w+)?$/, blob.type.replace("image/", ".")), { type: blob.type }));
    }
    making.hidden = true;
    try {
      for (const blob of files) {
        const item = { id: [photos, paper, await sum(blob)].join(), take: photos, account, paper, blob, name: blob.name, at: Date.now() };
        if (!one("[data-photos]", form)) throw item;
        await put(item);
        fresh.add(item.id);
        left++;
        show(item);
      }
      target.value = "";
      pump();
    } catch {
      const chosen = new DataTransfer();
      for (const file of files) chosen.items.add(file);
      target.files = chosen.files;
      form.requestSubmit(one(".gui-anh", form));
    }
  });

  // Enlarged by a tap, and to its last detail by another: whether a paper can be read is not seen at the size of a thumb.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".xem-anh"), dialog = document.createElement("dialog");
    if (!link || !dialog.showModal) return;
    event.preventDefault();
    const picture = Object.assign(document.createElement("img"), { src: link.href, alt: link.textContent.trim() }), around = document.createElement("div");
    const close = Object.assign(document.createElement("button"), { className: "nut rong", textContent: one("script[data-close]").dataset.close, onclick: () => dialog.close() });
    picture.onclick = () => picture.classList.toggle("het");
    dialog.className = "anh-to";
    dialog.onclose = () => dialog.remove();
    around.append(picture);
    around.tabIndex = 0;
    dialog.append(around, close);
    document.body.append(dialog);
    dialog.showModal();
    close.focus();
  });

  // Who submits waits for the photos.
  addEventListener("submit", (event) => {
    if (!left || !event.target.matches("[data-photo-wait]")) return;
    event.preventDefault();
    event.stopPropagation();
    hold(event.submitter);
    pump();
  }, true);
  // On each screen; what is being sent goes on from one to the next.
  const settle = (from) => {
    place = one("[data-photos]");
    letGo(from, place?.dataset.taken);
    held = null;
    rows.clear();
    if (!place) return;
    words = place.dataset;
    // A phone without room is told so before the camera is opened; what is taken then goes with the form.
    const full = one("[data-photo-full]", place);
    if (full) navigator.storage?.estimate?.().then(({ quota, usage }) => (full.hidden = !(quota - usage < ROOM)));
    list().then((items) => items.forEach(show) || pump(), () => {});
  };
  addEventListener("online", () => place && pump());
  document.addEventListener("xaso-screen", ({ detail }) => settle(detail));
  settle("");
})();
