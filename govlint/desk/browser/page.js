"use strict";

/* The page of the desk inside a browser: takes files in, asks Python (worker.js), shows what it answers.
   The address after # says what is looked at: nothing, draft/N or folder/N. */

const WORDS = {
  zh: {
    loading: "正在准备检查程序",
    starting: "正在启动检查程序…",
    ready: "检查程序已就绪。",
    checking: "正在检查：",
    stop: "停止",
    stopped: "已停止。",
    failed: "检查程序出错了，这不是报告的问题。请再试一次；如仍如此，请告知维护者。",
    old: "这个浏览器太旧，不能运行检查程序。请用新版的 Edge、Chrome、Firefox 或 Safari。",
    lost: "检查程序的文件没有完整读到，请重新打开此页。",
    none: "请选择文件或文件夹，或粘贴正文。",
    gone: "没有这份文件，请重新放入。",
    undone: "已撤销。",
    stale: "页面已过时，没有改动，请再看一次。",
    skipped: (count) => `文件夹中有 ${count} 个文件不是可检查的文档，没有检查。`,
    large: "文件太大，没有接收。请分几次放入。",
    pasted: "粘贴的文字.txt",
    title: "年度报告检查工作台",
  },
  en: {
    loading: "Loading what checks",
    starting: "Starting what checks…",
    ready: "Ready to check.",
    checking: "Checking ",
    stop: "Stop",
    stopped: "Stopped.",
    failed: "What checks has failed; the fault is not the report's. Try again, or tell the maintainers.",
    old: "This browser is too old to run what checks. Use a recent Edge, Chrome, Firefox or Safari.",
    lost: "Not all of what checks could be read: open this page anew.",
    none: "Choose a file or a folder, or paste the text.",
    gone: "There is no such file: put it in again.",
    undone: "Undone.",
    stale: "The page was out of date; nothing was changed.",
    skipped: (count) => `${count} files of the folder are no documents and were left out.`,
    large: "Too large: nothing was taken. Put in less at a time.",
    pasted: "pasted.txt",
    title: "Desk for annual reports",
  },
};
const MOST_BYTES = 50_000_000;
const MOST_FILES = 500;
const UNDO = 50;
const SOON = 400; // milliseconds after which it is shown that work is under way

const body = document.body;
const main = document.getElementById("results");
const status = document.getElementById("status");
const PARTS = JSON.parse(body.dataset.parts);
const SUFFIXES = body.dataset.suffixes.split(" ");

let lang = remembered() ?? "zh";
let count = 0;
const papers = new Map();
const folders = new Map();
const say = (name) => WORDS[lang][name];

function remembered() {
  try {
    return localStorage.getItem("govlint-lang");
  } catch {
    return null; // where a page without a server may remember nothing
  }
}

// Loading: parts are scripts, which also a page without a server may load

const parts = new Map();

// eslint-disable-next-line no-unused-vars
function govlintPart(bundle, at, content) {
  const text = atob(content);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  parts.set(`${bundle}-${at}`, bytes);
}

function loaded(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Failed("lost"));
    document.head.append(script);
  });
}

class Failed extends Error {}
class Stopped extends Error {}

const bundles = new Map();

async function bundle(name, told = () => {}) {
  if (bundles.has(name)) return bundles.get(name);
  const total = PARTS[name];
  for (let at = 0; at < total; at++) {
    told(at, total);
    await loaded(`parts/${name}-${at}.js`);
    if (!parts.has(`${name}-${at}`)) throw new Failed("lost");
  }
  const found = new Blob(Array.from({ length: total }, (_, at) => parts.get(`${name}-${at}`)));
  parts.clear();
  bundles.set(name, found);
  return found;
}

// Python, in a worker that can be ended

let worker = null;
let running = null; // a promise of the worker being ready
let asked = 0;
let added = new Set();
const waiting = new Map();

function started(told) {
  running ??= begin(told).catch((error) => {
    running = null; // to be tried anew
    throw error;
  });
  return running;
}

async function begin(told) {
  if (!("DecompressionStream" in window && "WebAssembly" in window)) throw new Failed("old");
  const core = await bundle("core", told);
  told();
  const source = URL.createObjectURL(new Blob([`(${govlintWorker})()`], { type: "text/javascript" }));
  worker = new Worker(source); // of the old kind, as a page without a server may start no other
  worker.onmessage = ({ data }) => {
    if (data.failed !== undefined) return abandon(new Error(data.failed)); // what failed is not asked again
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
    return undefined;
  };
  worker.onerror = () => abandon(new Failed("old"));
  added = new Set(["core"]);
  await post({ kind: "start", bundle: await core.arrayBuffer() });
}

function post(message) {
  const id = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, ...message });
  });
}

function abandon(error) {
  worker?.terminate();
  worker = running = null;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}

