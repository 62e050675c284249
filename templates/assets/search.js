// Searches Pagefind's index. The query string is the state; every word comes from the page.
const $ = (selector) => document.querySelector(selector);
const [form, found, status, list, more, rest] = ["#search", "#found", "[role=status]", "#found ol", "#more", "#rest"].map($);
const words = found.dataset;
const facets = [...form.querySelectorAll("fieldset")];
const boxes = [...form.querySelectorAll("[type=checkbox]")];
const tallies = boxes.map((box) => box.parentNode.lastElementChild);
const whole = tallies.map((tally) => tally.textContent);
const typed = form.querySelector("[list]");
const versions = document.querySelectorAll("a[hreflang]");
const platforms = [...typed.list.options].map((option) => option.value);
const teach = rest.firstElementChild; // stands there from the start, so that nothing below it moves
const SHOWN = 20;
const GONE = ["superseded", "withdrawn"];
const LENGTH = 40;
let turn = 0;
let pending;
let engine;

const part = (name) => $(`#t-${name}`).content.cloneNode(true);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const months = words.months.split("|");
const language = document.documentElement.lang;
const category = new Intl.PluralRules(language);
function many(key, n) {
  const forms = JSON.parse(words[key]);
  return fill(forms[category.select(n)] ?? forms.other, { n: n.toLocaleString(language) });
}
// Pagefind counts only by the filters that it has loaded: this loads all.
const load = () => (engine ??= import(words.index).then(async (index) => (await index.filters(), index)));

function read() {
  const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  if (state.get("sort") === "relevance") state.delete("sort");
  return state;
}

function write() {
  const state = new URLSearchParams(location.search);
  for (const box of boxes) box.checked = state.getAll(box.name).includes(box.value);
  const { q, sort } = form.elements;
  q.value = state.get("q");
  typed.value = state.get("platform");
  sort.value = state.get("sort");
  sort.selectedIndex = Math.max(0, sort.selectedIndex);
  show();
}

function without(state, gone) {
  const less = new URLSearchParams(state);
  for (const { name } of gone) less.delete(name);
  return less;
}

// A name typed in part means every platform that has it in its name.
function filters(state) {
  const name = (state.get("platform") ?? "").toLowerCase();
  const like = (test) => platforms.filter((platform) => test(platform.toLowerCase()));
  const meant = [like((platform) => platform === name), like((platform) => platform.includes(name)), [name]];
  const any = (facet) => (facet === "platform" ? meant.find(({ length }) => length) : state.getAll(facet));
  const on = facets.filter((facet) => state.has(facet.name));
  return Object.fromEntries(on.map((facet) => [facet.name, { any: any(facet.name) }]));
}

// The stretch with the most hits: of the quotation when it has one or nothing has, else of our own words.
function excerpt(item, { content, meta, anchors, locations }) {
  const all = content.split(/\s+/);
  const start = anchors.find(({ id }) => id === "quotation")?.location ?? 0;
  const end = start + (meta.clause?.split(/\s+/).length ?? 0);
  const within = (a, b) => locations.filter((at) => at >= a && at < b);
  const theirs = end > start && (within(start, end).length || !within(end, all.length).length);
  const [from, to] = theirs ? [start, end] : [end, all.length];
  const hits = within(from, to);
  const near = (at) => within(at, Math.min(to, at + LENGTH - 5)).length;
  const best = hits.reduce((most, at) => (near(at) > near(most) ? at : most), hits[0] ?? from);
  const first = Math.max(from, Math.min(best - 5, to - LENGTH));
  const last = Math.min(to, first + LENGTH);
  const [quote, ours] = item.querySelectorAll("blockquote, .ours");
  const text = theirs ? quote : ours;
  (theirs ? ours : quote).remove();
  quote.lang = meta.language;
  if (first > from) text.append(part("cut"), " ");
  for (let at = first; at < last; ) {
    const begun = at;
    const hit = hits.includes(at);
    while (at < last && hits.includes(at) === hit) at++;
    const run = document.createElement(hit ? "mark" : "span");
    run.textContent = all.slice(begun, at).join(" ");
    text.append(run, " ");
  }
  if (last < to) text.append(part("cut"));
}

function captured({ severity, captured: on }) {
  if (severity === "silent") return "";
  if (!on) return words.notCaptured;
  const [year, month, day] = on.split("-").map(Number);
  return fill(words.captured, { day: fill(words.day, { day, month: months[month - 1], year }) });
}

function draw(data) {
  const { meta, url } = data;
  const item = part("hit").firstElementChild;
  const link = item.querySelector("a");
  const where = item.querySelector(".where");
  link.href = words.home + url.slice(words.root.length);
  link.textContent = meta.title;
  where.textContent = fill(words.where, meta);
  const grade = part(meta.severity);
  // What no longer stands has no grade that counts: the word without its colour, and what became of the record.
  if (GONE.includes(meta.state)) grade.firstElementChild.className = "grade silent";
  where.before(grade);
  if (meta.state !== "active") where.before(part(meta.state));
  item.querySelector(".captured").textContent = captured(meta);
  if (meta.former) where.parentNode.append(part("former"));
  if (meta.draft) where.parentNode.append(part("draft"));
  excerpt(item, data);
  list.append(item);
  return link;
}

async function next(mine) {
  const data = await Promise.all(pending.splice(0, SHOWN).map((result) => result.data()));
  if (mine !== turn) return;
  const links = data.map(draw);
  more.hidden = !pending.length;
  more.textContent = many("more", Math.min(SHOWN, pending.length));
  return links[0];
}

