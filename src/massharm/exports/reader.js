
const find = (id) => document.getElementById(id);
const [form, query, status, absence, hits] = ["form", "query", "status", "absence", "hits"].map((name) => find(`ui-${name}`));
const sections = [...document.querySelectorAll("section.kind")];
const records = [...document.querySelectorAll("main details")];
const LIMIT = 50; // records that a search shows
const COVERAGE = 0.6; // the share of the words of a search, by weight, that a name must hold
const IN_TEXT = 0.5; // what a word counts that stands in the text of a record only
// Words that name nothing; they count only where nothing else was typed.
const STOP_WORDS = new Set(`a after am an and are at be been before being by can could did do does during for from get give got had
  has have how i in is it massage massaged me my of on or someone that the there this to was what when which while who why with
  you your`.split(/\s+/));

// The packed part

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const packed = await unpack(find("ui-packed").textContent);
const empty = { also: [], names: [], rest: "" };
const unopened = (record) => ({ ...empty, ...packed.records[record.id] });

function fill(record) {
  if (record.dataset.filled) return;
  record.dataset.filled = "yes";
  const { also, rest } = unopened(record);
  record.insertAdjacentHTML("beforeend", rest); // escaped when the file was made
  if (also.length) {
    const line = document.createElement("p");
    line.className = "also";
    line.textContent = `Also called: ${also.join("; ")}`;
    record.append(line);
  }
}

// Words

// Case, accents, possessives and the ae and oe of British spelling make no difference.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/['\u2019]s?(?![\p{L}])/gu, "").replace(/['\u2019]/g, "").replace(/ae|oe/g, "e");
const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// The optimal string alignment distance, or `most` + 1 where it is greater (Damerau 1964).
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const differs = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + differs);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

const errorsAllowed = (length) => (length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3);

// How well a word of a name answers a typed word, from 0 to 1.
function likeness(typed, word) {
  if (typed === word) return 1;
  if (typed.length > 2 && word.startsWith(typed)) return 0.9;
  if (word.length > 3 && typed.startsWith(word) && typed.length - word.length < 4) return 0.8;
  const most = errorsAllowed(typed.length);
  const errors = most ? distance(typed, word, most) : 1;
  return errors <= most ? 0.8 - 0.1 * errors : 0;
}

// The index: every name with its words, and for every word the names that hold it.

const names = records.flatMap((record) => {
  const { also, names } = unopened(record);
  return [record.querySelector("summary b").textContent, record.id, ...also, ...names]
    .map((text) => ({ record, text, words: new Set(words(text)) }));
});
const holders = new Map();
for (const name of names) for (const word of name.words) {
  if (!holders.has(word)) holders.set(word, []);
  holders.get(word).push(name);
}
const weight = (held) => Math.log(1 + names.length / held);

// Each name that holds a typed word or one like it, with the best such word.
function holdersOf(typed) {
  const found = new Map();
  const known = holders.has(typed);
  for (const [word, its] of holders) {
    const like = known ? Number(word === typed) || (word.startsWith(typed) && typed.length > 2 ? 0.9 : 0) : likeness(typed, word);
    for (const name of like ? its : []) {
      if (like > (found.get(name)?.like ?? 0)) found.set(name, { like, word });
    }
  }
  return found;
}

// The hits of a search, best first: {record, score, text, corrections}; of equals, those that stand first in the file.
// A record is a hit by one of its names, or else by all its names and its text together.
function search(text) {
  const all = [...new Set(words(text))];
  const content = all.filter((word) => !STOP_WORDS.has(word));
  const typed = content.length ? content : all;
  const found = typed.map(holdersOf);
  const weights = found.map((its) => weight(Math.max(1, its.size)));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const coverage = (likes) => likes.reduce((sum, like, place) => sum + like * weights[place], 0) / total;
  const together = found.map(() => new Map());
  const best = new Map();
  for (const name of new Set(found.flatMap((its) => [...its.keys()]))) {
    const matched = found.map((its) => its.get(name));
    const likes = matched.map((match) => match?.like ?? 0);
    likes.forEach((like, place) => together[place].set(name.record, Math.max(like, together[place].get(name.record) ?? 0)));
    const share = Math.min(1, matched.filter(Boolean).length / name.words.size);
    const score = coverage(likes) * (0.7 + 0.3 * share);
    if (coverage(likes) < COVERAGE || score <= (best.get(name.record)?.score ?? 0)) continue;
    const corrections = matched.flatMap((match, place) => match && !match.word.startsWith(typed[place]) ? [[typed[place], match.word]] : []);
    best.set(name.record, { record: name.record, score, text: name.text, corrections });
  }
  for (const record of typed.length ? records : []) {
    const covered = coverage(typed.map((word, place) => together[place].get(record) ?? (textOf(record).includes(` ${word}`) ? IN_TEXT : 0)));
    const score = covered * IN_TEXT;
    if (!best.has(record) && covered >= IN_TEXT) best.set(record, { record, score, text: "", corrections: [] });
  }
  return [...best.values()].sort((one, other) => other.score - one.score || records.indexOf(one.record) - records.indexOf(other.record));
}

