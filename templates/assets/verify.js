// The page that checks a citation and finds a pasted clause. Nothing that is typed or pasted leaves this page: it asks
// its own site for files, and works everything else out here.
const root = document.querySelector("[data-verify]");
// Fetched when it is first needed: most readers of the page check nothing.
let clauseV1, fetching;
export const ready = () => (fetching ??= import(root.dataset.canonical).then((module) => ({ clauseV1 } = module)));
const site = new URL(root.dataset.root, location.href);
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const digest = async (...parts) => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
};
const sha256 = async (content) => hex(await digest(content));

// RFC 8785 for what our files hold: objects with keys in order, no blanks, whole numbers only.
const canonical = (value) =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(",")}]`
    : value && typeof value === "object"
      ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`
      : JSON.stringify(value);
const parsed = (content) => {
  try {
    const text = decoder.decode(content);
    const tree = JSON.parse(text);
    return `${canonical(tree)}\n` === text ? tree : null;
  } catch {
    return null;
  }
};
// RFC 9162, 2.1.3.2: whether a path leads from a leaf to the root of so many.
async function leads(leaf, index, size, path, wanted) {
  let [at, last, hash] = [index, size - 1, await digest([0], leaf)];
  if (!(Number.isInteger(index) && Number.isInteger(size) && 0 <= index && index < size)) return false;
  for (const other of path) {
    if (last === 0) return false;
    if (at % 2 || at === last) {
      hash = await digest([1], other, hash);
      while (at % 2 === 0 && at) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = await digest([1], hash, other);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hex(hash) === wanted;
}

const HASH = /^[0-9a-f]{64}$/;
const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
// No thirteenth month: such an instant comes back as another.
const INSTANT = { test: (at) => SECONDS.test(at) && new Date(at).toJSON()?.slice(0, 19) === at.slice(0, 19) };
const hasOnly = (tree, names) => tree && typeof tree === "object" && Object.keys(tree).sort().join() === names;
const orNull = (value, pattern) => value === null || pattern.test(value);
const STATUSES = ["active", "disputed", "superseded", "withdrawn"];
const areStatements = (tree) =>
  tree !== null && typeof tree === "object" && !Array.isArray(tree) &&
  Object.entries(tree).every(([name, hash]) => /^(?:dispute|response)-[1-9]\d{0,8}$/.test(name) && HASH.test(hash));
const isLeaf = (leaf) =>
  hasOnly(leaf, "clause_sha256,document,id,record_sha256,revision,since,state,statements,status,status_sha256,text_sha256") &&
  /^[A-Z]{2,8}-P-\d{6}$/.test(leaf.id) && /^[A-Z]{2,8}-D-\d{5,6}$/.test(leaf.document) &&
  Number.isInteger(leaf.revision) && HASH.test(leaf.record_sha256) && typeof leaf.state === "string" &&
  [leaf.clause_sha256, leaf.status_sha256, leaf.text_sha256].every((hash) => orNull(hash, HASH)) &&
  orNull(leaf.since, INSTANT) && STATUSES.includes(leaf.status) && areStatements(leaf.statements);
const isRoot = (root) =>
  hasOnly(root, "at,prev,root,size") && INSTANT.test(root.at) && HASH.test(root.prev) && HASH.test(root.root) &&
  Number.isInteger(root.size);
const isEntry = (entry) =>
  hasOnly(entry, "index,leaf,path,root") && Number.isInteger(entry.index) && isLeaf(entry.leaf) &&
  Array.isArray(entry.path) && entry.path.every((hash) => HASH.test(hash)) && isRoot(entry.root);
const isProof = (tree) =>
  hasOnly(tree, "format,id,proofs") && tree.format === 1 && Array.isArray(tree.proofs) &&
  tree.proofs.every((entry) => isEntry(entry) && entry.leaf.id === tree.id);

// Checks the files of one revision, as bytes: record, proof, roots, texts by their hash, log by the index of a file's
// first leaf. What is not there is left out. Returns code, verdict and reason of each check, in the command's order.
export async function check(files, id, revision) {
  await ready();
  const told = [];
  const say = (code, verdict, reason = "") => told.push({ code, verdict, reason });
  const tree = files.record ? parsed(files.record) : null;
  const opened = files.proof ? parsed(files.proof) : null;
  const proof = isProof(opened) ? opened : null;
  const entries = proof?.proofs ?? [];
  const cited = entries.filter((entry) => entry.leaf.revision === revision);
  const number = tree?.revision?.number ?? tree?.revision;
  const clause = typeof tree?.clause === "string" ? tree.clause : null;

  if (!files.record) say("frozen-record", "not-checked", "no-record");
  else if (!tree) say("frozen-record", "fail", "not-canonical");
  else if ("address" in tree) say("frozen-record", "not-checked", "of-today");
  else if (tree.id !== id || number !== revision) say("frozen-record", "fail", "another-record");
  else if (!proof) say("frozen-record", "not-checked", "no-proof");
  else if (!cited.length) say("frozen-record", "fail", "no-leaf");
  else {
    const hash = tree.withheld ? tree.sha256 : await sha256(files.record);
    const same = cited.every((entry) => entry.leaf.record_sha256 === hash);
    say("frozen-record", same ? (tree.withheld ? "not-checked" : "pass") : "fail", same && tree.withheld ? "withheld" : "");
  }

  if (!tree) say("clause-hash", "not-checked", "no-record");
  else if (tree.withheld) say("clause-hash", "not-checked", "withheld");
  else if (!proof) say("clause-hash", "not-checked", "no-proof");
  else if (!cited.length) say("clause-hash", "fail", "no-leaf");
  else {
    const hash = clause === null ? null : await sha256(encoder.encode(clauseV1(clause)));
    say("clause-hash", cited.every((entry) => entry.leaf.clause_sha256 === hash) ? "pass" : "fail");
  }

  const texts = cited.flatMap(({ leaf }) => {
    const content = files.texts?.[leaf.text_sha256];
    return content ? [{ leaf, content }] : [];
  });
  const standing = texts.filter(({ leaf }) => STANDS.includes(leaf.state));
  if (!texts.length) say("quote-in-text", "not-checked", proof ? "no-text" : "no-proof");
  else if (clause === null) say("quote-in-text", "not-checked", "silent");
  else if (!standing.length) say("quote-in-text", "not-checked", "stood-elsewhere");
  else say("quote-in-text", standing.every(({ content }) => stands(lenient.decode(content), clause)) ? "pass" : "fail");
  if (!texts.length) say("text-hash", "not-checked", proof ? "no-text" : "no-proof");
  else {
    const hashes = await Promise.all(texts.map(({ content }) => sha256(content)));
    say("text-hash", texts.every(({ leaf }, n) => leaf.text_sha256 === hashes[n]) ? "pass" : "fail");
  }

  if (!files.proof) say("inclusion", "not-checked", "no-proof");
  else if (!proof) say("inclusion", "fail", "broken-proof");
  else if (proof.id !== id) say("inclusion", "fail", "another-record");
  else {
    const whole = await Promise.all(entries.map(({ leaf, index, path, root: { size, root: wanted } }) =>
      leads(encoder.encode(canonical(leaf)), index, size, path.map(unhex), wanted)));
    if (!whole.every(Boolean)) say("inclusion", "fail");
    else say("inclusion", cited.length ? "pass" : "fail", cited.length ? "" : "no-leaf");
  }

  const fault = files.roots && (await rootFault(files, entries));
  if (!files.roots) say("root", "not-checked", "no-roots");
  else if (fault) say("root", "fail", fault);
  else say("root", cited.length ? "pass" : "not-checked", cited.length ? "" : "no-proof");

  for (const code of ["attestation", "time-stamp", "archived-copy", "live-page"]) say(code, "not-checked", "elsewhere");
  return told;
}

// What the newest leaf says of the record's status and on which day a root entered that; nothing where it was never
// more than active, or where nothing vouches for the leaf.
export function standing(files, checks) {
  if (!checks.some(({ code, verdict }) => code === "inclusion" && verdict === "pass")) return null;
  const entries = parsed(files.proof).proofs;
  if (entries.every(({ leaf }) => leaf.status === "active")) return null;
  const { status, status_sha256: hash } = entries.at(-1).leaf;
  const other = entries.findLastIndex(({ leaf }) => leaf.status_sha256 !== hash);
  return { status, at: entries[other + 1].root.at };
}

// Lines without their feeds, or nothing where the last one has none.
function lines(content) {
  const found = lenient.decode(content).split("\n");
  return found.length > 1 && found.pop() === "" ? found : null;
}

// What is wrong with the roots, with the proof's among them, or with the leaves at hand under them.
async function rootFault({ roots: content, log = {} }, entries) {
  const found = lines(content);
  if (!found) return "torn";
  let [prev, size] = ["0".repeat(64), 0];
  const roots = [];
  for (const line of found) {
    const tree = parsed(encoder.encode(`${line}\n`));
    if (!isRoot(tree) || tree.prev !== prev || tree.size <= size) return "chain";
    [prev, size] = [await sha256(encoder.encode(line)), tree.size];
    roots.push(tree);
  }
  if (!entries.every((entry) => found.includes(canonical(entry.root)))) return "no-root";
  const leaves = [];
  for (let file; (file = log[leaves.length]); ) {
    const more = lines(file);
    if (!more) return "torn";
    leaves.push(...more);
  }
  if (entries.some(({ index, leaf }) => index < leaves.length && leaves[index] !== canonical(leaf))) return "leaves";
  const hashes = await Promise.all(leaves.map((line) => digest([0], encoder.encode(line))));
  for (const tree of roots) if (tree.size <= leaves.length && hex(await head(hashes.slice(0, tree.size))) !== tree.root) return "leaves";
  return leaves.length > size ? "leaves" : "";
}

// RFC 9162, 2.1.1: the hash of a tree whose leaves have these hashes.
async function head(hashes) {
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return digest([1], await head(hashes.slice(0, split)), await head(hashes.slice(split)));
}

const STANDS = ["intact", "typography", "moved"];
const ELLIPSIS = /[[(] ?\.(?: ?\.){2,} ?[\])]|\.(?: ?\.){2,}/;
const segments = (clause) => clauseV1(clause).split(ELLIPSIS).map((part) => part.trim()).filter(Boolean);
const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]/gu, "");
// Whether a text holds all of these one after the other.
function inOrder(parts, text) {
  let at = 0;
  for (const part of parts) {
    const place = text.indexOf(part, at);
    if (place < 0) return false;
    at = place + part.length;
  }
  return parts.length > 0;
}
const holds = (text, clause) => inOrder(segments(clause), text);
const stands = (text, clause) =>
  holds(clauseV1(text), clause) || inOrder(segments(clause).map(letters), letters(clauseV1(text)));

