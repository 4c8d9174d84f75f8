// Asks the control API every two seconds and shows what it says. Names are put in as text, never as markup.
const everyMilliseconds = 2000;
const callsShown = 50;
const firstFiles = 100;
const mostFiles = 1000;
const byId = id => document.getElementById(id);
let token = sessionStorage.getItem("control-token");
let bucket = null;
let shown = firstFiles;
let lastCall = 0;
let calls = [];
let names = new Map();
const drawn = new Map();

class Refused extends Error {
  constructor(status, message) { super(message); this.status = status; }
}

async function ask(path, method = "GET") {
  const response = await fetch(path, { method, headers: token ? { Authorization: `Bearer ${token}` } : {} });
  const answer = await response.json();
  if (!response.ok) throw new Refused(response.status, answer.message);
  return answer;
}

// Control characters and bidirectional overrides are shown as what they are.
const visible = text => String(text).replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2066-\u206f\ufeff]/g,
  character => "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0"));

// Lengths of time below a minute come in milliseconds and seconds; a tenth of a millisecond is enough.
const took = time => time.replace(/^(\d+\.?\d*)ms$/, (_, number) => `${Number(number).toFixed(1)} ms`);

const bytes = count => count == null ? "" : count.toLocaleString("en");
const moment = time => time == null ? "" : new Date(time).toISOString().replace("T", " ").replace(/\.\d+Z$/, "");

function cell(text, className = "") {
  const cell = document.createElement("td");
  cell.className = className;
  if (text instanceof Node) cell.append(text);
  else cell.textContent = text == null ? "" : visible(text);
  return cell;
}

function isolated(text, element = "bdi") {
  const node = document.createElement(element);
  node.textContent = visible(text);
  // Blanks at an end are seen only by what is behind them.
  node.classList.toggle("blanks", /^\s|\s$/.test(text));
  return node;
}

// What has not changed is left alone, with what is selected in it; and who stands on a link still does on the new one.
function fill(id, items, cells, emptyId) {
  const content = JSON.stringify([items, location.hash]);
  if (drawn.get(id) === content) return;
  drawn.set(id, content);
  const table = byId(id);
  const link = table.contains(document.activeElement) ? document.activeElement.hash : null;
  table.tBodies[0].replaceChildren(...items.map(item => {
    const row = document.createElement("tr");
    row.append(...cells(item));
    return row;
  }));
  table.hidden = items.length === 0;
  byId(emptyId).hidden = items.length > 0;
  if (link) [...table.querySelectorAll("a")].find(other => other.hash === link)?.focus();
}

function showStatus(status) {
  byId("version").textContent = status.version ?? "";
  byId("url").textContent = status.url;
  byId("key-id").textContent = status.applicationKeyId;
  byId("kept").textContent = status.isDurable ? "a folder" : "memory";
  byId("now").textContent = moment(status.now) + " UTC";
  byId("now").dateTime = status.now;
  byId("frozen").hidden = !status.isFrozen;
  byId("lenient-row").hidden = status.lenient.length === 0;
  byId("lenient").textContent = status.lenient.join(", ");
}

function showBuckets(buckets) {
  byId("buckets-count").textContent = buckets.length || "";
  names = new Map(buckets.map(row => [row.bucketId, row.bucketName]));
  fill("buckets", buckets, row => {
    const open = document.createElement("a");
    open.href = "#" + row.bucketId;
    open.append(isolated(row.bucketName));
    if (open.hash === location.hash) open.setAttribute("aria-current", "true");
    const more = row.areMore ? "over " : "";
    return [cell(open, "name"), cell(row.bucketType), cell(isolated(row.accountId, "code"), "faint"),
      cell(more + bytes(row.versions), "number"), cell(more + bytes(row.sizeInBytes), "number")];
  }, "no-buckets");
  const opened = buckets.find(row => "#" + row.bucketId === location.hash);
  if (opened?.bucketId !== bucket?.bucketId) choose(opened || null);
}

function showFiles(files) {
  byId("bucket-name").textContent = visible(bucket.bucketName);
  fill("files", files.versions, row => [
    cell(isolated(row.fileName), "name"), cell(row.action, row.action === "upload" ? "good" : "faint"), cell(bytes(row.contentLength), "number"),
    cell(row.contentType, "faint"), cell(moment(row.uploadTimestamp), "short"), cell(isolated(row.contentSha1 ?? "", "code"), "faint"),
  ], "no-files");
  byId("more").hidden = files.nextFileName == null || shown >= mostFiles;
  byId("too-many").hidden = files.nextFileName == null || shown < mostFiles;
}

