// Reads the page aloud, once “Nghe” is pressed.
let main;
const make = (tag, props, ...inside) => {
  const one = Object.assign(document.createElement(tag), props);
  one.append(...inside);
  return one;
};

// Gives each sentence its range; one that is not seen is left out.
const placed = (lines) => {
  const walker = document.createTreeWalker(main, 4), spots = [];
  let all = "", from = 0;
  for (let node; (node = walker.nextNode());)
    for (let at = 0; at < node.length; at++) if (node.data[at].trim()) all += node.data[at], spots.push([node, at]);
  return lines.filter((line) => {
    const text = line.c.replace(/\s/g, "");
    let at = all.indexOf(text, from);
    if (at < 0) at = all.indexOf(text);
    if (at < 0) return 1;
    from = at + text.length;
    line.range = new Range();
    line.range.setStart(...spots[at]);
    line.range.setEnd(spots[from - 1][0], spots[from - 1][1] + 1);
    return line.range.getClientRects().length;
  });
};

export const listen = async (link) => {
  main = document.querySelector("main");
  const audio = new Audio(), ahead = new Audio(), kind = audio.canPlayType("audio/ogg; codecs=opus") ? ".ogg" : ".mp3", kept = localStorage;
  const note = make("small"), button = make("button", { className: "nut nho" }), always = make("input", { type: "checkbox", checked: kept.nghe });
  const bar = make("div", { className: "nghe-thanh" }, note, audio);
  let lines, words, now = 0, end, tries;
  const stop = (said) => {
    audio.pause();
    CSS.highlights?.clear();
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
    note.textContent = line.g || "";
    button.textContent = words.dung;
    if (!line.range) return;
    CSS.highlights?.set("nghe", new Highlight(line.range));
    line.range.startContainer.parentElement.scrollIntoView({ block: "center" });
  };
  const load = async () => {
    const answer = await (await fetch("/nghe/danh-sach/" + link.search + "&tieng=" + (kept.tieng || ""))).json();
    words = answer.chu;
    lines = placed(answer.cau);
    document.querySelectorAll(".nghe-nho").forEach((ear) => ear.remove());
    for (const part of main.querySelectorAll(".truong,.giup,.tomloi,.tomtat,details")) {
      const own = lines.filter((line) => line.range && part.contains(line.range.startContainer));
      if (own[0]) part.prepend(make("button", { type: "button", className: "nghe-nho", ariaLabel: words.mot, onclick: () => play(lines.indexOf(own[0]), lines.indexOf(own.pop()) + 1) }, link.firstChild.cloneNode(1)));
    }
    return answer;
  };
  document.addEventListener("xaso-screen", () => stop(""), { once: true });
  const toggle = () => (audio.paused ? play(now, lines.length) : stop(""));
  audio.onplaying = () => (tries = 0);
  audio.onended = () => play(now + 1, end);
  audio.onerror = () => (tries++ < 2 ? setTimeout(play, 3000, now, end) : stop(words.hong));
  always.onchange = () => (kept.nghe = always.checked ? 1 : "");
  document.head.append(make("link", { rel: "stylesheet", href: link.dataset.look }));
  main.prepend(bar);
  try {
    const { cac_tieng, tieng } = await load();
    const choice = make("select", { ariaLabel: words.tieng }, ...cac_tieng.map(({ ma, ten }) => make("option", { value: ma, selected: ma == tieng }, ten)));
    choice.onchange = async () => {
      kept.tieng = choice.value;
      await load();
      play(0, lines.length);
    };
    if (cac_tieng[1]) bar.append(choice);
    button.onclick = link.onclick = (event) => (event.preventDefault(), toggle());
    bar.prepend(button);
    bar.append(make("label", { className: "chon" }, always, words.luon));
    main.addEventListener("toggle", load, true);
    toggle();
  } catch {
    note.textContent = link.dataset.off;
  }
};