// --- finding a pasted clause ---

const WORD = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}])+/gu;
const wordsOf = (text) => clauseV1(text).toLowerCase().match(WORD) ?? [];
const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const crc32 = (text) =>
  (encoder.encode(text).reduce((crc, byte) => (crc >>> 8) ^ CRC[(crc ^ byte) & 255], 0xffffffff) ^ 0xffffffff) >>> 0;
const RUN = 4;
export function shingles(text) {
  const words = wordsOf(text);
  const runs = words.length ? Math.max(1, words.length - RUN + 1) : 0;
  return new Set(Array.from({ length: runs }, (_, n) => crc32(words.slice(n, n + RUN).join(" "))));
}

const kept = new Map();
async function got(path, kind = "json") {
  const address = new URL(path, site).href;
  if (!kept.has(address)) {
    const asked = fetch(address, { credentials: "omit", redirect: "error" }).then(async (answer) => {
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(String(answer.status));
      return kind === "json" ? answer.json() : new Uint8Array(await answer.arrayBuffer());
    });
    asked.catch(() => kept.delete(address));
    kept.set(address, asked);
  }
  return kept.get(address);
}

const CANDIDATES = 8;
const LIST = 256;
async function candidates(text) {
  const shards = Number(root.dataset.shards);
  const width = 2 ** 32 / shards;
  const wanted = shingles(text);
  const votes = new Map();
  const asked = new Set([...wanted].map((hash) => Math.floor(hash / width)));
  await Promise.all([...asked].map(async (shard) => {
    const part = await got(`verify/index/shingles-${shard}.json`);
    let hash = shard * width;
    part?.gaps.forEach((gap, n) => {
      hash += gap;
      if (wanted.has(hash)) votes.set(part.passages[n], (votes.get(part.passages[n]) ?? 0) + 1);
    });
  }));
  const best = [...votes].sort(([a, m], [b, n]) => n - m || a - b).slice(0, CANDIDATES);
  return Promise.all(best.map(async ([number]) => {
    const list = await got(`verify/index/places-${Math.floor(number / LIST)}.json`);
    return passage(list.places[number % LIST]);
  }));
}

