// Pages work without this. It moves the focus to what went wrong, keeps a form from being sent twice, also after going
// back, and refreshes a page that shows what others work on too.
"use strict";

document.querySelector("[data-focus-first]")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

// Coming back with the back button, a page is shown as it was left: its forms may be sent again.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) delete form.dataset.sent;
});

// Or it is asked for anew: then its forms keep the ids they had, so that sending one again is sending it once.
const ids = () => [...document.querySelectorAll("form input[name=key]")];
const remember = () => history.replaceState({ ids: ids().map((field) => field.value) }, "");
const known = performance.getEntriesByType("navigation")[0]?.type === "back_forward" ? history.state?.ids : undefined;
if (known?.length === ids().length) ids().forEach((field, n) => (field.value = known[n]));
else remember();

// News: the page hears that something changed, and looks for itself. Who is typing is told, and loses nothing.
const news = document.querySelector("[data-news]");
const main = document.querySelector("main");
const PAUSE = 2000;
let stream, isTouched = false, isDue = false, isRefreshing = false;

const listen = () => {
  if (!news || stream || document.hidden) return;
  stream = new EventSource(news.dataset.news);
  stream.addEventListener("message", refresh);
};

const letGo = () => {
  stream?.close();
  stream = undefined;
};

async function refresh() {
  isDue = true;
  if (isRefreshing) return;
  isRefreshing = true;
  while (isDue) {
    isDue = false;
    await lookAgain().catch(() => {}); // Without a network the page stays as it is.
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  isRefreshing = false;
}

async function lookAgain() {
  if (isInUse()) return sayThatItWaits();
  const answer = await fetch(location.href, { headers: { "Startloket-By-Itself": "yes" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (isInUse()) return sayThatItWaits();
  news.dataset.news = fresh.querySelector("[data-news]")?.dataset.news ?? news.dataset.news;
  document.title = fresh.title;
  if (takeOver(fresh.querySelector("main"))) sayThatItIsNew();
}

const isInUse = () =>
  isTouched ||
  main.contains(document.activeElement?.closest("input, select, textarea")) ||
  [...document.forms].some((form) => form.dataset.sent) ||
  [...main.querySelectorAll("input, textarea")].some(
    (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  );

const sayThatItWaits = () => {
  letGo();
  news.querySelector("[data-news-waits]").hidden = false;
};

const sayThatItIsNew = () => {
  const said = news.querySelector("[data-news-refreshed]");
  said.hidden = true;
  setTimeout(() => (said.hidden = false), 100); // Only what appears is read out.
};

// Replace the parts that differ, and say whether any did. The focus, what was unfolded and the place on the page stay.
const takeOver = (fresh) => {
  const focused = main.contains(document.activeElement) ? markOf(document.activeElement) : undefined;
  const unfolded = [...main.querySelectorAll("details[open] > summary")].map(markOf);
  const [before, after] = [parts(main), parts(fresh)];
  const isAlike = before.length === after.length;
  const differing = before.filter((part, n) => !isAlike || plain(part) !== plain(after[n]));
  const [x, y] = [scrollX, scrollY];
  if (isAlike) before.forEach((part, n) => (differing.includes(part) ? part.replaceWith(after[n]) : renew(part, after[n])));
  else {
    before.forEach((part) => part.remove());
    main.append(...after);
  }
  unfolded.forEach((mark) => find(mark)?.parentElement.setAttribute("open", ""));
  if (focused && !main.contains(document.activeElement)) find(focused)?.focus({ preventScroll: true });
  scrollTo({ left: x, top: y, behavior: "instant" });
  remember();
  return differing.length > 0 || !isAlike;
};

// What was just done stays said.
const parts = (whole) => [...whole.children].filter((part) => part.getAttribute("role") !== "status");

// How a part reads: what a form carries along is another each time.
const plain = (part) => {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("input[type=hidden]").forEach((field) => field.removeAttribute("value"));
  copy.querySelectorAll("details").forEach((fold) => fold.removeAttribute("open"));
  return copy.outerHTML;
};

const renew = (part, fresh) => {
  const carried = fresh.querySelectorAll("input[type=hidden]");
  part.querySelectorAll("input[type=hidden]").forEach((field, n) => (field.value = carried[n].value));
};

const keyOf = (element) =>
  [element.id, element.getAttribute("href"), element.getAttribute("name"), element.textContent.trim()].join("\n");

const twins = (tag, key) => [...main.querySelectorAll(tag)].filter((one) => keyOf(one) === key);

const markOf = (element) => {
  const [tag, key] = [element.tagName, keyOf(element)];
  return { tag, key, place: twins(tag, key).indexOf(element) };
};

const find = ({ tag, key, place }) => twins(tag, key)[place];

if (news) {
  main.addEventListener("input", () => (isTouched = true));
  document.addEventListener("visibilitychange", () => (document.hidden ? letGo() : listen()));
  window.addEventListener("pagehide", letGo);
  window.addEventListener("pageshow", listen);
}
