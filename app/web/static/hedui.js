// The one script of the portal. Every page works without it; it only spares waiting and clicks.
"use strict";
(() => {
  const POLL_EVERY_MS = 2000;
  const SENT_AGAIN_AFTER_MS = 4000;

  // Questions before what cannot be undone, and no sending twice.
  function onSubmit(event) {
    const form = event.target;
    const asker = event.submitter?.closest("[data-confirm]") ?? form.closest("form[data-confirm]");
    if (form.dataset.sent || (asker && !window.confirm(asker.dataset.confirm))) {
      event.preventDefault();
      return;
    }
    if (form.method !== "post") return;
    markSent(form, true);
    if (form.hasAttribute("data-upload") && hasFile(form)) {
      event.preventDefault();
      sendWithProgress(form, event.submitter);
    } else {
      // A download leaves the page where it is.
      window.setTimeout(() => markSent(form, false), SENT_AGAIN_AFTER_MS);
    }
  }

  function markSent(form, sent) {
    if (sent) form.dataset.sent = "1";
    else delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) {
      if (sent) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }

  // Files: progress while they are sent, then the answer as if the browser had sent the form.
  function hasFile(form) {
    return [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
  }

  function sendWithProgress(form, submitter) {
    const holder = form.querySelector("[data-upload-progress]");
    const request = new XMLHttpRequest();
    request.open("POST", submitter?.getAttribute("formaction") || form.action);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) showProgress(holder, event.loaded, event.total, percent(event));
    };
    request.upload.onload = () => showText(holder, "已上传，正在检查");
    request.onload = () => showPage(request);
    request.onerror = () => {
      showText(holder, "上传中断，请检查网络后重新提交");
      markSent(form, false);
    };
    if (holder) holder.hidden = false;
    const data = new FormData(form);
    if (submitter?.name) data.append(submitter.name, submitter.value);
    request.send(data);
  }

  function percent(event) {
    return `${Math.round((event.loaded * 100) / event.total)} %`;
  }

  // The head stays, so that nothing flickers; on the same page the eye and the focus stay as well.
  function showPage(request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const said = document.activeElement?.getAttribute("aria-label");
    const isSame = new URL(request.responseURL).pathname === window.location.pathname;
    const place = isSame && !page.querySelector("[data-errors]") ? window.scrollY : 0;
    window.history.pushState(null, "", request.responseURL);
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    window.scrollTo(0, place);
    if (isSame && said) document.querySelector(`main [aria-label="${CSS.escape(said)}"]`)?.focus({ preventScroll: true });
    start();
  }

  // Work in the background.
  function poll(holder) {
    window.setTimeout(async () => {
      if (!holder.isConnected) return;
      try {
        const answer = await fetch(holder.dataset.progressUrl, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(answer.statusText);
        const state = await answer.json();
        showText(holder, state.text);
        showProgress(holder, state.done, state.total);
        if (state.finished && holder.hasAttribute("data-progress-quiet")) return;
        if (state.finished) {
          if (state.location) window.location.assign(state.location);
          else window.location.reload();
          return;
        }
      } catch {
        showText(holder, "暂时取不到进度，正在重试");
      }
      poll(holder);
    }, POLL_EVERY_MS);
  }

  function showText(holder, text) {
    const place = holder?.querySelector("[data-progress-text]");
    if (place && text) place.textContent = text;
  }

  function showProgress(holder, done, total, words) {
    if (!holder) return;
    const bar = holder.querySelector("progress");
    if (total) {
      bar.max = total;
      bar.value = done;
    }
    const number = total ? `${format(done)} / ${format(total)}` : format(done);
    holder.querySelector("[data-progress-number]").textContent = words ?? number;
  }

  function format(number) {
    return Number(number).toLocaleString("en-US");
  }

  // A form that is checked and kept while one types.
  const CHECK_AFTER_MS = 700;
  const KEEP_EVERY_MS = 5000;

  function watchTyping(form) {
    const state = { form, changed: false, timer: 0, kept: Date.now(), asked: 0 };
    form.addEventListener("input", () => {
      state.changed = true;
      window.clearTimeout(state.timer);
      const soon = Date.now() - state.kept > KEEP_EVERY_MS ? 0 : CHECK_AFTER_MS;
      state.timer = window.setTimeout(() => checkTyped(state), soon);
    });
    form.addEventListener("focusout", (event) => {
      if (!event.target.name) return;
      event.target.dataset.left = "1";
      if (form.isConnected && !form.dataset.sent) checkTyped(state);
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input, select")) goOn(event, form);
      if (event.altKey && event.key.toLowerCase() === "n") addRow(event, form);
    });
    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-add-row]")) addRow(event, form);
      const remove = event.target.closest("[data-remove-row]");
      if (remove) removeRow(event, remove.closest("[data-row]"), state);
    });
    form.addEventListener("submit", () => {
      state.changed = false;
      window.clearTimeout(state.timer);
    });
    window.addEventListener("pagehide", () => {
      if (state.changed && form.isConnected) navigator.sendBeacon(form.dataset.check, new FormData(form));
    });
    markFirst(form);
  }

  async function checkTyped(state) {
    const { form } = state;
    window.clearTimeout(state.timer);
    const asked = ++state.asked;
    const sent = state.changed;
    state.changed = false;
    state.kept = Date.now();
    const place = form.querySelector("[data-saved]");
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const found = await answer.json();
      if (asked === state.asked) showFound(form, found);
      if (place && place.textContent !== found.saved) place.textContent = found.saved;
    } catch {
      state.changed = state.changed || sent;
      if (place) place.textContent = "暂时不能保存，请检查网络；登录已失效的，请重新登录后继续";
    }
  }

  function showFound(form, found) {
    for (const [name, value] of Object.entries(found.proposals)) {
      const field = form.elements[name];
      if (field && !field.value && field !== document.activeElement) field.value = value;
    }
    [...form.querySelectorAll("[data-row]")].forEach((row, place) => {
      row.querySelector("[data-facts]").textContent = found.facts[place] ?? "";
      row.dataset.place = place;
      for (const part of found.parts[place] ?? []) row.querySelector(`[data-part="${part}"]`).open = true;
    });
    for (const field of form.elements) {
      const holder = field.name && document.getElementById(`${field.id}-error`);
      if (!holder) continue;
      const row = field.closest("[data-row]");
      const key = row ? field.name.replace(/^p\d+/, `p${row.dataset.place}`) : field.name;
      const isBlank = found.blank.includes(key);
      const fault = isBlank && !field.dataset.left ? "" : (found.faults[key] ?? "");
      const waits = field === document.activeElement && !field.hasAttribute("aria-invalid");
      if (waits && fault) continue;
      if (holder.textContent !== fault) holder.textContent = fault;
      if (fault) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (fault) field.closest("details")?.setAttribute("open", "");
    }
  }

  function goOn(event, form) {
    event.preventDefault();
    const fields = [...form.querySelectorAll("input, select, [data-add-row]")].filter(
      (field) => field.type !== "hidden" && field.offsetParent,
    );
    fields[fields.indexOf(event.target) + 1]?.focus();
  }

  function addRow(event, form) {
    event.preventDefault();
    const rows = form.querySelector("[data-rows]");
    const used = [...rows.querySelectorAll("[name]")].map((field) => Number(/^p(\d+)-/.exec(field.name)?.[1] ?? -1));
    const next = String(Math.max(-1, ...used) + 1);
    const pattern = form.querySelector("[data-row-pattern]").innerHTML.replaceAll("__N__", next);
    rows.insertAdjacentHTML("beforeend", pattern);
    numberRows(rows);
    rows.lastElementChild.querySelector("input").focus();
  }

  function removeRow(event, row, state) {
    event.preventDefault();
    const rows = row.parentElement;
    const typed = row.querySelector("[name$='-name']").value.trim();
    if (rows.children.length < 2 || (typed && !window.confirm(`确定从本户中删除 ${typed} 吗？`))) return;
    const near = row.previousElementSibling ?? row.nextElementSibling;
    row.remove();
    numberRows(rows);
    near.querySelector("input").focus();
    state.changed = true;
    checkTyped(state);
  }

  function numberRows(rows) {
    [...rows.children].forEach((row, place) => {
      row.id = `person-${place + 1}`;
      row.querySelector("[data-row-number]").textContent = place + 1;
    });
  }

  // A form of one sending that is judged while one types: nothing is kept, no file is sent.
  function watchJudged(form) {
    const state = { form, timer: 0, asked: 0 };
    form.addEventListener("input", () => {
      window.clearTimeout(state.timer);
      state.timer = window.setTimeout(() => judgeTyped(state), CHECK_AFTER_MS);
    });
    form.addEventListener("focusout", (event) => {
      if (!event.target.name || event.target.type === "file") return;
      event.target.dataset.left = "1";
      if (form.isConnected && !form.dataset.sent) judgeTyped(state);
    });
  }

  async function judgeTyped(state) {
    const { form } = state;
    window.clearTimeout(state.timer);
    const asked = ++state.asked;
    const typed = new FormData(form);
    for (const field of form.querySelectorAll("input[type=file]")) typed.delete(field.name);
    try {
      const answer = await fetch(form.dataset.judge, { method: "POST", body: typed });
      if (!answer.ok || answer.redirected) return;
      const found = await answer.json();
      if (asked === state.asked) showJudged(form, found);
    } catch {
      // Without an answer the form is judged when it is sent, as without the script.
    }
  }

  function showJudged(form, found) {
    for (const field of form.querySelectorAll(".field :is(input, select, textarea)[name]")) {
      if (!found.judged.includes(field.name)) continue;
      const isBlank = found.blank.includes(field.name);
      const fault = isBlank && !field.dataset.left ? "" : (found.faults[field.name] ?? "");
      const isWaiting = field === document.activeElement && !field.hasAttribute("aria-invalid");
      if (!(isWaiting && fault)) showFault(field, fault);
    }
  }

  function showFault(field, fault) {
    const told = `${field.id}-error`;
    let place = document.getElementById(told);
    if (!place && !fault) return;
    if (!place) {
      place = document.createElement("p");
      Object.assign(place, { id: told, className: "error" });
      place.setAttribute("aria-live", "polite");
      field.closest(".field").append(place);
    }
    if (place.textContent !== fault) place.textContent = fault;
    place.hidden = !fault;
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== told);
    field.setAttribute("aria-describedby", [...described, ...(fault ? [told] : [])].join(" "));
    if (fault) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  // Where one begins to type: the first field that is still empty.
  function markFirst(form) {
    if (document.querySelector("[data-errors]") || window.location.hash) return;
    [...form.querySelectorAll("input:not([type=hidden])")].find((field) => !field.value && field.offsetParent)?.focus();
  }

  // Selecting rows.
  function countSelected(form) {
    const rows = [...form.querySelectorAll("input[data-select]")];
    const matching = form.querySelector("input[data-select-matching]");
    const picked = rows.filter((row) => row.checked).length;
    const count = matching?.checked ? Number(matching.dataset.selectMatching) : picked;
    for (const place of form.querySelectorAll("[data-selected-count]")) place.textContent = format(count);
    for (const button of form.querySelectorAll("[data-needs-selection]")) button.disabled = count === 0;
    const all = form.querySelector("input[data-select-all]");
    if (!all) return;
    all.checked = rows.length > 0 && picked === rows.length;
    all.indeterminate = picked > 0 && picked < rows.length;
  }

  function onChange(event) {
    const input = event.target;
    if (input.matches("input[data-drop-input]")) nameFile(input);
    if (input.matches("input[data-send-at-once]") && input.files.length) input.form.requestSubmit();
    if (input.matches("[data-keys-off]")) {
      if (input.checked) window.localStorage.setItem(KEYS_OFF, "1");
      else window.localStorage.removeItem(KEYS_OFF);
    }
    const form = input.closest("form[data-bulk]");
    if (!form) return;
    if (input.matches("[data-select-all]")) {
      for (const row of form.querySelectorAll("input[data-select]")) row.checked = input.checked;
    }
    countSelected(form);
  }

  // Dropping a file.
  function nameFile(input) {
    const place = input.closest("[data-drop]")?.querySelector("[data-drop-name]");
    if (place) place.textContent = [...input.files].map((file) => `${file.name}（${format(Math.ceil(file.size / 1024))} KB）`).join("、");
  }

  function onDrag(event) {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("over", event.type === "dragover");
    if (event.type !== "drop") return;
    const input = zone.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Keys of a form or section with data-keys, while the focus is inside it.
  function onShortcut(event) {
    const place = event.target.closest?.("[data-keys]");
    if (!place || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
    const key = event.key.toLowerCase();
    if (key === "enter" && event.target.matches("a, button, summary")) return;
    if (key === "n" || key === "p") {
      event.preventDefault();
      moveSheet(key === "n" ? 1 : -1);
      return;
    }
    const wanted = place.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  }

  // The next sheet (or person) comes to the top of its pane, or of the window.
  function moveSheet(step) {
    const sheets = [...document.querySelectorAll(".sheet, .against")];
    if (!sheets.length) return;
    const from = Number(document.body.dataset.sheet ?? -1);
    const to = Math.min(Math.max(from + step, 0), sheets.length - 1);
    document.body.dataset.sheet = to;
    sheets[to].scrollIntoView({ block: "start" });
  }

  function onFocus(event) {
    const shown = event.target.matches?.("[data-shows]") && document.getElementById(event.target.dataset.shows);
    if (!shown) return;
    document.body.dataset.sheet = [...document.querySelectorAll(".sheet, .against")].indexOf(shown);
    const pane = shown.closest("[data-pane]");
    if (pane) pane.scrollTop = shown.offsetTop - pane.offsetTop;
  }

  function tickAll(button) {
    for (const box of button.form.querySelectorAll("input[type=checkbox]")) box.checked = true;
  }

  // Keys: each does what Tab and Enter can do as well. Single letters can be turned off, since
  // who dictates or has a trembling hand types them unawares (WCAG 2.1.4).
  const KEYS_OFF = "hedui.keys-off";
  const KEYS = {
    "?": openKeys,
    "/": () => focusOn(document.querySelector("[data-search]")),
    j: () => moveRow(1),
    ArrowDown: () => moveRow(1),
    k: () => moveRow(-1),
    ArrowUp: () => moveRow(-1),
    x: () => currentRow()?.querySelector("input[data-select]")?.click(),
    a: () => document.querySelector("main input[data-select-all]")?.click(),
    o: () => currentRow()?.querySelector("a[href]")?.click(),
    b: () => focusOn(mainButton()),
    n: () => document.querySelector("main a[rel=next]")?.click(),
    p: () => document.querySelector("main a[rel=prev]")?.click(),
    h: () => window.location.assign("/"),
  };

  function onKey(event) {
    if (event.key === "Escape") closeMenus(null);
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.target.closest?.("input, textarea, select, dialog, [contenteditable]");
    const isBox = at?.matches("input[data-select], input[data-select-all], input[type=file]");
    if (at && !isBox) return;
    // A section with keys of its own has them to itself.
    if (event.target.closest?.("[data-keys]") && !"?/".includes(event.key)) return;
    if (!Object.hasOwn(KEYS, event.key) || window.localStorage.getItem(KEYS_OFF)) return;
    // Arrows move the page until a row is being worked on.
    if (event.key.startsWith("Arrow") && !currentRow()) return;
    event.preventDefault();
    KEYS[event.key]();
  }

  function focusOn(place) {
    place?.focus();
    place?.scrollIntoView({ block: "nearest" });
  }

  function rowsOf() {
    return [...document.querySelectorAll("main table.grid tbody tr")].filter((row) => goal(row));
  }

  function goal(row) {
    return row.querySelector("input[data-select], a[href], button");
  }

  function currentRow() {
    return document.activeElement?.closest("main table.grid tbody tr") ?? null;
  }

  function moveRow(step) {
    const rows = rowsOf();
    const at = rows.indexOf(currentRow());
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1);
    if (rows[next]) focusOn(goal(rows[next]));
  }

  function mainButton() {
    const usable = "main .bar .btn-primary:not([disabled]), main .actions .btn-primary";
    return document.querySelector(usable) ?? document.querySelector("main .btn-primary");
  }

  function openKeys() {
    const dialog = document.querySelector("dialog[data-key-list]");
    if (!dialog) return;
    closeMenus(document.body);
    dialog.querySelector("[data-keys-off]").checked = Boolean(window.localStorage.getItem(KEYS_OFF));
    dialog.showModal();
  }

  function onClick(event) {
    if (event.target.closest?.("[data-keys-open]")) {
      event.preventDefault();
      openKeys();
    }
    const all = event.target.closest?.("[data-tick-all]");
    if (all) tickAll(all);
    closeMenus(event.target);
  }

  function closeMenus(target) {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (menu.contains(target)) continue;
      if (target === null && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }

  // What is wrong comes first, then a section with keys of its own, then where one begins to write:
  // nowhere when a file is to be chosen first, so that the top of the page stays in sight.
  function begin() {
    const place = document.querySelector("[data-errors]") ?? document.querySelector("[data-keys]");
    if (place) place.focus({ preventScroll: true });
    else if (document.activeElement === document.body && !window.location.hash) focusOn(firstToWrite());
  }

  function firstToWrite() {
    const fields = document.querySelectorAll("form[data-begin] :is(input:not([type=hidden]), textarea)");
    const first = [...fields].find((field) => field.offsetParent && isEmpty(field));
    return first?.matches("[type=file]") ? null : first;
  }

  // A group of choices counts as one field; a box that stands alone confirms what was written before it.
  function isEmpty(field) {
    const group = field.matches("[type=radio], [type=checkbox]") && field.closest("fieldset");
    if (group) return !group.querySelector(":checked");
    return field.type !== "checkbox" && !field.value;
  }

  function start() {
    document.documentElement.classList.add("scripted");
    for (const form of document.querySelectorAll("form[data-bulk]")) countSelected(form);
    for (const holder of document.querySelectorAll("[data-progress-url]")) poll(holder);
    for (const form of document.querySelectorAll("form[data-check]")) watchTyping(form);
    for (const form of document.querySelectorAll("form[data-judge]")) watchJudged(form);
    begin();
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  for (const type of ["dragover", "dragleave", "drop"]) document.addEventListener(type, onDrag);
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onShortcut);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("click", onClick);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-sent]")) markSent(form, false);
  });
  start();
})();