function showFaults(faults) {
  byId("faults-count").textContent = faults.length || "";
  fill("faults", faults, row => {
    const { operation, accountId, bucket, fileName, skip, every, count, probability, seed, ...effects } = row.fault;
    const whom = [operation ?? "any operation", bucket && `in ${bucket}`, fileName && `of ${fileName}`, accountId && `by ${accountId}`,
      skip && `after ${skip}`, every && `every ${every}`, count && `${count} at most`, probability && `by chance ${probability}`].filter(Boolean).join(", ");
    const what = Object.entries(effects).filter(([, value]) => value !== false).map(([name, value]) => value === true ? name : `${name} ${value}`).join(", ");
    return [cell(isolated(row.id, "code")), cell(isolated(whom), "name"), cell(isolated(what), "name"),
      cell(bytes(row.matched), "number"), cell(bytes(row.fired) + (row.isSpent ? " (spent)" : ""), "number")];
  }, "no-faults");
}

function showCalls(counts) {
  const { A, B, C } = counts.transactions;
  byId("calls-count").textContent = `transactions: A ${bytes(A)}, B ${bytes(B)}, C ${bytes(C)}`;
  fill("calls", calls, row => {
    const about = [row.bucketName ?? names.get(row.bucketId) ?? row.bucketId, row.fileName ?? row.fileId].filter(Boolean).join(" / ");
    const answer = row.status == null ? "none" : [row.status, row.code].filter(Boolean).join(" ");
    return [cell(moment(row.time), "short"), cell(isolated(row.operation, "code")), cell(isolated(about), "name clamped"), cell(isolated(row.accountId ?? "", "code"), "faint"),
      cell(answer, row.status >= 200 && row.status < 300 ? "good" : "bad"), cell(bytes(row.bytesIn), "number"), cell(bytes(row.bytesOut), "number"),
      cell(took(row.duration), "number short"), cell(row.fault ?? "", "faint")];
  }, "no-calls");
}

async function readCalls() {
  // The newest are wanted, however many there were: the counter of the last one tells where they begin.
  let page;
  do {
    page = await ask(`journal?since=${lastCall}`);
    calls = [...page.entries.reverse(), ...calls].slice(0, callsShown);
    lastCall = page.next;
  } while (page.entries.length >= 1000);
}

async function refresh() {
  try {
    showStatus(await ask("status"));
    showBuckets((await ask("buckets?limit=1000")).buckets);
    showFaults((await ask("faults")).faults);
    await readCalls();
    showCalls(await ask("journal/counts"));
    if (bucket) await refreshFiles();
    byId("ask").hidden = true;
    byId("all").hidden = byId("reset").hidden = false;
    byId("state").textContent = "";
    document.documentElement.dataset.ready = "true";
  } catch (problem) {
    if (problem.status === 401) return askForToken();
    byId("state").textContent = problem.status ? problem.message : "The emulator does not answer.";
  }
}

async function refreshFiles() {
  try {
    const wanted = () => bucket && `buckets/${bucket.bucketId}/versions?limit=${shown}&prefix=${encodeURIComponent(byId("prefix").value)}`;
    const asked = wanted();
    const files = await ask(asked);
    // Whoever types on is answered the last question.
    if (wanted() !== asked) return;
    showFiles(files);
    if (byId("files-section").hidden) {
      byId("files-section").hidden = false;
      byId("files-title").focus();
    }
  } catch (problem) {
    if (problem.status !== 404) throw problem;
    close();
  }
}

function askForToken() {
  byId("all").hidden = byId("reset").hidden = true;
  byId("ask").hidden = false;
  byId("ask-problem").textContent = token ? "That is not the token." : "";
  document.documentElement.dataset.ready = "true";
}

function choose(row) {
  bucket = row;
  shown = firstFiles;
  byId("prefix").value = "";
  byId("files-section").hidden = true;
}

function close() {
  const link = document.querySelector("#buckets a[aria-current]");
  history.replaceState(null, "", location.pathname);
  choose(null);
  link?.focus();
}

// Nothing that cannot be undone happens at one click.
function confirmReset() {
  const button = byId("reset");
  const isSure = button.classList.toggle("sure");
  button.textContent = isSure ? "Really? Click again" : "Reset everything";
  return !isSure;
}

async function reset() {
  if (!confirmReset()) return;
  try {
    await ask("reset", "POST");
    calls = [];
    close();
  } catch (problem) {
    byId("state").textContent = problem.message;
  }
  await refresh();
}

byId("reset").addEventListener("click", reset);
byId("reset").addEventListener("blur", () => byId("reset").classList.contains("sure") && confirmReset());
byId("close").addEventListener("click", close);
byId("more").addEventListener("click", () => { shown = Math.min(mostFiles, shown * 3); refresh(); });
byId("prefix").addEventListener("input", () => { shown = firstFiles; refresh(); });
addEventListener("hashchange", refresh);
byId("ask").addEventListener("submit", event => {
  event.preventDefault();
  token = byId("token").value;
  sessionStorage.setItem("control-token", token);
  byId("token").value = "";
  refresh();
});

async function run() {
  await refresh();
  setTimeout(run, everyMilliseconds);
}
run();
