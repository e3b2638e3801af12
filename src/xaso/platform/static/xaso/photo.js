// Photos of papers: made smaller on the phone, then sent as soon as they are chosen. Without this script a button sends them as they are.
(() => {
  "use strict";
  const LONG_SIDE = 2400, HEAVY = 700_000;

  const smaller = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < HEAVY) return file;
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  };

  document.addEventListener("change", async ({ target }) => {
    if (!target.matches("[data-photo]") || !target.files.length) return;
    try {
      const files = new DataTransfer();
      for (const file of target.files) files.items.add(await smaller(file));
      target.files = files.files;
    } catch {
      // A picture this phone cannot open goes as it is; the commune judges it.
    }
    target.form.requestSubmit(target.form.querySelector(".gui-anh"));
  });
})();
