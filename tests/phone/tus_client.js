// Sends a file with tus-js-client, stops after a part of it, and goes on by the address, as a program of somebody else's would.
// Arguments: endpoint, size in bytes; prints {address, stopped, begun}: how far the first was when it stopped, and where the second began.
const tus = require("tus-js-client");
const [endpoint, size] = [process.argv[2], Number(process.argv[3])];
const content = Buffer.from(Array.from({ length: size }, (_, place) => (place * 31) % 251));
const options = { endpoint, chunkSize: 30_000, metadata: { filename: "giấy chứng sinh.jpg" }, retryDelays: [0, 100] };
const fail = (fault) => {
  console.error(String(fault));
  process.exit(1);
};
const first = new tus.Upload(content, {
  ...options,
  onError: fail,
  onChunkComplete: async (_piece, sent) => {
    if (sent < 90_000) return;
    await first.abort();
    let begun = null;
    const second = new tus.Upload(content, {
      ...options,
      uploadUrl: first.url,
      onError: fail,
      onProgress: (at) => (begun ??= at),
      onSuccess: () => process.stdout.write(JSON.stringify({ address: first.url, stopped: sent, begun })),
    });
    second.start();
  },
});
first.start();
