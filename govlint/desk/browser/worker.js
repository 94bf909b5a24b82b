"use strict";

/* Runs Python beside the page, which may end it at any time. page.js makes a worker of this function's source: a page
   without a server may not start one from a file. Asked {id, kind, ...}, it answers {id, told, data} or {id, failed}. */
// eslint-disable-next-line no-unused-vars
function govlintWorker() {
  const files = new Map();
  let python = null;
  let answer = null;

  // Pyodide asks for its files by address; they are here already. Nothing can be asked of the network (the page's policy).
  self.fetch = async (address) => {
    const name = String(address.url ?? address).split("/").pop();
    const content = files.get(name);
    if (content === undefined) throw new TypeError(`no such file: ${name}`);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(content, { headers: { "Content-Type": type } });
  };

  // Pyodide takes a worker that can do this for one that cannot load modules.
  self.importScripts = () => {
    throw new TypeError("modules alone");
  };

  /** The files of a bundle, as packing.py writes it. */
  async function unpacked(bundle) {
    const stream = new Blob([bundle]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const found = new Map();
    let at = 4 + length;
    for (const [name, size] of JSON.parse(text(bytes.subarray(4, at)))) {
      found.set(name, bytes.subarray(at, at + size));
      at += size;
    }
    return found;
  }

  const text = (bytes) => new TextDecoder().decode(bytes);

  const module = (name) =>
    import(URL.createObjectURL(new Blob([files.get(name)], { type: "text/javascript" })));

  async function start({ bundle }) {
    for (const [name, content] of await unpacked(bundle)) files.set(name, content);
    const { loadPyodide } = await module("pyodide.mjs");
    const made = await module("pyodide.asm.mjs");
    python = await loadPyodide({
      indexURL: "https://inside.invalid/",
      createPyodideModule: made.default,
      lockFileContents: text(files.get("pyodide-lock.json")),
      env: { HOME: "/home/pyodide", TZ: "UTC" },
    });
    python.unpackArchive(files.get("python.zip"), "zip", { extractDir: place() });
    files.clear();
    const inside = python.pyimport("govlint.desk.browser.inside");
    inside.start();
    answer = inside.answer;
  }

  const place = () => python.runPython("import site; site.getsitepackages()[0]");

  async function add({ bundle }) {
    python.unpackArchive((await unpacked(bundle)).get("python.zip"), "zip", { extractDir: place() });
    python.runPython("import importlib; importlib.invalidate_caches()");
  }

  function ask({ name, asked, content }) {
    const given = python.toPy(content);
    const made = answer(name, JSON.stringify(asked), given);
    const held = made.get(1);
    const done = { told: JSON.parse(made.get(0)), data: held.toJs ? held.toJs().slice() : new Uint8Array() };
    for (const each of [held, made, given]) each.destroy?.();
    return done;
  }

  const kinds = { start, add, ask };
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage({ id: data.id, ...(await kinds[data.kind](data)) });
    } catch (error) {
      self.postMessage({ id: data.id, failed: String(error?.message ?? error) });
    }
  };
}
