// What was asked for in a dossier, added without a signal: photos and a few words, kept on this phone at once, filed into the outbox.
(async () => {
  "use strict";
  const store = xasoStore, outbox = xasoOutbox, papers = xasoPapers;
  const said = JSON.parse(document.getElementById("loi-noi").textContent);
  const at = (id) => document.getElementById(id);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
  const sign = (name) => at(`mau-${name}`).content.cloneNode(true);
  const put = (id, text) => {
    at(id).hidden = !text;
    at(id).querySelector("p,span,h2").textContent = text;
  };
  const notice = (text) => put("bao", text);
  const form = at("bo-sung"), answer = at("tra-loi");

  if (!(await store.isThere())) return notice(said.cannot);
  await store.recover();
  const wanted = new URLSearchParams(location.search).get("ban");
  let item = wanted && (await store.get("items", wanted)), content;
  if (item?.kind !== store.SUPPLEMENT) return notice(said.none);
  at("ho-so").hidden = false;
  at("ho-so").querySelector("b").textContent = item.name;
  at("ho-so").querySelector("span").textContent = item.code;
  at("mo-ho-so").hidden = false;
  at("mo-ho-so").querySelector("a").href = `/ho-so-cua-toi/${encodeURIComponent(item.code)}/`;

  // Keeping: at hand at once, then in the database, one change after the other.
  let isSecret = await store.hasPin(), saving = Promise.resolve();
  const write = async (text) => {
    try {
      isSecret = await store.hasPin();
      const known = await store.get("items", item.id);
      if (known && store.isTypable(known)) {
        await store.put("items", { ...known, state: known.state === "look" ? "look" : "draft", changed_at: item.changed_at, content: await store.closed(content) });
        at("da-luu").textContent = fill(said.saved, { time: new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" }) });
        outbox.tell();
      }
      store.letGo(item.id, text);
    } catch (fault) {
      at("da-luu").textContent = fault.message === "locked" ? said.locked : said.not_saved;
    }
  };
  const keep = () => {
    content.answer = answer.value;
    item.changed_at = new Date().toISOString();
    const text = store.hold(item.id, "items", { ...item, state: item.state === "look" ? "look" : "draft", content: null }, content, isSecret);
    saving = saving.then(() => write(text));
    return saving;
  };

  const drawPaper = async (box, paper) => {
    const taken = content.papers.filter((one) => one.paper === paper);
    await papers.draw(box.querySelector(".anh"), taken, said, sign, async (one) => {
      content.papers = content.papers.filter((other) => other.id !== one.id);
      await store.remove("photos", one.id);
      await keep();
      await drawPaper(box, paper);
    });
    const isFull = !(await store.hasRoom());
    for (const label of box.querySelectorAll(".chup label")) label.hidden = isFull;
    for (const input of box.querySelectorAll("input[type=file]")) input.disabled = isFull;
    if (isFull) notice(said.full);
  };
  const boxOf = async ({ paper, name, text }, number) => {
    const box = sign("giay").firstElementChild;
    box.dataset.giay = paper;
    box.querySelector("h2").textContent = name || said.other;
    box.querySelector(".phu-de").textContent = text;
    box.querySelector(".phu-de").hidden = !text;
    for (const input of box.querySelectorAll("input")) {
      const label = box.querySelector(`label[for="${input.id}"]`);
      input.id = label.htmlFor = input.id.replace("tep", `tep-${number}`);
      label.append(Object.assign(document.createElement("span"), { className: "an", textContent: `: ${name || said.other}` }));
    }
    await drawPaper(box, paper);
    return box;
  };
  // A paper that is named twice takes its photos at the first place; photos of what is not asked for any more stay in sight.
  const draw = async () => {
    const { items } = content.asked, first = new Map();
    for (const one of items) first.set(one.paper, first.has(one.paper) ? { ...one, ...first.get(one.paper), text: [first.get(one.paper).text, one.text].filter(Boolean).join(" ") } : one);
    for (const { paper } of content.papers) if (!first.has(paper)) first.set(paper, { paper, name: "", text: "" });
    at("cac-giay").replaceChildren(...(await Promise.all([...first.values()].map(boxOf))));
    answer.value = content.answer;
    form.hidden = false;
  };
  document.addEventListener(
    "change",
    async (event) => {
      const box = event.target.type === "file" && event.target.closest("[data-giay]");
      if (!box) return;
      event.stopImmediatePropagation();
      notice("");
      const files = [...event.target.files], paper = box.dataset.giay;
      event.target.value = "";
      const fault = await papers.take(files, paper, item.id, (one) => {
        content.papers.push(one);
        return keep();
      });
      await drawPaper(box, paper);
      if (fault) notice(said[fault]);
    },
    true,
  );
  answer.addEventListener("input", keep);

  const drawDone = async () => {
    item = (await store.get("items", item.id)) || item;
    if (item.state === "look") return location.reload();
    form.hidden = true;
    at("xong").hidden = false;
    at("xong").querySelector("h2").textContent = outbox.isWaiting(item) ? said.waiting : said[item.state] || said.look;
    at("tinh-hinh").textContent = item.state === "sending" ? fill(said.sending, { percent: item.percent || 0 }) : item.said || "";
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!content.papers.length && !answer.value.trim()) return put("loi", said.nothing);
    put("loi", "");
    await keep();
    const sending = await store.sealToSend(content);
    const waits = { state: "waiting", filed_at: new Date().toISOString(), turn: await store.nextTurn(), sending, tries: 0, next_at: 0, faults: [], said: "", needs: "" };
    await store.change("items", item.id, { content: await store.closed(content), ...waits });
    outbox.tell();
    await drawDone();
    at("xong").querySelector("h2").focus();
    const registration = await navigator.serviceWorker?.getRegistration();
    registration?.sync?.register("xaso-gui").catch(() => {});
    if (registration?.active) registration.active.postMessage({ what: "send" });
    else await outbox.send({ now: true });
  });
  outbox.channel.onmessage = () => form.hidden && drawDone();

  if (!store.isTypable(item)) return drawDone();
  try {
    content = await store.contentOf(item);
  } catch (fault) {
    return notice(fault.message === "sealed" ? said.sealed : said.locked);
  }
  if (item.state === "look") notice(item.said);
  await draw();
})();