// What a place says: the words, whose they are, and whether they still stand.
async function passage(place) {
  const [path, id] = place.split("#");
  const tree = await got(path);
  if (!tree) return null;
  if (!id) {
    const page = path.replace(/(r\d+\/)?record\.json$/, "");
    const stands = !/\/r\d+\/record\.json$/.test(path) && !tree.former && !["withdrawn", "superseded"].includes(tree.status?.state);
    const revision = /\/r(\d+)\/record\.json$/.exec(path)?.[1];
    return { kind: stands ? "stands" : "former", words: tree.clause, title: tree.claim, id: tree.id, page: revision ? `${page}r${revision}/` : page };
  }
  const seen = tree.records.find((record) => record.id === id);
  const words = seen?.sightings.findLast((sighting) => sighting.wording)?.wording.text;
  const page = seen?.address.slice(1);
  const record = page && (await got(`${page}record.json`));
  return words && record ? { kind: "now", words, quoted: record.clause, title: record.claim, id, page } : null;
}

const ENOUGH = 0.7;
const SHORTEST = 40;
// Answers what a pasted text is: {kind, passage, difference} with kind stands, former, reworded or unknown.
export async function identify(text) {
  await ready();
  const pasted = clauseV1(text);
  const found = (await candidates(text)).filter((one) => one?.words);
  const order = ["stands", "now", "former"];
  found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const isSame = (one) =>
    holds(pasted, one.words) || (pasted.length >= SHORTEST && segments(one.words).some((part) => part.includes(pasted)));
  const same = found.find(isSame);
  if (same?.kind === "now") return { kind: "reworded", passage: same, difference: difference(same.quoted, text) };
  if (same) return { kind: same.kind, passage: same };
  const scored = found.map((one) => ({ passage: one, ...likeness(one.words, text) })).sort((a, b) => b.score - a.score);
  if (!scored.length || scored[0].score < ENOUGH) return { kind: "unknown" };
  return { kind: "reworded", passage: scored[0].passage, difference: scored[0].difference };
}

