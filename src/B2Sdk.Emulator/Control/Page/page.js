// Asks the control API every two seconds and shows what it says. Names are put in as text, never as markup.
const everyMilliseconds = 2000;
const callsShown = 50;
const byId = id => document.getElementById(id);
let token = sessionStorage.getItem("control-token");
let bucket = null;
let shown = 100;
let lastCall = 0;
let calls = [];
let names = new Map();

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
const visible = text => String(text).replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g,
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
  return node;
}

function fill(id, rows, emptyId) {
  byId(id).tBodies[0].replaceChildren(...rows.map(cells => {
    const row = document.createElement("tr");
    row.append(...cells);
    return row;
  }));
  byId(id).hidden = rows.length === 0;
  byId(emptyId).hidden = rows.length > 0;
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
  fill("buckets", buckets.map(row => {
    const open = document.createElement("button");
    open.type = "button";
    open.append(isolated(row.bucketName));
    open.addEventListener("click", () => choose(row));
    const more = row.areMore ? "over " : "";
    return [cell(open, "name"), cell(row.bucketType), cell(isolated(row.accountId, "code"), "faint"),
      cell(more + bytes(row.versions), "number"), cell(more + bytes(row.sizeInBytes), "number")];
  }), "no-buckets");
}

function showFiles(files) {
  byId("bucket-name").textContent = visible(bucket.bucketName);
  fill("files", files.versions.map(row => [
    cell(isolated(row.fileName), "name"), cell(row.action, row.action === "upload" ? "good" : "faint"), cell(bytes(row.contentLength), "number"),
    cell(row.contentType, "faint"), cell(moment(row.uploadTimestamp), "short"), cell(isolated(row.contentSha1 ?? "", "code"), "faint"),
  ]), "no-files");
  byId("more").hidden = files.nextFileName == null;
}

function showFaults(faults) {
  byId("faults-count").textContent = faults.length || "";
  fill("faults", faults.map(row => {
    const { operation, accountId, bucket, fileName, skip, every, count, probability, seed, ...effects } = row.fault;
    const whom = [operation ?? "any operation", bucket && `in ${bucket}`, fileName && `of ${fileName}`, accountId && `by ${accountId}`,
      skip && `after ${skip}`, every && `every ${every}`, count && `${count} at most`, probability && `by chance ${probability}`].filter(Boolean).join(", ");
    const what = Object.entries(effects).filter(([, value]) => value !== false).map(([name, value]) => value === true ? name : `${name} ${value}`).join(", ");
    return [cell(isolated(row.id, "code")), cell(isolated(whom), "name"), cell(isolated(what), "name"),
      cell(bytes(row.matched), "number"), cell(bytes(row.fired) + (row.isSpent ? " (spent)" : ""), "number")];
  }), "no-faults");
}

function showCalls(counts) {
  const { A, B, C } = counts.transactions;
  byId("calls-count").textContent = `transactions: A ${bytes(A)}, B ${bytes(B)}, C ${bytes(C)}`;
  fill("calls", calls.map(row => {
    const about = [row.bucketName ?? names.get(row.bucketId) ?? row.bucketId, row.fileName ?? row.fileId].filter(Boolean).join(" / ");
    const answer = row.status == null ? "none" : [row.status, row.code].filter(Boolean).join(" ");
    return [cell(moment(row.time), "short"), cell(isolated(row.operation, "code")), cell(isolated(about), "name"), cell(isolated(row.accountId ?? "", "code"), "faint"),
      cell(answer, row.status >= 200 && row.status < 300 ? "good" : "bad"), cell(bytes(row.bytesIn), "number"), cell(bytes(row.bytesOut), "number"),
      cell(took(row.duration), "number short"), cell(row.fault ?? "", "faint")];
  }), "no-calls");
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
    showFiles(await ask(`buckets/${bucket.bucketId}/versions?limit=${shown}`));
    byId("files-section").hidden = false;
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
  shown = 100;
  refresh();
}

function close() {
  bucket = null;
  byId("files-section").hidden = true;
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
byId("more").addEventListener("click", () => { shown = Math.min(1000, shown * 3); refresh(); });
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