const texts = new Map();
function textOf(record) {
  if (!texts.has(record)) {
    const page = `${record.textContent} ${unopened(record).rest.replace(/<[^>]*>/g, " ")}`;
    texts.set(record, ` ${words(page).join(" ")}`);
  }
  return texts.get(record);
}

function reason({ text, corrections }) {
  const read = corrections.map(([typed, word]) => `\u201c${typed}\u201d read as \u201c${word}\u201d; `).join("");
  return text ? `${read}matched \u201c${text}\u201d` : "in its names and text";
}

// What is shown

function passes(record) {
  return [...new FormData(form)].every(([facet, wanted]) => !wanted || (record.dataset[facet] ?? "").split(" ").includes(wanted));
}

function show() {
  for (const why of hits.querySelectorAll(".why")) why.remove();
  const typed = query.value.trim();
  const found = typed ? search(typed).filter(({ record }) => passes(record)) : [];
  hits.hidden = !found.length;
  for (const section of sections) section.append(...records.filter((record) => record.dataset.kind === section.dataset.kind));
  for (const hit of found.slice(0, LIMIT)) {
    const why = document.createElement("span");
    why.className = "why";
    why.textContent = reason(hit);
    hit.record.querySelector("summary").append(why);
    hit.record.hidden = false;
    hits.append(hit.record);
  }
  for (const section of sections) {
    const own = [...section.querySelectorAll("details")];
    for (const record of own) record.hidden = Boolean(typed) || !passes(record);
    section.hidden = own.every((record) => record.hidden);
  }
  report(typed, found.length);
}

const counted = (number) => number.toLocaleString("en-GB");

function report(typed, count) {
  const shown = records.filter((record) => !record.hidden).length;
  if (typed) status.textContent = count ? `${count} found${count > LIMIT ? `, the best ${LIMIT} shown` : ""}.` : `Nothing matches \u201c${typed}\u201d.`;
  else status.textContent = `${shown < records.length ? `${counted(shown)} of ` : ""}${counted(records.length)} records.`;
  absence.hidden = shown > 0;
}

// Open the record that the address names; a withdrawn id leads to its heirs.
function follow() {
  const id = location.hash.slice(1);
  if (!id || id.startsWith("ui-")) return;
  const [heir = id, ...others] = packed.heirs[id] ?? [];
  const record = find(heir)?.closest("details");
  if (record?.hidden) clear();
  if (record) open(record);
  if (heir !== id) status.textContent = `${id} was withdrawn; see ${[heir, ...others].join(", ")}.`;
  else if (!record) status.textContent = `No record is called \u201c${id}\u201d.`;
}

function open(record) {
  fill(record);
  record.open = true;
  record.scrollIntoView();
  record.querySelector("summary").focus({ preventScroll: true });
}

function clear() {
  form.reset();
  show();
}

let wait;
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("button").addEventListener("click", (event) => {
  event.preventDefault();
  clear();
});
form.addEventListener("change", ({ target }) => target !== query && show());
query.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(show, 120);
});
document.querySelector("main").addEventListener("toggle", ({ target }) => {
  if (target.open) {
    fill(target);
    history.replaceState(null, "", `#${target.id}`);
  }
}, true);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.matches("input, select")) {
    event.preventDefault();
    query.focus();
  } else if (event.key === "Escape" && !event.target.matches("select")) {
    clear();
    query.focus();
  }
});
addEventListener("hashchange", follow);
// A link to the address that is there already, such as that of a record that was closed, changes no hash.
document.addEventListener("click", ({ target }) => target.closest("a[href^='#']") && setTimeout(follow));
form.hidden = false;
show();
follow();
