// Records a sentence in the browser, lets one hear it, and puts it as a WAV file into the form that sends files without scripts too.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const RATE = 16000;

  const wav = (samples) => {
    const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length));
    const text = (at, letters) => [...letters].forEach((letter, place) => bytes.setUint8(at + place, letter.charCodeAt(0)));
    text(0, "RIFF"); bytes.setUint32(4, 36 + 2 * samples.length, true); text(8, "WAVEfmt ");
    bytes.setUint32(16, 16, true); bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true);
    bytes.setUint32(24, RATE, true); bytes.setUint32(28, 2 * RATE, true); bytes.setUint16(32, 2, true); bytes.setUint16(34, 16, true);
    text(36, "data"); bytes.setUint32(40, 2 * samples.length, true);
    samples.forEach((sample, place) => bytes.setInt16(44 + 2 * place, 32767 * Math.max(-1, Math.min(1, sample)), true));
    return new Blob([bytes], { type: "audio/wav" });
  };
  // Whatever this browser records or opens, the server gets mono WAV.
  const plain = async (blob) => {
    const decoded = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await blob.arrayBuffer());
    const mixer = new OfflineAudioContext(1, Math.ceil(decoded.duration * RATE), RATE);
    const source = mixer.createBufferSource();
    source.buffer = decoded;
    source.connect(mixer.destination);
    source.start();
    return mixer.startRendering();
  };

  for (const form of document.querySelectorAll("[data-record]")) {
    const input = form.elements.sound, send = form.querySelector("button"), about = send.querySelector(".an");
    const button = (text, className) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className });
      made.append(text, about.cloneNode(true));
      return made;
    };
    const say = (text) => {
      let status = form.querySelector("[role=status]");
      if (!status) play.after((status = document.createElement("small")));
      status.setAttribute("role", "status");
      status.textContent = text;
    };
    const start = button(words.start, "nut nho"), play = button(words.play, "nut phu nho");
    let recorder, sound;
    const take = async (blob) => {
      try {
        sound = await plain(blob);
      } catch {
        return say(words.unread);
      }
      const files = new DataTransfer();
      files.items.add(new File([wav(sound.getChannelData(0))], "giong.wav", { type: "audio/wav" }));
      input.files = files.files;
      play.hidden = false;
      send.firstChild.textContent = words.send;
      send.classList.remove("phu");
      start.classList.add("phu");
      say("");
    };
    play.hidden = true;
    play.onclick = () => {
      const context = new AudioContext(), source = context.createBufferSource();
      source.buffer = sound;
      source.connect(context.destination);
      source.onended = () => context.close();
      source.start();
    };
    start.onclick = async () => {
      if (recorder) return recorder.stop();
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        return say(words.none);
      }
      const parts = [];
      recorder = new MediaRecorder(stream);
      recorder.ondataavailable = (event) => parts.push(event.data);
      recorder.onstop = () => {
        stream.getTracks().forEach((track) => track.stop());
        start.firstChild.textContent = words.start;
        start.classList.remove("dang-thu");
        say("");
        take(new Blob(parts, { type: recorder.mimeType }));
        recorder = null;
      };
      recorder.start();
      start.firstChild.textContent = words.stop;
      start.classList.add("dang-thu");
      start.classList.remove("phu");
      say(words.recording);
    };
    input.onchange = () => input.files[0] && take(input.files[0]);
    form.prepend(start, play);
  }
})();
