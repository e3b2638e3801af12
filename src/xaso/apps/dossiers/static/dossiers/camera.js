// The desk's camera: a live picture in a dialog, whose photo goes among the chosen files of a field. Without it files are chosen as ever.
(() => {
  "use strict";
  const dialog = document.getElementById("may-anh");
  if (!dialog || !navigator.mediaDevices?.getUserMedia) return;
  document.documentElement.classList.add("co-may-anh");
  const REMEMBERED = "xaso-camera";
  const part = (name) => dialog.querySelector(`[data-camera-${name}]`);
  const video = dialog.querySelector("video");
  const which = dialog.querySelector("select");
  const [take, file, status] = ["take", "file", "status"].map(part);
  let input, stream, turn = 0, taken = 0;

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = video.srcObject = null;
  };
  const fail = (name) => {
    stop();
    const words = [...dialog.querySelectorAll("[data-fault]")];
    const said = words.find((one) => one.dataset.fault === name) ?? words.at(-1);
    for (const one of words) one.hidden = one !== said;
    status.textContent = "";
    video.hidden = take.hidden = true;
    file.hidden = false;
    file.focus();
  };
  const list = async () => {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput");
    const now = stream?.getVideoTracks()[0]?.getSettings().deviceId;
    which.replaceChildren(...cameras.map((one, number) => new Option(one.label || `${which.dataset.unnamed} ${number + 1}`, one.deviceId, false, one.deviceId === now)));
    part("which").hidden = cameras.length < 2;
  };
  const ask = (deviceId) => navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 3264 }, height: { ideal: 2448 }, ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "environment" }) } });
  // Opens a camera; whoever asks for another one meanwhile, or closes the dialog, has the last word.
  const open = async (deviceId, goOnAt) => {
    const mine = ++turn;
    stop();
    for (const one of dialog.querySelectorAll("[data-fault]")) one.hidden = true;
    video.hidden = take.hidden = false;
    file.hidden = take.disabled = true;
    status.textContent = status.dataset.opening;
    try {
      const came = await ask(deviceId).catch((error) => {
        if (deviceId && /^(OverconstrainedError|NotFoundError)$/.test(error.name)) return ask("");
        throw error;
      });
      if (mine !== turn) return came.getTracks().forEach((track) => track.stop());
      stream = video.srcObject = came;
      came.getVideoTracks()[0].addEventListener("ended", () => mine === turn && fail("NotReadableError"));
      await Promise.all([video.play(), list()]);
      if (mine !== turn) return;
      status.textContent = "";
      take.disabled = false;
      goOnAt.focus();
    } catch (error) {
      if (mine === turn) fail(error.name);
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-camera]");
    if (!button) return;
    input = document.getElementById(button.dataset.camera);
    taken = 0;
    part("about").textContent = button.querySelector(".an").textContent.replace(/^: /, "");
    dialog.showModal();
    open(localStorage.getItem(REMEMBERED), take);
  });
  take.addEventListener("click", async () => {
    take.disabled = true;
    const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const photo = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    if (!photo || !dialog.open) return;
    const files = new DataTransfer();
    if (input.multiple) for (const one of input.files) files.items.add(one);
    files.items.add(new File([photo], `chup-${new Date().toISOString().slice(11, 19).replaceAll(":", "")}-${files.items.length + 1}.jpg`, { type: "image/jpeg" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    if (!input.multiple) return dialog.close();
    status.textContent = `${status.dataset.taken} ${++taken}`;
    take.disabled = false;
    take.focus();
  });
  file.addEventListener("click", () => {
    dialog.close();
    input.click();
  });
  part("close").addEventListener("click", () => dialog.close());
  which.addEventListener("change", () => {
    localStorage.setItem(REMEMBERED, which.value);
    open(which.value, which);
  });
  navigator.mediaDevices.addEventListener("devicechange", () => dialog.open && stream && list());
  dialog.addEventListener("close", () => {
    turn++;
    stop();
  });
})();
