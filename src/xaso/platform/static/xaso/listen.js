// Reads the page aloud, once “Nghe” is pressed.
let main;
const make = (tag, props, ...inside) => {
  const one = Object.assign(document.createElement(tag), props);
  one.append(...inside);
  return one;
};
const OWN = ".nghe-thanh,.nghe-nho", LETTER = /[\p{L}\p{N}]/u;

// Finds the sentences where they are seen, the longest first, so that no letter is read twice. One that stands nowhere on the page is read
// before all, unless the list holds also what is not shown yet; one that is hidden is left out.
const placed = (lines, isWhole) => {
  const walker = document.createTreeWalker(main, 4), spots = [], taken = new Set(), found = [];
  let all = "";
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest(OWN + ",script,template")) continue;
    for (let at = 0; at < node.length; at++) if (node.data[at].trim()) all += node.data[at], spots.push([node, at]);
  }
  const isCut = (at, step) => {
    const [node, place] = spots[at], next = node.data[place + step];
    return next && LETTER.test(node.data[place]) && LETTER.test(next);
  };
  const seen = (line, at, end) => {
    const range = new Range();
    range.setStart(...spots[at]);
    range.setEnd(spots[end][0], spots[end][1] + 1);
    if (!range.getClientRects().length) return;
    for (let one = at; one <= end; one++) taken.add(one);
    found.push({ ...line, at, range });
  };
  for (const line of [...lines].sort((one, other) => other.c.length - one.c.length)) {
    const text = line.c.replace(/\s/g, "");
    let at = all.indexOf(text);
    if (at < 0 && !isWhole) found.push({ ...line, at: -1 });
    for (; at >= 0; at = all.indexOf(text, at + 1)) {
      const end = at + text.length - 1;
      if (!taken.has(at) && !taken.has(end) && !isCut(at, -1) && !isCut(end, 1)) seen(line, at, end);
    }
  }
  return found.sort((one, other) => one.at - other.at);
};

export const listen = async (link) => {
  main = document.querySelector("main");
  const audio = new Audio(), ahead = new Audio(), kind = audio.canPlayType("audio/ogg; codecs=opus") ? ".ogg" : ".mp3", kept = localStorage;
  const note = make("small"), button = make("button", { className: "nut nho" }), always = make("input", { type: "checkbox", checked: kept.nghe });
  const save = make("button", { className: "nut phu nho", hidden: true }), saved = make("small", { role: "status" }), worker = navigator.serviceWorker?.controller;
  const bar = make("div", { className: "nghe-thanh" }, note, audio);
  let answer, lines, words, now = 0, end, tries;
  const stop = (said) => {
    audio.pause();
    CSS.highlights?.clear();
    link.ariaPressed = "false";
    note.role = "status";
    note.textContent = said;
    button.textContent = words.nghe;
  };
  const play = (at, last) => {
    while (lines[at] && !lines[at].a) at++;
    now = at;
    end = last;
    if (at >= end) now = 0;
    const line = at < end && lines[at];
    if (!line) return stop(lines[at] ? "" : audio.src ? words.het : words.im);
    audio.src = line.a + kind;
    audio.play().catch((error) => error.name[0] == "N" && stop(""));
    if (lines[at + 1]) ahead.src = lines[at + 1].a + kind;
    link.ariaPressed = "true";
    note.role = null;
    note.textContent = line.g || "";
    button.textContent = words.dung;
    if (!line.range) return;
    CSS.highlights?.set("nghe", new Highlight(line.range));
    line.range.startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  const find = () => {
    document.querySelectorAll(".nghe-nho").forEach((ear) => ear.remove());
    lines = placed(answer.cau, answer.ca);
    for (const part of main.querySelectorAll(".truong,.giup,.tomloi,.tomtat,details")) {
      const own = lines.filter((line) => line.range && part.contains(line.range.startContainer));
      if (own[0]) part.prepend(make("button", { type: "button", className: "nghe-nho", ariaLabel: words.mot, onclick: () => play(lines.indexOf(own[0]), lines.indexOf(own.pop()) + 1) }, link.firstChild.cloneNode(1)));
    }
  };
  const list = () => "/nghe/danh-sach/" + link.search + "&tieng=" + (kept.tieng || "");
  const load = async () => {
    answer = await (await fetch(list())).json();
    words = answer.chu;
    find();
    const isKept = await globalThis.caches?.match(list());
    const hasAlong = await globalThis.caches?.match(list().replace(/trang=[^&]*/, `trang=${answer.kem_cuoi}`));
    const size = hasAlong ? answer.nang : answer.kem && answer.nang + answer.kem;
    save.hidden = !worker || !size || isKept;
    save.textContent = words.luu.replace("%(size)s", Math.ceil(size / 1000));
  };
  save.onclick = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (saved.textContent = (save.hidden = data) ? words.da_luu : words.chua_luu);
    saved.textContent = words.dang_luu;
    worker.postMessage({ what: "save-voice", address: new URLSearchParams(link.search).get("trang"), list: list(), kind }, [port2]);
  };
  document.addEventListener("xaso-screen", () => words && stop(""), { once: true });
  const toggle = () => (audio.paused ? play(now, lines.length) : stop(""));
  audio.onplaying = () => (tries = 0);
  audio.onended = () => play(now + 1, end);
  audio.onerror = () => (tries++ < 2 ? setTimeout(play, 3000, now, end) : stop(words.hong));
  always.onchange = () => (kept.nghe = always.checked ? 1 : "");
  document.head.append(make("link", { rel: "stylesheet", href: link.dataset.look }));
  main.prepend(bar);
  link.role = "button";
  try {
    await load();
    const choice = make("select", { ariaLabel: words.tieng }, ...answer.cac_tieng.map(({ ma, ten }) => make("option", { value: ma, selected: ma == answer.tieng }, ten)));
    choice.onchange = async () => {
      kept.tieng = choice.value;
      await load();
      play(0, lines.length);
    };
    if (answer.cac_tieng[1]) bar.append(choice);
    button.onclick = link.onclick = (event) => (event.preventDefault(), toggle());
    bar.prepend(button);
    bar.append(make("label", { className: "chon" }, always, words.luon), save, saved);
    main.addEventListener("toggle", find, true);
    document.addEventListener("xaso-man", () => {
      const goesOn = !audio.paused || kept.nghe;
      find();
      now = 0;
      goesOn ? play(0, lines.length) : stop("");
    });
    toggle();
  } catch {
    note.role = "status";
    note.textContent = link.dataset.off;
  }
};
