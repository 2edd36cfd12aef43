// Keeps an open page up to date: fetches it again and replaces the parts that have changed.
"use strict";
(() => {
  const PERIOD = 1000;
  const RETRY = 2500;
  const SLOWEST = 10000;
  const times = new Intl.DateTimeFormat(undefined, {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  const connection = document.getElementById("connection");
  let lastGood = new Date();

  /** Times in the zone of the reader, the original as a hint. */
  function localize(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const instant = new Date(time.dateTime);
      if (!Number.isNaN(instant.getTime())) {
        time.title = time.textContent;
        time.textContent = times.format(instant);
      }
    }
  }

  function isAtEnd(log) {
    return log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  }

  function toEnd(root) {
    for (const log of root.querySelectorAll("[data-follow]")) {
      log.scrollTop = log.scrollHeight;
    }
  }

  /** Replaces a part; focus, and where a log or a table was scrolled to, stay. */
  function replace(part, next) {
    if (part.innerHTML === next.innerHTML) {
      return;
    }
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed && part.contains(selection.anchorNode)) {
      return;
    }
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    const focused = active && {
      id: active.id, href: active.getAttribute("href"), label: active.getAttribute("aria-label"),
    };
    const logs = new Map();
    for (const log of part.querySelectorAll("[data-follow]")) {
      logs.set(log.id, isAtEnd(log) ? null : log.scrollTop);
    }
    const scrolled = [...part.querySelectorAll(".table")].map((box) => box.scrollLeft);
    part.replaceChildren(...next.childNodes);
    for (const log of part.querySelectorAll("[data-follow]")) {
      const top = logs.get(log.id);
      log.scrollTop = typeof top === "number" ? top : log.scrollHeight;
    }
    part.querySelectorAll(".table").forEach((box, i) => { box.scrollLeft = scrolled[i] || 0; });
    if (focused) {
      const same = [...part.querySelectorAll("a, [tabindex], button, input")].find((element) =>
        element.id === focused.id && element.getAttribute("href") === focused.href
          && element.getAttribute("aria-label") === focused.label);
      if (same) {
        same.focus({preventScroll: true});
      }
    }
  }

  function say(message) {
    if (connection.textContent !== message) {
      connection.textContent = message;
    }
    connection.hidden = message === "";
  }

  async function refresh() {
    const answer = await fetch(location.href, {cache: "no-store", redirect: "error"});
    if (answer.status === 401 || answer.status === 403) {
      say("This page belongs to a portal that has ended. Open the address that the new one printed.");
      return;
    }
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    localize(next);
    const main = next.getElementById("main");
    if (!main) {
      throw new Error("no page");
    }
    if (!answer.ok) {
      say(next.querySelector("#failure .notice").textContent.trim()
        + " This page shows the state of " + times.format(lastGood) + ".");
      return;
    }
    lastGood = new Date();
    say("");
    if (document.getElementById("failure")) {
      location.reload();
      return;
    }
    for (const part of document.querySelectorAll("[data-live]")) {
      const other = next.getElementById(part.id);
      if (other) {
        replace(part, other);
      }
    }
  }

  async function follow() {
    let wait = PERIOD;
    if (!document.hidden) {
      const start = performance.now();
      try {
        await refresh();
        wait = Math.min(SLOWEST, Math.max(PERIOD, 3 * (performance.now() - start)));
      } catch (e) {
        wait = RETRY;
        say("No connection to Twinbatch: the run or the portal has ended. This page shows the state of "
          + times.format(lastGood) + ".");
      }
    }
    setTimeout(follow, wait);
  }

  localize(document);
  toEnd(document);
  const main = document.getElementById("main");
  if (main && main.hasAttribute("data-refresh")) {
    setTimeout(follow, PERIOD);
  }
})();