const MOST = 4_000_000;
// The words of two texts, side by side: runs of [mark, words] with mark "=", "-" or "+".
export function difference(before, after) {
  const [old, now] = [before, after].map((text) => clauseV1(text).split(" ").filter(Boolean));
  if (old.length * now.length > MOST) return [["-", old], ["+", now]];
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      longest[i * width + j] =
        old[i] === now[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
  const runs = [];
  const add = (mark, word) => (runs.at(-1)?.[0] === mark ? runs.at(-1)[1].push(word) : runs.push([mark, [word]]));
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    if (i < old.length && j < now.length && old[i] === now[j]) add("=", old[i++]), j++;
    else if (j === now.length || (i < old.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1])) add("-", old[i++]);
    else add("+", now[j++]);
  }
  return runs;
}

// Words around the clause are no change of it: of a longer text only the stretch counts that shares runs of words.
function stretch(quoted, text) {
  const [old, now] = [quoted, text].map((one) => clauseV1(one).split(" "));
  if (now.length < 1.5 * old.length) return text;
  const run = (words, n) => words.slice(n, n + RUN).join(" ").toLowerCase();
  const known = new Set(old.map((_, n) => run(old, n)));
  const places = now.flatMap((_, n) => (known.has(run(now, n)) ? [n] : []));
  return places.length ? now.slice(places[0], places.at(-1) + RUN).join(" ") : text;
}

