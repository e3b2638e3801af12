// The form that is filled without a signal: one screen at a time, each change kept on this phone at once, filed into the outbox.
(async () => {
  "use strict";
  const store = xasoStore, outbox = xasoOutbox, engine = xasoForm, papers = xasoPapers;
  const given = JSON.parse(document.getElementById("don").textContent);
  const { said, schema } = given;
  const APPLICANT = "nguoi-nop", CHECK = "kiem-tra", START = "bat-dau", DONE = "xong", PAPER = "giay-";
  const at = (id) => document.getElementById(id);
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const sign = (name) => at(`mau-${name}`).content.cloneNode(true);
  const screens = new Map(every("[data-man]").map((element) => [element.dataset.man, element]));
  // As online, whoever goes on by keyboard or listens to a screen reader begins at the new question.
  for (const element of screens.values()) element.querySelector("h1").tabIndex = -1;
  const notice = (text) => {
    at("bao").hidden = !text;
    at("bao").querySelector("p").textContent = text;
  };

  // Whoever listens hears the new screen, or what is wrong on this one.
  const tellReader = () => document.dispatchEvent(new Event("xaso-man"));

  if (!(await store.isThere())) return notice(said.cannot);
  await store.recover();
  let isSecret = await store.hasPin();

  // Tables: the last row that the page brought is the pattern of all further ones.
  const tables = new Map();
  for (const box of every("fieldset.bang")) {
    const name = box.id.slice(2), rows = every(":scope > .dong-bang", box);
    const last = rows.at(-1);
    tables.set(name, { box, pattern: last.cloneNode(true), number: rows.length - 1, next: rows.length });
    last.remove();
  }
  const rowsOf = (table) => every(":scope > .dong-bang", table.box);
  const addRow = (name, wanted) => {
    const table = tables.get(name);
    const number = wanted ?? table.next;
    table.next = Math.max(table.next, number + 1);
    const holder = document.createElement("div");
    holder.innerHTML = table.pattern.outerHTML.replaceAll(`${name}-${table.number}`, `${name}-${number}`);
    const row = holder.firstElementChild;
    table.box.insertBefore(row, every(":scope > button", table.box).at(-1) || null);
    renumber(table);
    return row;
  };
  const renumber = (table) => {
    rowsOf(table).forEach((row, place) => {
      const legend = row.querySelector("legend");
      legend.textContent = legend.textContent.replace(/\d+$/, place + 1);
      for (const button of every("button[name^=drop-]", row)) {
        button.textContent = button.textContent.replace(/\d+$/, place + 1);
        button.hidden = rowsOf(table).length <= schema.properties[table.box.id.slice(2)].minItems;
      }
    });
    const add = table.box.querySelector(":scope > button[name^=add-]");
    if (add) add.hidden = rowsOf(table).length >= schema.properties[table.box.id.slice(2)].maxItems;
  };
  tables.forEach(renumber);

  // What stands in the page now.
  const valuesOf = () => {
    const values = new Map();
    for (const { id } of schema["x-screens"]) for (const [name, value] of new FormData(screens.get(id))) values.set(name, [...(values.get(name) || []), value]);
    return values;
  };
  const choices = {};
  for (const [name, field] of Object.entries(schema.properties)) {
    for (const [path, one] of [[name, field], ...Object.entries(field.properties || {}).map(([inner, body]) => [`${name}-${inner}`, body])]) {
      const select = at(`f-${path}`);
      if (["village", "ethnicity"].includes(one["x-widget"]) && select?.options) choices[one["x-widget"]] = [...select.options].map((option) => option.value).filter(Boolean);
    }
  }
  // The clock of a phone may be wrong by years. A day that does not fit this page's own is not believed, and the commune judges dates at receipt.
  const today = () => {
    const here = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });
    return here >= given.today && Date.parse(here) - Date.parse(given.today) < 400 * 86_400_000 ? here : null;
  };

  // Questions appear and go with the answers; what is not asked is neither shown nor sent.
  const boxOf = (path) => at(`f-${path}`)?.closest(".truong,.nhom");
  const show = (box, is) => {
    if (!box) return;
    box.hidden = !is;
    for (const input of every("input,select,textarea,button", box)) input.disabled = !is;
  };
  const showAsked = (properties, answers, before) => {
    const asked = new Set([...engine.asked(properties, answers)].map(([name]) => name));
    const marks = [];
    for (const [name, field] of Object.entries(properties)) {
      const path = before + name, box = boxOf(path), is = asked.has(name);
      show(box, is);
      if (!is) continue;
      marks.push(path);
      if (field["x-widget"] === "group") marks.push(...showAsked(field.properties, answers[name] || {}, `${path}-`));
      if (field["x-widget"] === "table") marks.push(...rowsOf(tables.get(name)).flatMap((row) => showRow(field, row, name)));
    }
    return marks;
  };
  const showRow = (field, row, name) => {
    const number = row.id.slice(`f-${name}-`.length);
    const place = reading.rows[name]?.indexOf(Number(number)) ?? -1;
    return showAsked(field.items.properties, place < 0 ? {} : reading.answers[name][place], `${name}-${number}-`);
  };
  let reading = { answers: {}, rows: {} };
  const readPage = () => {
    for (const input of every("form[data-man] :disabled")) input.disabled = false;
    for (let round = 0; round < 2; round += 1) {
      reading = engine.read(schema, valuesOf());
      const marks = showAsked(schema.properties, reading.answers, "");
      for (const { id, fields } of schema["x-screens"]) {
        const mark = screens.get(id).elements._shown;
        if (mark) mark.value = marks.filter((path) => fields.includes(path.split("-")[0])).join(" ");
      }
    }
    return reading;
  };
  const papersAsked = () => given.papers.filter((paper) => engine.holdAll(paper.when, reading.answers));
  const stops = () => {
    const names = new Set([...engine.asked(schema.properties, reading.answers)].map(([name]) => name));
    const questions = schema["x-screens"].filter(({ fields }) => fields.some((name) => names.has(name))).map(({ id }) => id);
    return [APPLICANT, ...questions, ...papersAsked().map(({ id }) => PAPER + id), CHECK];
  };

  // Keeping
  let item = null, content = null, saving = Promise.resolve(), pending = false, atHand = "";
  const typedOn = (form) => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "agree") typed.append(name, value);
    return typed.toString();
  };
  const time = () => new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const gather = () => {
    content.screens = Object.fromEntries([APPLICANT, ...schema["x-screens"].map(({ id }) => id)].map((name) => [name, typedOn(screens.get(name))]));
    item.changed_at = new Date().toISOString();
    atHand = store.hold(item.id, "items", { ...item, content: null }, content, isSecret);
  };
  const write = async () => {
    pending = false;
    const text = atHand;
    try {
      isSecret = await store.hasPin();
      const known = await store.get("items", item.id);
      if (store.isTypable(known)) {
        await store.put("items", { ...item, ...known, changed_at: item.changed_at, content: await store.closed(content) });
        at("da-luu").textContent = fill(said.saved, { time: time() });
        at("da-luu").classList.remove("cho");
        outbox.tell();
      }
      store.letGo(item.id, text);
    } catch (fault) {
      if (isSecret) gather();
      at("da-luu").textContent = fault.message === "locked" ? said.locked : said.not_saved;
      at("da-luu").classList.add("cho");
    }
  };
  const keep = () => {
    if (!item) return saving;
    gather();
    if (pending) return saving;
    pending = true;
    saving = saving.then(write);
    return saving;
  };
  const begin = async () => {
    const random = crypto.getRandomValues(new Uint8Array(24));
    const { procedure, version, name, language } = given;
    const made_at = new Date().toISOString();
    item = { id: crypto.randomUUID(), procedure, version, name, language, state: "draft", made_at, changed_at: made_at, secret: btoa(String.fromCharCode(...random)).replace(/[+/=]/g, "x") };
    content = { screens: {}, place: APPLICANT, papers: [] };
    history.replaceState(null, "", `?ban=${item.id}${location.hash}`);
    navigator.storage?.persist?.();
    await keep();
  };
  const putBack = (form, typed) => {
    const values = new URLSearchParams(typed);
    for (const name of tables.keys()) {
      if (!form.contains(tables.get(name).box)) continue;
      const numbers = new Set([...values.keys()].map((key) => key.match(new RegExp(`^${name}-(\\d+)-`))?.[1]).filter(Boolean));
      for (const number of numbers) if (!at(`f-${name}-${number}`)) addRow(name, Number(number));
    }
    for (const input of every("input:not([type=file]),select,textarea", form)) {
      if (input.name === "_shown" || input.name === "agree" || !input.name) continue;
      if (["radio", "checkbox"].includes(input.type)) {
        if (values.has(input.name)) input.checked = values.getAll(input.name).includes(input.value);
      } else if (values.has(input.name)) input.value = values.get(input.name);
    }
    for (const details of every("details", form)) if (every("input", details).some((input) => input.value)) details.open = true;
  };

  // Faults, marked as the server marks them.
  const clear = (form) => {
    for (const one of every(".tomloi,.baoloi", form)) one.remove();
    for (const one of every(".loi", form)) one.classList.remove("loi");
    for (const one of every("[aria-invalid]", form)) one.removeAttribute("aria-invalid");
  };
  const mark = (form, faults) => {
    clear(form);
    if (!faults.length) return;
    const list = make("ul");
    for (const { id, text } of faults) {
      const target = at(id) || at(`${id}-0`);
      const box = target?.closest(".truong,.nhom");
      list.append(make("li", {}, make("a", { href: `#${target?.id || ""}`, textContent: text, onclick: (event) => (event.preventDefault(), (at(`${id}-0`) || target)?.focus()) })));
      if (!box) continue;
      const words = make("span", { className: "baoloi", id: `loi-${id}` });
      words.append(sign("canh"), make("span", { textContent: text }));
      box.classList.add("loi");
      (box.querySelector(":scope > label,:scope > legend") || box.firstElementChild).after(words);
      if (target.matches("input,select,textarea")) {
        target.setAttribute("aria-invalid", "true");
        target.setAttribute("aria-describedby", `loi-${id}`);
      }
    }
    const title = make("h2");
    title.append(sign("canh"), fill(said.faults, { count: faults.length }));
    const summary = make("section", { className: "tomloi", tabIndex: -1 }, title, list);
    summary.setAttribute("role", "alert");
    form.prepend(summary);
    summary.focus();
    tellReader();
  };
  const faultsOfContact = () => {
    const typed = new FormData(screens.get(APPLICANT));
    const phone = typed.get("phone").replace(/[\s.\-]/g, "").replace(/^\+84/, "0"), post = typed.get("return_by") === "post";
    const wrong = { name: !typed.get("name").trim(), phone: phone && !/^0\d{9}$/.test(phone), email: typed.get("email").trim() && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(typed.get("email").trim()) };
    if (post) Object.assign(wrong, { return_address: !typed.get("return_address").trim(), return_area: !typed.get("return_area").trim(), phone_for_post: !phone });
    return Object.keys(wrong).filter((name) => wrong[name]).map((name) => ({ id: `c-${name.replace("_for_post", "")}`, text: given.contact[name] }));
  };
  const pathOnPage = (path) => path.map((part, place) => (place === 1 && typeof part === "number" ? reading.rows[path[0]][part] : part)).join("-");
  const faultsOf = (stop) => {
    if (stop === APPLICANT) return faultsOfContact();
    const screen = schema["x-screens"].find(({ id }) => id === stop);
    if (!screen) return [];
    const found = engine.validate(schema, reading.answers, { today: today(), choices }).filter(({ path }) => screen.fields.includes(path[0]));
    return found.map((error) => ({ id: `f-${pathOnPage(error.path)}`, text: engine.wordsOf(error, engine.fieldAt(schema, error.path), given.words) }));
  };

  // Papers
  const photosOf = (paper) => content.papers.filter((one) => one.paper === paper);
  const drawPaper = async (stop) => {
    const form = screens.get(stop), paper = form.dataset.giay, taken = photosOf(paper);
    await papers.draw(form.querySelector(".anh"), taken, said, sign, async (one) => {
      content.papers = content.papers.filter((other) => other.id !== one.id);
      await store.remove("photos", one.id);
      await keep();
      await drawPaper(stop);
    });
    const next = form.querySelector("[data-tiep]");
    const isRequired = given.papers.find(({ id }) => id === paper).required;
    next.textContent = taken.length ? said.next : isRequired ? said.later : said.without;
    next.classList.toggle("phu", !taken.length);
    const isFull = !(await store.hasRoom());
    for (const button of every(".chup label", form)) button.hidden = isFull;
    for (const input of every("input[type=file]", form)) input.disabled = isFull;
    if (isFull || at("bao").textContent.trim() === said.full) notice(isFull ? said.full : "");
  };
  const take = async (stop, files) => {
    notice("");
    const fault = await papers.take(files, screens.get(stop).dataset.giay, item.id, (one) => {
      content.papers.push(one);
      return keep();
    });
    await drawPaper(stop);
    if (fault) notice(said[fault]);
  };

  // The check: what was answered, in the words of the page.
  const labelOf = (path) => {
    const box = boxOf(path);
    return box?.querySelector(":scope > label > span,:scope > legend > span,.loi-hua > span")?.textContent || "";
  };
  const shownOf = (path, field, value) => {
    if (value === undefined) return "";
    if (typeof value === "boolean") return value ? said.yes : said.no;
    const box = boxOf(path);
    const picked = every("input:checked", box).map((input) => input.closest("label").textContent.trim());
    if (picked.length) return picked.join(", ");
    const input = box.querySelector("input,select,textarea");
    if (input.selectedOptions) return input.selectedOptions[0].textContent;
    if (field["x-widget"] === "phone") return shownPhone(input.value);
    if (field["x-widget"] === "money") return `${engine.grouped(value)} đ`;
    if (/date/.test(field["x-widget"])) return String(value).split("-").reverse().join("/");
    return input.value;
  };
  const rowOf = (label, text) => make("div", {}, make("dt", { textContent: label }), make("dd", { className: text ? "" : "trong", textContent: text || said.empty }));
  const rowsShown = (properties, answers, before) =>
    [...engine.asked(properties, answers)].flatMap(([name, field]) => {
      const path = before + name, widget = field["x-widget"];
      if (widget === "group") return [nested(labelOf(path), rowsShown(field.properties, answers[name] || {}, `${path}-`))];
      if (widget !== "table") return [rowOf(labelOf(path), shownOf(path, field, answers[name]))];
      return (answers[name] || []).map((row, place) => {
        const number = reading.rows[name][place];
        return nested(at(`f-${name}-${number}`).querySelector("legend").textContent, rowsShown(field.items.properties, row, `${name}-${number}-`));
      });
    });
  const nested = (label, rows) => make("div", { className: "tomtat-nhom" }, make("dt", { textContent: label }), make("dd", {}, make("dl", {}, ...rows)));
  const section = (stop, rows) => {
    const title = screens.get(stop).querySelector("h1").textContent;
    const mend = make("a", { href: `#${stop}`, textContent: said.mend }, make("span", { className: "an", textContent: `: ${title}` }));
    return make("section", { className: "tomtat" }, make("div", { className: "tomtat-dau" }, make("h2", { textContent: title }), mend), make("dl", {}, ...rows));
  };
  const shownPhone = (typed) => typed.replace(/[\s.\-]/g, "").replace(/^\+84/, "0").replace(/^(\d{4})(\d{3})(\d{3})$/, "$1 $2 $3");
  const drawCheck = async () => {
    const typed = new FormData(screens.get(APPLICANT));
    typed.set("phone", shownPhone(typed.get("phone")));
    const contact = ["name", "phone", "email", ...(typed.get("return_by") ? ["return_address", "return_area"] : [])];
    const parts = [section(APPLICANT, contact.filter((name) => name === "name" || typed.get(name)).map((name) => rowOf(at(`c-${name}`).closest(".truong").querySelector("label").firstChild.textContent.trim(), typed.get(name))))];
    for (const { id, fields } of schema["x-screens"].filter(({ id }) => stops().includes(id))) {
      const rows = [...engine.asked(schema.properties, reading.answers)].filter(([name]) => fields.includes(name)).map(([name]) => name);
      parts.push(section(id, rowsShown(schema.properties, reading.answers, "").length ? rowsShown(Object.fromEntries(Object.entries(schema.properties).filter(([name]) => rows.includes(name)).map(([name, field]) => [name, { ...field, "x-when": undefined }])), reading.answers, "") : []));
    }
    at("tom-tat").replaceChildren(...parts);
    const papers = papersAsked();
    at("cac-giay").hidden = !papers.length;
    at("cac-giay").querySelector("ul").replaceChildren(
      ...papers.map(({ id, required }) => {
        const count = photosOf(id).length, title = screens.get(PAPER + id).querySelector("h1").textContent;
        const state = make("small");
        state.append(...(count ? [sign("xong")] : required ? [sign("canh")] : []), ` ${count ? fill(said.files, { count }) : required ? said.missing : said.none}`);
        const link = make("a", { href: `#${PAPER}${id}` }, make("span", {}, make("b", { textContent: title }), state));
        link.append(sign("sang"));
        return make("li", {}, link);
      }),
    );
    at("chua-gan").hidden = Boolean(await store.device());
  };

  // Going from screen to screen; the address says where one is, so that “back” works.
  let here = START, toCheck = false;
  const open = async (stop) => {
    readPage();
    const list = stops(), before = here;
    here = stop === DONE || stop === START || list.includes(stop) ? stop : list[0];
    for (const [name, element] of screens) element.hidden = name !== here;
    const place = list.indexOf(here);
    at("dau-man").hidden = place < 0;
    at("da-luu").hidden = place < 0;
    if (place >= 0) {
      at("buoc").textContent = fill(said.step, { place: place + 1, count: list.length });
      document.querySelector(".buoc").replaceChildren(...list.map((_, number) => make("i", { className: number < place ? "xong" : number === place ? "nay" : "" })));
      content.place = here;
      keep();
    }
    if (screens.get(here).dataset.giay) await drawPaper(here);
    if (here === CHECK) await drawCheck();
    if (here === DONE) await drawDone();
    scrollTo(0, 0);
    if (here !== before) screens.get(here).querySelector("h1").focus({ preventScroll: true });
    tellReader();
  };
  const go = (stop) => {
    if (location.hash === `#${stop}`) return open(stop);
    location.hash = stop;
  };
  addEventListener("hashchange", () => {
    const wanted = decodeURIComponent(location.hash.slice(1)) || START;
    if (!screens.has(wanted)) return;
    if (here === CHECK && wanted !== DONE) toCheck = true;
    open(item ? wanted : START);
  });
  const onward = (stop) => {
    const list = stops(), place = list.indexOf(stop);
    const target = toCheck ? CHECK : list[Math.min(place + 1, list.length - 1)];
    toCheck = false;
    go(target);
  };
  at("lui").addEventListener("click", (event) => {
    const list = item ? stops() : [], place = list.indexOf(here);
    if (place < 0) return;
    event.preventDefault();
    go(toCheck ? CHECK : place ? list[place - 1] : START);
  });

  // Filing
  const file = async () => {
    const form = screens.get(CHECK);
    const unfinished = stops().find((stop) => faultsOf(stop).length);
    if (unfinished) {
      toCheck = true;
      go(unfinished);
      await open(unfinished);
      return mark(screens.get(unfinished), faultsOf(unfinished));
    }
    const asked = new Set(papersAsked().map(({ id }) => id));
    const missing = papersAsked().filter(({ id, required }) => required && !photosOf(id).length);
    if (missing.length) return mark(form, [{ id: "cac-giay", text: fill(said.papers_missing, { papers: missing.map(({ id }) => screens.get(PAPER + id).querySelector("h1").textContent).join(", ") }) }]);
    if (!at("dong-y").checked) return mark(form, [{ id: "dong-y", text: said.must_agree }]);
    await keep();
    content.papers = content.papers.filter((one) => asked.has(one.paper));
    const sending = await store.sealToSend(content);
    const filed_at = new Date().toISOString();
    await store.change("items", item.id, { content: await store.closed(content), version: given.version, state: "waiting", filed_at, turn: await store.nextTurn(), sending, tries: 0, next_at: 0, faults: [], said: "" });
    item.state = "waiting";
    notice("");
    outbox.tell();
    go(DONE);
    const registration = await navigator.serviceWorker?.getRegistration();
    registration?.sync?.register("xaso-gui").catch(() => {});
    if (registration?.active) registration.active.postMessage({ what: "send" });
    else await outbox.send({ now: true });
  };
  const drawDone = async () => {
    const known = await store.get("items", item.id);
    const title = screens.get(DONE).querySelector("h1");
    if (!known) return;
    title.textContent = outbox.isWaiting(known) ? said.waiting : fill(said[known.state] || said.look, { code: known.code });
    at("tinh-hinh").textContent = known.state === "sending" ? fill(said.sending, { percent: known.percent || 0 }) : known.said || "";
    at("dong-duoc").hidden = !outbox.isWaiting(known);
    at("sua").hidden = known.state !== "look";
    at("sua").href = `?ban=${known.id}`;
    at("sua").nextElementSibling.classList.toggle("phu", known.state === "look");
    at("ma").textContent = known.code || known.number || "";
  };
  outbox.channel.onmessage = () => here === DONE && drawDone();

  // What the commune sent back to be looked at.
  const showFaults = async (known) => {
    notice(known.said || said.look);
    const first = (known.faults || [])[0];
    const stop = first && screens.has(first.screen) ? first.screen : CHECK;
    await open(stop);
    toCheck = stop !== CHECK;
    if (first) mark(screens.get(stop), known.faults.filter((one) => one.screen === stop).map((one) => ({ id: stop === APPLICANT ? `c-${one.field}` : `f-${one.field}`, text: one.said })));
  };

  for (const [name, form] of screens) {
    if (form.tagName !== "FORM") continue;
    form.addEventListener("input", () => {
      if (name !== CHECK && !form.dataset.giay) readPage();
      keep();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const pressed = event.submitter?.name || "";
      const [, act, table, number] = pressed.match(/^(add|drop)-([a-z0-9_]+?)(?:-(\d+))?$/) || [];
      if (act) {
        if (act === "add") addRow(table).querySelector("input,select,textarea")?.focus();
        else at(`f-${table}-${number}`).remove();
        renumber(tables.get(table));
        readPage();
        return keep();
      }
      if (name === CHECK) return file();
      readPage();
      // At hand is enough to go on: the database of a phone may take seconds.
      keep();
      const faults = faultsOf(name);
      mark(form, faults);
      if (!faults.length) onward(name);
    });
  }
  document.addEventListener(
    "change",
    (event) => {
      const stop = event.target.type === "file" && event.target.closest("[data-man]")?.dataset.man;
      if (!stop) return;
      event.stopImmediatePropagation();
      const files = [...event.target.files];
      event.target.value = "";
      take(stop, files);
    },
    true,
  );

  // Where one begins: a draft of this phone, what was typed on the same form online, or anew.
  const query = new URLSearchParams(location.search);
  const fromOnline = async () => {
    const from = query.get("tu"), draft = from.split("/")[3], account = sessionStorage.getItem(store.ACCOUNT);
    const isHers = (one) => account && one.account === account && one.code === given.procedure;
    const typed = (await store.all("typed")).filter((one) => isHers(one) && (draft ? one.draft === draft : one.path === from && !one.done));
    for (const one of typed) if (screens.has(one.screen)) putBack(screens.get(one.screen), await store.contentOf(one).catch(() => ""));
    return typed.length > 0;
  };
  const photosFromOnline = async (draft) => {
    const papers = new Set(given.papers.map(({ id }) => id));
    const hers = sessionStorage.getItem(store.ACCOUNT);
    for (const { take, account, paper, name, blob } of await store.onlinePhotos()) {
      if (!draft || (account && account !== hers) || !take.includes(`/${draft}/`) || !papers.has(paper)) continue;
      const id = crypto.randomUUID();
      await store.keepPhoto(id, item.id, blob);
      content.papers.push({ id, paper, name, type: blob.type, size: blob.size });
    }
    await keep();
  };
  // A procedure that changed meanwhile is looked at in its present form, which a phone that keeps the earlier one must fetch first.
  const PATIENCE = 8_000;
  const isOutOfDate = ({ state, version, faults }) => state === "look" && version === given.version && !query.get("moi") && faults?.some(({ field }) => field === "version");
  const keptAnew = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel(), worker = navigator.serviceWorker?.controller;
      port1.onmessage = ({ data }) => done(data);
      setTimeout(done, worker ? PATIENCE : 0, false);
      worker?.postMessage({ what: "save", address: location.pathname }, [port2]);
    });
  at("bat-dau").hidden = false;
  at("bat-dau").addEventListener("click", async () => {
    await begin();
    go(APPLICANT);
  });
  for (const table of tables.keys()) if (!rowsOf(tables.get(table)).length && schema.required.includes(table)) addRow(table);
  const known = query.get("ban") && (await store.get("items", query.get("ban")));
  if (known && ["draft", "look"].includes(known.state)) {
    if (isOutOfDate(known) && (await keptAnew())) return location.replace(`?ban=${known.id}&moi=1`);
    try {
      content = await store.contentOf(known);
    } catch (fault) {
      return notice(fault.message === "sealed" ? said.sealed : said.locked);
    }
    item = known;
    for (const [name, typed] of Object.entries(content.screens)) if (screens.has(name)) putBack(screens.get(name), typed);
    readPage();
    if (known.state === "look") await showFaults(known);
    else await open(decodeURIComponent(location.hash.slice(1)) || content.place);
  } else if (known) {
    item = known;
    content = { screens: {}, place: DONE, papers: [] };
    await open(DONE);
  } else {
    if (query.get("ban")) notice(said.gone);
    if (query.get("tu") && (await fromOnline())) {
      await begin();
      const [, , , draft, wanted] = query.get("tu").split("/");
      await photosFromOnline(draft);
      readPage();
      notice(said.put_back);
      await open(stops().includes(wanted) ? wanted : APPLICANT);
    } else await open(START);
  }
})();