// Of a record, or of a document's records, whatever is ticked.
async function byId(index, id) {
  const { results } = await index.search(id);
  const data = await Promise.all(results.map((result) => result.data()));
  return data.filter(({ meta }) => meta.id === id || meta["document-id"] === id);
}

async function search(mine, state, on) {
  const index = await load();
  const query = (state.get("q") ?? "").replace(/[“”„«»]/g, '"').trim();
  const id = /^[a-z]{2,8}-[pd]-\d+$/i.test(query) && query.toUpperCase();
  const sort = state.get("sort") ?? (query ? "" : "severity");
  const order = sort ? { [sort]: sort === "platform" ? "asc" : "desc" } : {};
  const hits = id && (await byId(index, id));
  // Pagefind leaves out a word that no page has, and says nothing of it.
  const asked = id || /^".*"$/.test(query) ? [] : query.match(/\S+/g) ?? [];
  const known = await Promise.all(asked.map((word) => index.search(word)));
  const lost = asked.filter((_, at) => !known[at].results.length);
  // What stands beside the values of a facet is what they would give if it were not narrowed: a search for each.
  const states = id ? [] : [state, ...on.map((facet) => without(state, [facet]))];
  const [all, ...wider] = await Promise.all(
    states.map((each) => index.search(query || null, { filters: filters(each), sort: order })));
  if (mine !== turn) return;

  pending = id ? hits.map((data) => ({ data: () => data })) : all.results;
  const n = pending.length;
  if (!id) boxes.forEach(({ name, value }, at) => {
    const { filters: counts } = wider[on.findIndex((facet) => facet.name === name)] ?? all;
    tallies[at].textContent = counts[name]?.[value] ?? 0;
  });
  if (!n) {
    const bare = on.length > 1 && !id && (await index.search(query || null)).results.length;
    if (mine !== turn) return;
    return nothing(id ? "Record" : !query ? "Filters" : on.length ? "Filtered" : "Query", state, on, wider, bare);
  }
  const drafts = id ? hits.filter(({ meta }) => meta.draft).length : all.filters.draft.draft ?? 0;
  const from = id ? 1 : Object.values(all.filters.platform).filter(Boolean).length;
  await next(mine);
  if (mine !== turn) return;
  const note = id ? on.length && words.ignored : lost.length && fill(words.leftOut, { query: lost.join(" ") });
  if (note) rest.append(part("note"));
  if (note) rest.firstElementChild.textContent = note;
  status.textContent = fill(words[drafts ? "foundDrafts" : "found"],
    { clauses: many("clauses", n), platforms: many("platforms", from), drafts: many("drafts", drafts) });
}

// What a value of a facet is called on this page; what is typed is its own name.
function word(facet) {
  const named = new Map(boxes.filter((box) => facet.contains(box)).map((box) => [box.value, box.nextElementSibling.textContent.trim()]));
  return (value) => named.get(value) ?? value;
}

// Says so, and what is in the way: one facet, all of them together, or that nobody has written it yet.
function nothing(key, state, on, wider, bare) {
  const query = (state.get("q") ?? "").replace(/^["“„«]+|["”“»]+$/g, "");
  status.textContent = fill(words[`nothing${key}`], { query });
  wider.forEach(({ results: { length } }, at) => {
    if (!length) return;
    rest.append(part("drop"));
    const link = rest.lastElementChild.firstElementChild;
    link.href = `?${without(state, [on[at]])}`;
    link.textContent = fill(words.drop, { clauses: many("clauses", length),
      facet: on[at].firstElementChild.textContent, values: state.getAll(on[at].name).map(word(on[at])).join(", ") });
  });
  if (rest.firstChild) return;
  rest.append(part(bare ? "drop" : "missing"));
  const link = rest.querySelector("a");
  if (bare) ({ href: link.href, textContent: link.textContent } = $("#clear"));
  else link.href = link.href.replaceAll("%7Bq%7D", encodeURIComponent(query));
}

function failed() {
  engine = null;
  status.textContent = words.failed;
  rest.replaceChildren(part("failed"));
}

async function show() {
  const mine = ++turn;
  const state = read();
  const on = facets.filter(({ name }) => state.has(name));
  const n = on.reduce((sum, { name }) => sum + state.getAll(name).length, 0);
  $("summary").textContent = n ? fill(words.filterOn, { n }) : words.filter;
  $("#clear").hidden = !n;
  $("#clear").href = `?${without(state, on)}`;
  for (const version of versions) version.search = location.search;
  list.replaceChildren();
  rest.replaceChildren();
  more.hidden = true;
  tallies.forEach((tally, at) => (tally.textContent = whole[at]));
  const asked = n || state.has("q");
  status.textContent = asked ? words.searching : "";
  if (asked) await search(mine, state, on).catch(() => mine === turn && failed());
  else rest.append(teach);
}

function go() {
  const query = `?${read()}`;
  if (query.slice(1) !== location.search.slice(1)) history.pushState(null, "", query);
  show();
}

form.addEventListener("submit", (event) => (event.preventDefault(), go()));
form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
document.addEventListener("change", ({ target }) => target.form === form && target.name !== "q" && go());
more.addEventListener("click", () => next(turn).then((link) => link?.focus(), failed));
addEventListener("popstate", write);
write();