/** What Python answers; the bundles that such files need are loaded first. */
async function ask(name, asked, content, names = []) {
  await started(progress);
  if (names.length) {
    const { told } = await post({ kind: "ask", name: "needs", asked: { names }, content });
    for (const needed of told.filter((each) => !added.has(each) && each in PARTS)) {
      const found = await bundle(needed, progress);
      await post({ kind: "add", bundle: await found.arrayBuffer() });
      added.add(needed);
    }
  }
  return post({ kind: "ask", name, asked, content });
}

// What is said while one waits

function note(...children) {
  status.replaceChildren(...children);
}

function progress(done, total) {
  const bar = document.createElement("progress");
  const words = done === undefined ? say("starting") : `${say("loading")} ${Math.round((100 * done) / total)} %`;
  bar.setAttribute("aria-label", words);
  if (done !== undefined) Object.assign(bar, { value: done, max: total });
  note(words, bar);
}

/** Do what may take a while: after a moment it is said, with a button that stops it. */
async function busy(words, work) {
  const shown = setTimeout(() => {
    const button = document.createElement("button");
    button.type = "button";
    button.id = "stop";
    button.textContent = say("stop");
    button.onclick = () => abandon(new Stopped());
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", words);
    note(words, button, bar);
  }, SOON);
  try {
    return await work();
  } finally {
    clearTimeout(shown);
    note();
  }
}

function notice(words) {
  const said = document.createElement("p");
  said.className = "notice";
  said.setAttribute("role", "alert");
  said.textContent = words;
  main.querySelector(".notice")?.remove();
  main.prepend(said);
}

function told(error) {
  if (error instanceof Stopped) return say("stopped");
  if (error instanceof Failed) return say(error.message);
  console.error(error);
  return say("failed");
}

// Files

async function taken(file, name) {
  const data = new Uint8Array(await file.arrayBuffer());
  return { name: name || "-", data };
}

const nameOf = (file) => file.webkitRelativePath || file.name;

function isDocument(name) {
  const hidden = name.split("/").some((part) => part.startsWith("~$") || part.startsWith("."));
  return !hidden && SUFFIXES.some((suffix) => name.toLowerCase().endsWith(suffix));
}

function held(file, previous, folder = "") {
  const paper = { ...file, id: String(++count), previous, folder, earlier: [], turn: 0, stopped: false, notice: null };
  papers.set(paper.id, paper);
  return paper;
}

/** Put files on the desk and look at them. */
async function put(single, folder, text, previous) {
  const inside = folder.filter((file) => isDocument(nameOf(file)));
  const all = [...single, ...inside, ...previous];
  const size = all.reduce((sum, file) => sum + file.size, 0);
  if (size > MOST_BYTES || all.length > MOST_FILES) return notice(say("large"));
  const before = await Promise.all(previous.map((file) => taken(file, file.name)));
  const files = await Promise.all([
    ...single.map((file) => taken(file, file.name)),
    ...inside.map((file) => taken(file, nameOf(file))),
  ]);
  if (text.trim()) files.push({ name: say("pasted"), data: new TextEncoder().encode(text) });
  if (!files.length) return notice(say("none"));
  const skipped = folder.length - inside.length;
  if (files.length === 1 && !skipped) {
    location.hash = `draft/${held(files[0], before).id}`;
    return undefined;
  }
  const id = String(++count);
  const ids = files.map((file) => held(file, before, id).id);
  folders.set(id, { id, papers: ids, skipped });
  location.hash = `folder/${id}`;
  return undefined;
}

// Views

let view = 0; // grows with every view, so that an answer to an earlier one is not shown

