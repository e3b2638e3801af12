// Photos of papers in what this phone keeps: taken, shrunk, shown in a list, taken out again. Pages that work without a signal share it.
globalThis.xasoPapers = (() => {
  "use strict";
  const store = xasoStore, LARGEST_BYTES = 10 * 1024 * 1024;
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // Fills a list with what was taken. `drop` is told which photo the person takes out.
  const draw = async (list, taken, said, sign, drop) => {
    const lines = await Promise.all(
      taken.map(async (one) => {
        const blob = await store.photoOf(one.id);
        const address = one.type.startsWith("image/") && blob && URL.createObjectURL(blob);
        const shown = () => make("a", { className: "xem-anh", href: address }, make("img", { src: address, alt: "", width: 88, height: 88 }), make("span", { className: "an", textContent: `${said.enlarge} ${one.name}` }));
        const picture = address ? shown() : sign("tep");
        const button = make("button", { type: "button", className: "nut phu nho", textContent: said.drop, onclick: () => drop(one) }, make("span", { className: "an", textContent: ` ${one.name}` }));
        return make("li", {}, picture, make("span", { textContent: one.name }, make("small", { textContent: `${Math.ceil(one.size / 1000)} KB` })), button);
      }),
    );
    list.replaceChildren(...lines);
    list.hidden = !lines.length;
  };

  // Keeps the files of one paper for an item and tells `each` of them as it is kept; gives why the rest could not be: "full", "too_big" or "".
  const take = async (files, paper, item, each) => {
    for (const file of files) {
      const blob = globalThis.xasoPhoto && file.type.startsWith("image/") ? await xasoPhoto.shrink(file).catch(() => file) : file;
      if (blob.size > LARGEST_BYTES) return "too_big";
      const id = crypto.randomUUID();
      try {
        if (!(await store.hasRoom())) throw new Error("full");
        await store.keepPhoto(id, item, blob);
      } catch {
        return "full";
      }
      const name = blob.type === file.type ? file.name : file.name.replace(/\.\w+$/, blob.type === "image/webp" ? ".webp" : ".jpg");
      await each({ id, paper, name, type: blob.type, size: blob.size });
    }
    return "";
  };

  return { draw, take };
})();
