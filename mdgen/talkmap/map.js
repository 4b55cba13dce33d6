"use strict";
// Pan, zoom, clusters and popups. All text of the popups stands in the list below the map; the
// script only copies it, so it holds no data and the page says everything without it.
(() => {
  const map = document.getElementById("map");
  const world = document.getElementById("world");
  const popup = document.getElementById("popup");
  const layer = document.getElementById("markers");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const places = [...document.querySelectorAll(".places > li[data-x]")].map((item, order) => ({
    item, order,
    x: +item.dataset.x,
    y: +item.dataset.y,
    talks: item.querySelectorAll(".talks > li").length,
    what: [...item.querySelectorAll(".talks > li")].map((entry) => entry.dataset.what || "talk"),
    name: item.querySelector("h3").textContent,
  }));
  const [, top, wide, high] = world.getAttribute("viewBox").split(" ").map(Number);
  const GAP = 4;         // pixels between two markers, at least
  const tiles = document.getElementById("tiles");  // only where the site's settings ask for them
  const CLOSEST = tiles ? 0.3 : 1.4;   // units of the plane to a pixel, at the closest
  const MARGIN = 48;     // pixels around the places at first
  const view = { x: wide / 2, y: top + high / 2, scale: 1 };  // centre, and units to a pixel
  let opened = null;
  let moving = 0;

  const size = () => ({ width: map.clientWidth || 1, height: map.clientHeight || 1 });
  const farthest = () => Math.max(CLOSEST, wide / size().width, high / size().height);

  function held(target) {
    const { width, height } = size();
    const scale = Math.min(farthest(), Math.max(CLOSEST, target.scale));
    const keep = (at, from, length, shown) =>
      shown >= length ? from + length / 2 : Math.min(from + length - shown / 2, Math.max(from + shown / 2, at));
    return {
      scale,
      x: keep(target.x, 0, wide, width * scale),
      y: keep(target.y, top, high, height * scale),
    };
  }

  function around(some, margin = MARGIN) {
    const { width, height } = size();
    const xs = some.map((place) => place.x), ys = some.map((place) => place.y);
    const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return {
      x: (west + east) / 2,
      y: (north + south) / 2,
      scale: Math.max((east - west) / Math.max(60, width - 2 * margin), (south - north) / Math.max(60, height - 2 * margin)),
    };
  }

  const home = () => {
    if (!places.length) return held({ x: wide / 2, y: top + high / 2, scale: Infinity });
    const fit = around(places);
    return held({ ...fit, scale: Math.max(fit.scale, 4) });
  };

  function show(target) {
    Object.assign(view, held(target));
    const { width, height } = size();
    const [shownWide, shownHigh] = [width * view.scale, height * view.scale];
    world.setAttribute("viewBox", [view.x - shownWide / 2, view.y - shownHigh / 2, shownWide, shownHigh].map((n) => n.toFixed(2)).join(" "));
    map.classList.toggle("close", view.scale < home().scale * 0.98);
    document.getElementById("closer").disabled = view.scale <= CLOSEST * 1.001;
    document.getElementById("farther").disabled = view.scale >= farthest() * 0.999;
    if (tiles) lay(shownWide, shownHigh);
    draw();
  }

  // Tiles cover the plane: 2 ** zoom of them in a row, numbered from its top left corner.
  function lay(shownWide, shownHigh) {
    const zoom = Math.max(0, Math.min(19, Math.round(Math.log2(wide / (256 * view.scale)))));
    const side = wide / 2 ** zoom, last = 2 ** zoom - 1;
    const number = (at) => Math.max(0, Math.min(last, Math.floor(at / side)));
    const shown = new Set();
    for (let x = number(view.x - shownWide / 2); x <= number(view.x + shownWide / 2); x++) {
      for (let y = number(view.y + (wide - shownHigh) / 2); y <= number(view.y + (wide + shownHigh) / 2); y++) {
        const key = `tile-${zoom}-${x}-${y}`;
        shown.add(key);
        if (document.getElementById(key)) continue;
        const tile = document.createElementNS("http://www.w3.org/2000/svg", "image");
        const url = tiles.dataset.url.replace("{z}", zoom).replace("{x}", x).replace("{y}", y);
        const has = { id: key, href: url, x: x * side, y: y * side - wide / 2, width: side, height: side };
        for (const [name, value] of Object.entries(has)) tile.setAttribute(name, value);
        tiles.append(tile);
      }
    }
    [...tiles.children].forEach((tile) => shown.has(tile.id) || tile.remove());
  }

  function move(target, done = () => {}) {
    cancelAnimationFrame(moving);
    const from = { ...view }, to = held(target), start = performance.now();
    if (still.matches) { show(to); done(); return; }
    const step = (now) => {
      const part = Math.min(1, (now - start) / 260), eased = 1 - (1 - part) ** 3;
      const mix = (key) => from[key] + (to[key] - from[key]) * eased;
      show({ x: mix("x"), y: mix("y"), scale: from.scale * (to.scale / from.scale) ** eased });
      if (part < 1) moving = requestAnimationFrame(step);
      else done();
    };
    moving = requestAnimationFrame(step);
  }

  function pixel(place) {
    const { width, height } = size();
    return { left: (place.x - view.x) / view.scale + width / 2, top: (place.y - view.y) / view.scale + height / 2 };
  }

  function together(some) {
    const talks = some.reduce((sum, place) => sum + place.talks, 0);
    const mean = (key) => some.reduce((sum, place) => sum + place[key] * place.talks, 0) / talks;
    const radius = some.length > 1 ? Math.min(24, 14 + Math.log2(talks) * 1.3) : talks > 1 ? 12 : 8;
    some.sort((a, b) => a.order - b.order);
    return { places: some, talks, radius, x: mean("x"), y: mean("y"), key: some.map((place) => place.order).join(" ") };
  }

  // Neighbours become one marker, the closest first, until no two markers touch.
  let grouped = { scale: 0, groups: [] };
  function groups() {
    if (grouped.scale === view.scale) return grouped.groups;
    let found = places.map((place) => together([place]));
    for (;;) {
      const touching = [];
      for (let i = 0; i < found.length; i++) {
        for (let j = i + 1; j < found.length; j++) {
          const [a, b] = [found[i], found[j]];
          const overlap = a.radius + b.radius + GAP - Math.hypot(a.x - b.x, a.y - b.y) / view.scale;
          if (overlap > 0) touching.push([overlap, a, b]);
        }
      }
      if (!touching.length) break;
      touching.sort((one, other) => other[0] - one[0]);
      const merged = new Set();
      for (const [, a, b] of touching) {
        if (merged.has(a) || merged.has(b)) continue;
        merged.add(a).add(b);
        found.push(together([...a.places, ...b.places]));
      }
      found = found.filter((group) => !merged.has(group));
    }
    found.sort((a, b) => a.places[0].order - b.places[0].order);
    grouped = { scale: view.scale, groups: found };
    return found;
  }

  const buttons = new Map();

  function draw() {
    const shown = new Set();
    const { width, height } = size();
    let before = null;
    for (const group of groups()) {
      const { left, top: down } = pixel(group);
      let button = buttons.get(group.key);
      if (!button) {
        button = marker(group);
        buttons.set(group.key, button);
      }
      shown.add(group.key);
      button.style.transform = `translate(${left.toFixed(1)}px, ${down.toFixed(1)}px)`;
      button.hidden = left < -20 || down < -20 || left > width + 20 || down > height + 20;
      if (button.parentNode !== layer) before ? before.after(button) : layer.prepend(button);
      before = button;
    }
    for (const [key, button] of buttons) {
      if (!shown.has(key)) {
        button.remove();
        buttons.delete(key);
      }
    }
    if (opened) {
      if (buttons.get(opened.key) !== opened.button) shut();
      else place(opened);
    }
  }

  // "5 talks", or "5 talks and 1 position"
  function counted(what) {
    const some = (kind, number) => `${number} ${kind}${number === 1 ? "" : "s"}`;
    return [...new Set(what)].sort().reverse().map((kind) => some(kind, what.filter((each) => each === kind).length)).join(" and ");
  }

  function marker(group) {
    const button = document.createElement("button");
    const one = group.places.length === 1;
    const talks = counted(group.places.flatMap((place) => place.what));
    button.type = "button";
    button.className = one ? (group.talks > 1 ? "marker many" : "marker") : "marker cluster";
    button.textContent = group.talks > 1 ? group.talks : "";
    const name = one ? group.places[0].name : `${group.places.length} places, ${group.places.slice(0, 3).map((place) => place.name).join("; ")}${group.places.length > 3 ? " …" : ""}`;
    button.setAttribute("aria-label", `${name}: ${talks}`);
    button.title = name;
    if (!one) button.style.setProperty("--size", `${(2 * group.radius).toFixed(1)}px`);
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => press(group, button));
    button.addEventListener("focus", () => {
      // A marker reached by keyboard is brought into the frame, away from its edge.
      const { left, top: down } = pixel(group), { width, height } = size();
      if (button.matches(":focus-visible") && (left < 24 || down < 24 || left > width - 24 || down > height - 24)) move({ ...view, x: group.x, y: group.y });
    });
    return button;
  }

  function press(group, button) {
    if (opened && opened.button === button) { shut(); return; }
    const fit = around(group.places, Math.min(size().width, size().height) / 4);
    const spread = Math.max(...group.places.flatMap((a) => group.places.map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
    const parted = view.scale > CLOSEST * 1.001 && spread > (16 + GAP) * CLOSEST;
    if (!parted) { open(group, button); return; }
    const byKey = button.matches(":focus-visible");
    move({ ...fit, scale: Math.min(fit.scale, view.scale / 2) }, () => {
      const first = [...buttons].find(([key]) => key.split(" ").includes(String(group.places[0].order)));
      if (byKey && first) first[1].focus();
    });
  }

  function open(group, button) {
    shut();
    popup.replaceChildren();
    const close = document.createElement("button");
    close.type = "button";
    close.className = "shut";
    close.textContent = "×";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => shut(true));
    popup.append(close);
    for (const place of group.places) {
      popup.append(...[...place.item.children].map((child) => child.cloneNode(true)));
    }
    popup.setAttribute("aria-label", button.getAttribute("aria-label"));
    popup.hidden = false;
    popup.scrollTop = 0;
    button.setAttribute("aria-expanded", "true");
    opened = { group, button, key: group.key };
    place(opened);
    popup.focus({ preventScroll: true });
  }

  function place({ group }) {
    const { left, top: down } = pixel(group), { width, height } = size();
    const box = { width: popup.offsetWidth, height: popup.offsetHeight };
    const within = (at, length, whole) => Math.max(12, Math.min(whole - length - 12, at));
    const above = down - box.height - 18;
    let x = left - box.width / 2, y = above;
    if (above < 12) {
      y = down + 18;
      if (y + box.height > height - 12) {
        y = down - box.height / 2;
        x = left + 20 + box.width > width - 12 ? left - 20 - box.width : left + 20;
      }
    }
    popup.classList.toggle("above", down > height / 2);  // on narrow screens, off the marker
    popup.style.left = `${within(x, box.width, width)}px`;
    popup.style.top = `${within(y, box.height, height)}px`;
  }

  function shut(back = false) {
    if (!opened) return;
    const { button } = opened;
    opened = null;
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (back && button.isConnected) button.focus();
  }

  function zoom(factor, left = size().width / 2, down = size().height / 2, smooth = true) {
    const { width, height } = size();
    const scale = held({ ...view, scale: view.scale / factor }).scale;
    const target = {
      scale,
      x: view.x + (left - width / 2) * (view.scale - scale),
      y: view.y + (down - height / 2) * (view.scale - scale),
    };
    smooth ? move(target) : show(target);
  }

  const pan = (right, down) => move({ ...view, x: view.x + right * view.scale, y: view.y + down * view.scale });

  const at = (event) => {
    const frame = map.getBoundingClientRect();
    return [event.clientX - frame.left - map.clientLeft, event.clientY - frame.top - map.clientTop];
  };
  const down = new Map();
  let moved = 0;
  world.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    cancelAnimationFrame(moving);
    down.set(event.pointerId, at(event));
    moved = 0;
    world.setPointerCapture(event.pointerId);
  });
  world.addEventListener("pointermove", (event) => {
    const was = down.get(event.pointerId);
    if (!was) return;
    const now = at(event);
    moved += Math.hypot(now[0] - was[0], now[1] - was[1]);
    const others = [...down].filter(([id]) => id !== event.pointerId);
    down.set(event.pointerId, now);
    if (!others.length) {
      show({ ...view, x: view.x - (now[0] - was[0]) * view.scale, y: view.y - (now[1] - was[1]) * view.scale });
    } else {
      const still = others[0][1];
      const spread = (point) => Math.hypot(point[0] - still[0], point[1] - still[1]) || 1;
      zoom(spread(now) / spread(was), still[0], still[1], false);
    }
  });
  const lift = (event) => down.delete(event.pointerId);
  world.addEventListener("pointerup", (event) => { lift(event); if (moved < 5) shut(); });
  world.addEventListener("pointercancel", lift);
  world.addEventListener("dblclick", (event) => zoom(event.shiftKey ? 0.5 : 2, ...at(event)));
  map.addEventListener("wheel", (event) => {
    // The plain wheel scrolls the page that the map is part of; a pinch comes with ctrlKey set.
    if (!(event.ctrlKey || event.metaKey) || popup.contains(event.target)) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.004)), ...at(event), false);
  }, { passive: false });
  map.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) { shut(true); event.stopPropagation(); return; }
    if (popup.contains(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 90;
    const act = {
      ArrowLeft: () => pan(-step, 0), ArrowRight: () => pan(step, 0),
      ArrowUp: () => pan(0, -step), ArrowDown: () => pan(0, step),
      "+": () => zoom(2), "=": () => zoom(2), "-": () => zoom(0.5), "_": () => zoom(0.5), 0: () => move(home()),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.getElementById("closer").addEventListener("click", () => zoom(2));
  document.getElementById("farther").addEventListener("click", () => zoom(0.5));
  document.getElementById("home").addEventListener("click", () => move(home()));

  // The theme keeps its dark mode in an attribute of the page that shows this one in a frame.
  function follow() {
    try {
      const page = parent.document.documentElement;
      const colour = parent === window ? "" : getComputedStyle(page).getPropertyValue("--global-bg-color").trim();
      if (!colour) return;
      document.documentElement.dataset.theme = page.dataset.theme === "dark" ? "dark" : "light";
      document.documentElement.style.setProperty("--page", colour);
    } catch { /* Another site's page, or a file: its colours are not to be seen. */ }
  }
  follow();
  try {
    if (parent !== window) new MutationObserver(follow).observe(parent.document.documentElement, { attributes: true });
  } catch { /* As above. */ }

  map.classList.add("live");
  document.querySelector(".controls").hidden = false;
  let touched = false;
  ["pointerdown", "keydown", "wheel"].forEach((name) => map.addEventListener(name, () => { touched = true; }));
  new ResizeObserver(() => show(touched ? view : home())).observe(map);
  show(home());
})();