function likeness(quoted, text) {
  const runs = difference(segments(quoted).join(" "), stretch(quoted, text));
  const count = (marks) => runs.reduce((sum, [mark, words]) => sum + (marks.includes(mark) ? words.length : 0), 0);
  return { score: (2 * count("=")) / (2 * count("=") + count("-+")), difference: runs };
}

// --- what people see ---

const words = document.getElementById("verify-words").content;
const SLOTS = ["id", "number", "last", "url", "prefix", "passed", "rest", "day"]; // in the template: {1} and so on
const told = (key, values = {}) =>
  (words.querySelector(`[data-word="${key}"]`)?.textContent ?? "").replace(
    /\{(\d)\}/g,
    (whole, slot) => ({ prefix: root.dataset.prefix, ...values })[SLOTS[slot - 1]] ?? whole,
  );
const made = (name, text, attributes = {}) => {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};
const linked = (page, text) => made("a", text, { href: new URL(page, site).pathname });

// Days as the pages of the site write them.
const days = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "long", timeZone: "UTC" });
const dayOf = (at) => days.format(new Date(at));

class Told extends Error {}
const ID = new RegExp(`\\b${root.dataset.prefix}-P-\\d{5,6}\\b`, "i");
const OTHER = /\b[A-Z]{2,8}-P-\d{5,6}\b/i;
const NUMBER = /(?:^|[\s/,;(#-])r(?:evision[ \u00a0]?)?([1-9]\d{0,3})\b/i;

// Returns where the record of a citation is and which revision is meant, or says why nobody can tell.
async function resolve(citation) {
  const text = citation.trim();
  if (!text) throw new Told(told("empty"));
  const url = /https?:\/\/[^\s<>"{}]+/i.exec(text)?.[0].replace(/[).,;]+$/, "");
  const ours = url && [root.dataset.base, site.href].find((base) => url.startsWith(base));
  const path = ours ? url.slice(ours.length).split(/[?#]/)[0] : "";
  const place = /^(?:[a-z-]{2,12}\/)?(platform\/[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9-]+)(?:$|\/(?:r(\d+)(?:\/|$))?)/.exec(path);
  if (place) return known(`${place[1]}/`, place[2]);
  const id = ID.exec(path || text.replace(/https?:\/\/\S+/gi, " "))?.[0].toUpperCase();
  if (!id && url && !ours) throw new Told(told("foreign", { url }));
  if (!id && OTHER.test(text)) throw new Told(told("prefix", { id: OTHER.exec(text)[0], prefix: root.dataset.prefix }));
  if (!id) throw new Told(told("malformed"));
  const page = await got(`id/${id}/`, "bytes");
  if (!page) throw new Told(told("unknown-id", { id }));
  const canonicalUrl = new DOMParser().parseFromString(decoder.decode(page), "text/html").querySelector('link[rel="canonical"]')?.href ?? "";
  const after = NUMBER.exec((path || text).slice((path || text).toUpperCase().indexOf(id) + id.length));
  return known(canonicalUrl.slice(root.dataset.base.length), after?.[1]);
}

async function known(page, revision) {
  const history = await got(`${page}history.json`);
  if (!history) throw new Told(told("no-history"));
  const numbers = history.revisions.map((one) => one.number);
  const number = revision ? Number(revision) : numbers.at(-1);
  if (!numbers.includes(number)) throw new Told(told("no-revision", { id: history.id, number, last: numbers.at(-1) }));
  return { page, id: history.id, number };
}

async function gathered({ page, id, number }) {
  const [record, proof, roots] = await Promise.all(
    [`${page}r${number}/record.json`, `${page}proof.json`, "api/v1/log/roots.jsonl"].map((path) => got(path, "bytes")),
  );
  const leaves = (proof && parsed(proof)?.proofs) || [];
  const named = new Set(leaves.map((entry) => entry?.leaf?.text_sha256).filter(Boolean));
  const seen = named.size ? await got(page.replace(/[^/]+\/$/, "evidence.json")) : null;
  const shown = (seen?.texts ?? []).filter((text) => text.address && named.has(text.sha256));
  const contents = await Promise.all(shown.map((text) => got(text.address.slice(1), "bytes")));
  const texts = Object.fromEntries(shown.map((text, n) => [text.sha256, contents[n]]));
  return [{ record, proof, roots, texts }, id, number];
}

// Files that a reader saved, told apart by what is in them: browsers give a second download another name. What nobody
// can read is told by its name all the same.
const json = (text) => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};
const NAMES = { records: /^record\b.*\.json$/, proofs: /^proof\b.*\.json$/, roots: /^roots\b.*\.jsonl$/, log: /^\d{4}\b.*\.jsonl$/, texts: /\.txt$/ };
function kindOf(name, text) {
  const tree = json(text);
  const first = json(text.slice(0, text.indexOf("\n") + 1));
  if ("proofs" in tree) return "proofs";
  if ("id" in tree && "revision" in tree) return "records";
  if ("prev" in first && "root" in first) return "roots";
  return Object.keys(NAMES).find((kind) => NAMES[kind].test(name));
}

// Returns what to check, a set of files with id and revision for each frozen record, or for each proof without one.
async function chosen(list) {
  const found = { records: [], proofs: [], roots: [], log: [], texts: [] };
  for (const { name, content } of await Promise.all(Array.from(list, opened))) {
    const text = lenient.decode(content);
    found[kindOf(name, text)]?.push({ name, content, tree: json(text), hash: await sha256(content) });
  }
  const frozen = found.records.filter(({ tree }) => !("address" in tree));
  const ids = new Set(frozen.map(({ tree }) => tree.id));
  const records = [...frozen, ...found.records.filter(({ tree }) => "address" in tree && !ids.has(tree.id))];
  const isOne = records.length < 2 && found.proofs.length < 2;
  const roots = found.roots.sort((a, b) => b.content.length - a.content.length)[0]?.content;
  const log = Object.fromEntries(found.log.map(({ name, content }) => [Number(name.slice(0, 4)) * 1000, content]));
  const set = (record, proof) => {
    const number = record?.tree.revision?.number ?? record?.tree.revision ?? proof?.tree.proofs.at?.(-1)?.leaf?.revision ?? 1;
    const leaves = Array.from(proof?.tree.proofs ?? [], (entry) => entry?.leaf).filter((leaf) => leaf?.revision === number);
    const of = ({ text_sha256: wanted }) => found.texts.find(({ name, hash }) => hash === wanted || name.includes(wanted));
    const texts = Object.fromEntries(leaves.map((leaf) => [leaf.text_sha256, of(leaf)?.content]).filter(([, content]) => content));
    return [{ record: record?.content, proof: proof?.content, roots, log, texts }, record?.tree.id ?? proof?.tree.id ?? "", number];
  };
  const proofOf = (id) => (isOne ? found.proofs[0] : found.proofs.find(({ tree }) => tree.id === id));
  const sets = records.map((record) => set(record, proofOf(record.tree.id)));
  const done = new Set(records.map(({ tree }) => tree.id));
  if (!isOne || !records.length) sets.push(...found.proofs.filter(({ tree }) => !done.has(tree.id)).map((proof) => set(null, proof)));
  if (!sets.length) throw new Told(told("no-files"));
  return sets.sort(([, a, m], [, b, n]) => (a < b ? -1 : a > b ? 1 : n - m));
}
const opened = async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) });

const result = root.querySelector("[data-result]");
const showChecks = (...given) => result.replaceChildren(...checked(...given).parts);

// What is shown of one record: a sentence, a line on the record, a list of checks.
function checked(checks, where, stands) {
  const count = (verdict) => checks.filter((one) => one.verdict === verdict).length;
  const failed = count("fail");
  const head = failed ? told("some-failed", { passed: failed }) : told("none-failed", { passed: count("pass"), rest: count("not-checked") });
  const list = made("ol", "", { class: "checks" });
  for (const { code, verdict, reason } of checks) {
    const item = made("li", "", { class: verdict, "data-code": code, "data-verdict": verdict });
    item.append(made("strong", told(`verdict-${verdict}`)), " ", made("span", told(`name-${code}`)));
    const why = verdict === "not-checked" ? told(`${code}-${reason}`) || told(`reason-${reason}`) : told(`${code}-${verdict}`);
    item.append(made("small", [why, verdict === "fail" && reason && told(`reason-${reason}`)].filter(Boolean).join(" ")));
    list.append(item);
  }
  const line = made("p", "");
  if (where) line.append(linked(`${where.page}r${where.number}/`, told("record", { id: where.id, number: where.number })));
  if (stands) line.append(" ", made("strong", told(`standing-${stands.status}`, { day: dayOf(stands.at) })));
  return { head, failed, parts: [made("p", head, { class: failed ? "verdict bad" : "verdict" }), line, list] };
}

// Several records: a line each, of which those are open that fail.
function showSeveral(all) {
  const shown = all.map(([checks, [files, id, number]]) => {
    const { head, failed, parts } = checked(checks, null, standing(files, checks));
    const one = made("details", "", failed ? { open: "" } : {});
    one.append(made("summary", `${told("record", { id, number })}: ${head}`, { class: parts[0].className }), ...parts.slice(1));
    return { one, failed };
  });
  const failed = shown.filter((one) => one.failed).length;
  const head = made("p", told("several", { number: all.length, passed: failed }), { class: failed ? "verdict bad" : "verdict" });
  result.replaceChildren(head, ...shown.map(({ one }) => one));
}

let turn = 0;
async function answer(place, work) {
  const mine = ++turn;
  place.replaceChildren(made("p", told("working")));
  try {
    await ready();
    const show = await work();
    if (mine === turn) show();
  } catch (error) {
    if (mine === turn) place.replaceChildren(made("p", error instanceof Told ? error.message : told("failed"), { class: "bad" }));
    if (!(error instanceof Told || error instanceof TypeError || /^\d+$/.test(error.message))) console.error(error);
  }
}

const [citation, paste] = ["citation", "paste"].map((name) => root.querySelector(`form[data-form="${name}"]`));
const checkCitation = () =>
  answer(result, async () => {
    const where = await resolve(citation.elements.of.value);
    const given = await gathered(where);
    const checks = await check(...given);
    return () => showChecks(checks, where, standing(given[0], checks));
  });
citation.addEventListener("submit", (event) => {
  event.preventDefault();
  checkCitation();
});
citation.elements.files.addEventListener("change", (event) =>
  answer(result, async () => {
    const sets = await chosen(event.target.files);
    const all = await Promise.all(sets.map(async (set) => [await check(...set), set]));
    if (all.length > 1) return () => showSeveral(all);
    const [[checks, [files]]] = all;
    return () => showChecks(checks, null, standing(files, checks));
  }),
);

// The files that are chosen, by name: the control that says so in its own words is unseen.
const names = root.querySelector("[data-names]");
citation.addEventListener("change", ({ target: { files } }) => files && names.replaceChildren(...Array.from(files, ({ name }) => made("li", name))));

const found = root.querySelector("[data-found]");
paste.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = paste.elements.clause.value;
  answer(found, async () => {
    if (wordsOf(text).length < RUN) throw new Told(told("too-short"));
    const said = await identify(text);
    return () => showFound(said);
  });
});

function showFound({ kind, passage: of, difference: runs }) {
  const parts = [made("p", told(`found-${kind}`), { class: "verdict", "data-kind": kind })];
  if (of) {
    const line = made("p", "");
    line.append(linked(of.page, of.title), ` · ${of.id ?? ""}`);
    parts.push(line);
  }
  if (runs) {
    const quote = made("blockquote", "", { class: "words small", dir: "auto" });
    for (const [mark, some] of runs) quote.append(made({ "=": "span", "-": "del", "+": "ins" }[mark], some.join(" ")), " ");
    parts.push(quote);
  }
  found.replaceChildren(...parts);
}

// Browsers hash on secure pages alone. Without this script the forms send nothing either: their method is "dialog".
for (const form of [citation, paste]) form.hidden = !globalThis.crypto?.subtle;
const named = () => {
  const of = decodeURIComponent(location.hash.slice(1));
  if (!ID.test(of)) return;
  citation.elements.of.value = of;
  checkCitation();
};
addEventListener("hashchange", named);
named();