function shown(markup, title) {
  const made = document.createElement("template");
  made.innerHTML = markup; // escaped by Python; the page's policy lets no script of it run
  main.replaceChildren(made.content);
  document.title = title;
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function asking(paper) {
  return {
    id: paper.id,
    name: paper.name,
    lang,
    previous: paper.previous.map((each) => each.name),
    folder: paper.folder,
    earlier: paper.earlier.length,
    turn: paper.turn,
    stopped: paper.stopped,
    notice: paper.notice,
  };
}

const contents = (paper) => [paper.data, ...paper.previous.map((each) => each.data)];
const names = (paper) => [paper.name, ...paper.previous.map((each) => each.name)];

/** Ask about one paper; stopped, it is said of the paper and nothing more is tried. */
function askOf(paper, name, more = {}) {
  return busy(say("checking") + paper.name, () =>
    ask(name, { ...asking(paper), ...more }, contents(paper), paper.stopped ? [] : names(paper)),
  );
}

async function look(paper) {
  const mine = view;
  let answer;
  try {
    answer = await askOf(paper, "look");
  } catch (error) {
    if (!(error instanceof Stopped) || paper.stopped) throw error;
    paper.stopped = true;
    answer = await askOf(paper, "look");
  }
  if (mine !== view) return;
  if (answer.told.without) paper.previous = [];
  paper.notice = null;
  shown(answer.told.html, answer.told.title);
}

async function lookAtAll(folder) {
  const mine = view;
  let last = 0;
  for (const [at, id] of folder.papers.entries()) {
    const paper = papers.get(id);
    const end = at === folder.papers.length - 1;
    const show = end || Date.now() - last > SOON;
    const said = end && folder.skipped ? say("skipped")(folder.skipped) : "";
    const asked = { at, total: folder.papers.length, shown: show, notice: said };
    let answer;
    try {
      answer = await askOf(paper, "row", asked);
    } catch (error) {
      if (!(error instanceof Stopped) || paper.stopped) throw error;
      paper.stopped = true;
      return lookAtAll(folder); // the rows so far have gone with the worker
    }
    if (mine !== view) return undefined;
    if (!show) continue;
    last = Date.now();
    shown(answer.told.html, `${at + 1} / ${folder.papers.length}`);
  }
  document.title = say("title");
  return undefined;
}

async function render() {
  view += 1;
  const [, kind, id] = /^#(draft|folder)\/(\w+)$/.exec(location.hash) ?? [];
  try {
    if (!kind) {
      shown(document.getElementById(`begin-${lang}`).innerHTML, say("title"));
    } else if (kind === "draft" && papers.has(id)) {
      await look(papers.get(id));
    } else if (kind === "folder" && folders.has(id)) {
      await lookAtAll(folders.get(id));
    } else {
      shown(document.getElementById(`begin-${lang}`).innerHTML, say("title"));
      notice(say("gone"));
    }
  } catch (error) {
    notice(told(error));
  }
}

// What a person does

function change(paper, data, said) {
  paper.earlier = [...paper.earlier, paper.data].slice(-UNDO);
  paper.data = data;
  paper.turn += 1;
  paper.notice = said;
}

async function act(paper, action, form) {
  if (form.get("turn") !== String(paper.turn)) {
    paper.notice = [WORDS.zh.stale, WORDS.en.stale];
  } else if (action === "undo") {
    if (paper.earlier.length) paper.data = paper.earlier.pop();
    paper.turn += 1;
    paper.notice = [WORDS.zh.undone, WORDS.en.undone];
  } else {
    const { told, data } = await askOf(paper, action, { number: form.get("number") });
    if (told.refused) paper.notice = [told.refused, told.refused];
    else change(paper, data, told);
  }
  await render();
}

async function keep(paper, purpose) {
  const { told, data } = await askOf(paper, purpose);
  if (told.refused) return notice(told.refused);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([data], { type: "application/octet-stream" }));
  link.download = told;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return undefined;
}

const chosen = (form, name) => [...(form.elements[name]?.files ?? [])];

async function submitted(form) {
  if (form.classList.contains("begin")) {
    return put(chosen(form, "file"), chosen(form, "folder"), form.elements.text.value, chosen(form, "previous"));
  }
  const [, id, action] = /^#draft\/(\w+)\/(\w+)$/.exec(form.getAttribute("action")) ?? [];
  const paper = papers.get(id);
  if (!paper) return undefined;
  if (action !== "previous") return act(paper, action, new FormData(form));
  const previous = await Promise.all(chosen(form, "previous").map((file) => taken(file, file.name)));
  Object.assign(paper, { previous, turn: paper.turn + 1, stopped: false });
  return render();
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  submitted(event.target).catch((error) => notice(told(error)));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#draft/']");
  const [, id, purpose] = /^#draft\/(\w+)\/(\w+)$/.exec(link?.getAttribute("href") ?? "") ?? [];
  if (!purpose) return;
  event.preventDefault();
  if (papers.has(id)) keep(papers.get(id), purpose).catch((error) => notice(told(error)));
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  body.classList.add("dropping");
});
document.addEventListener("dragleave", () => body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  body.classList.remove("dropping");
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!files.length || event.target.matches?.("input[type=file]")) return; // the field takes them itself
  event.preventDefault();
  put(files, [], "", []).catch((error) => notice(told(error)));
});

function speak() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  const button = document.getElementById("language");
  button.textContent = lang === "zh" ? "English" : "中文";
  button.lang = lang === "zh" ? "en" : "zh-CN";
}

document.getElementById("language").addEventListener("click", () => {
  const text = main.querySelector("#text")?.value;
  lang = lang === "zh" ? "en" : "zh";
  try {
    localStorage.setItem("govlint-lang", lang);
  } catch {
    // as above
  }
  speak();
  render().then(() => {
    if (text && main.querySelector("#text")) main.querySelector("#text").value = text;
  });
});

window.addEventListener("hashchange", () => {
  if (location.hash !== "#results" && !main.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`)) render();
});

speak();
if (lang !== "zh" || location.hash) render();
started(progress).then(
  () => note(say("ready")),
  (error) => {
    note();
    notice(told(error));
  },
);
