'use strict';
/*
 * Shows what /wallboard/data tells, changing only what changed. Written for the browsers of televisions, which are
 * years behind: no syntax younger than 2018, nothing that is not in the page.
 */
(function () {
  var REFRESH_MILLIS = 5000;
  var ANSWER_WITHIN_MILLIS = 4000;
  /* Three refreshes that failed: what is shown is old then. */
  var OLD_AFTER_MILLIS = 15000;
  /* Whoever touched the screen reads it: it stays where it is for so long. */
  var UNDISTURBED_MILLIS = 120000;
  var RELOADED = 'wallboard-reloaded';

  var WINDOWS = {
    today: 'today', yesterday: 'yesterday', this_week: 'this week', last_week: 'last week',
    this_month: 'this month', last_month: 'last month'
  };
  var PROMISES = { first_response: 'first reply', next_response: 'next reply', resolution: 'solution', other: 'promise' };
  /* In a square of 16: a shape for each state, so that it is known without its colour. */
  var SHAPES = {
    met: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zm3.6 4.6L6.9 9.6 4.5 7.4 3.2 8.9l3.8 3.4 6-6.4z',
    on_track: 'M1 13.4l6-6 2.6 2.6 3-3L10.400 4.800H16v5.600l-2-2L9.600 12.900 7 10.300l-4.500 4.600z',
    missed: 'M8 .6l8 14.800H0zM7 5.600l.3 5h1.400l.3-5zM7 11.800v1.900h2v-1.900z',
    no_value: 'M2 7h12v2H2z',
    stale: 'M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0zM7 3v5.800l4 2.500 1-1.600-3-1.800V3z'
  };
  var SVG = 'http://www.w3.org/2000/svg';

  var root = document.documentElement;
  var pick = function (id) { return document.getElementById(id); };
  var alarm = pick('alarm'), head = pick('head'), title = pick('title'), asOf = pick('as-of');
  var boards = pick('boards'), foot = pick('foot'), dots = pick('dots');
  var door = pick('door'), doorNote = pick('door-note'), token = pick('token');

  var data = null;
  /* The exporter's clock, carried on by one that nobody sets. */
  var theirs = 0, ours = 0;
  var heardAt = null;
  var views = [];
  var shape = '';
  var current = 0, turnedAt = performance.now(), touchedAt = -Infinity;
  var paused = false, pinned = '';
  var timer = 0;

  function now() { return theirs + performance.now() - ours; }

  function make(name, kind, text) {
    var element = document.createElement(name);
    if (kind) { element.className = kind; }
    if (text) { element.textContent = text; }
    return element;
  }

  function put(parent, child) { parent.appendChild(child); return child; }

  /* Touches the page only where something is different: nothing flickers. */
  function say(element, text) { if (element.textContent !== text) { element.textContent = text; } }
  function set(element, name, value) {
    if (element.getAttribute(name) !== String(value)) { element.setAttribute(name, value); }
  }
  function show(element, visible) { if (element.hidden === visible) { element.hidden = !visible; } }

  function draw(name, attributes) {
    var element = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    return element;
  }

  function two(number) { return (number < 10 ? '0' : '') + number; }

  /* ---- words */

  function windowWords(window) {
    if (!window) { return 'now'; }
    if (WINDOWS[window]) { return WINDOWS[window]; }
    var count = parseInt(window, 10), hours = window.charAt(window.length - 1) === 'h';
    if (count === 1) { return hours ? '1 hour' : '24 hours'; }
    return count + (hours ? ' hours' : ' days');
  }

  function clock(instant) {
    try {
      return new Intl.DateTimeFormat('en-GB', {
        timeZone: data.zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false
      }).format(new Date(instant));
    } catch (unknownZone) {
      return new Date(instant).toISOString().substr(11, 8) + ' UTC';
    }
  }

  function day(date, days) {
    var at = new Date(date + 'T12:00:00Z');
    at.setUTCDate(at.getUTCDate() + days);
    return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(at);
  }

  function ago(millis) {
    var seconds = Math.max(0, Math.floor(millis / 1000));
    if (seconds < 60) { return seconds + ' s'; }
    var minutes = Math.floor(seconds / 60);
    if (minutes < 60) { return minutes + ' min'; }
    var hours = Math.floor(minutes / 60);
    return hours < 48 ? hours + ' h ' + (minutes % 60) + ' min' : Math.floor(hours / 24) + ' days';
  }

  /* ---- building: once for each set of boards */

  function build() {
    boards.textContent = '';
    dots.textContent = '';
    views = data.boards.map(function (board, index) {
      var section = put(boards, make('section', 'board'));
      section.setAttribute('aria-label', board.title);
      section.hidden = true;
      var view = { section: section, tiles: [], due: null, name: board.name };
      if (board.tiles.length) {
        var tiles = put(section, make('div', 'tiles of-' + smallInARow(board.tiles.length - 1)));
        view.tiles = board.tiles.map(function (tile, place) { return buildTile(tiles, tile, place === 0); });
      }
      if (board.tickets) {
        section.classList.add('with-due');
        view.due = buildDue(section);
      }
      if (board.frames.length) {
        section.classList.add('with-frames');
        var frames = put(section, make('div', 'frames'));
        board.frames.forEach(function (frame) { put(frames, buildFrame(frame)); });
      }
      view.dot = put(dots, make('button'));
      view.dot.type = 'button';
      put(view.dot, make('i'));
      put(view.dot, make('span', '', board.title));
      view.dot.addEventListener('click', function () { touched(); turnTo(index); });
      return view;
    });
    var pause = put(dots, make('button'));
    pause.type = 'button';
    pause.id = 'pause';
    put(pause, make('i'));
    put(pause, make('span', '', 'Pause'));
    pause.addEventListener('click', function () { pauseOrGoOn(); });
    show(foot, views.length > 1 && !pinned);
    var named = views.map(function (view) { return view.name; }).indexOf(pinned);
    turnTo(named >= 0 ? named : Math.min(current, views.length - 1));
  }

  /* As few to a row as fill it. */
  function smallInARow(count) {
    if (count <= 3) { return count; }
    return count === 4 || count > 6 ? 4 : 3;
  }

  function buildTile(parent, tile, hero) {
    var view = { element: put(parent, make('article', 'tile')), hero: hero, drawn: '', last: null };
    var heading = put(view.element, make('h2'));
    put(heading, make('span', '', tile.label));
    view.scope = put(heading, make('span', 'scope'));
    view.value = put(view.element, make('p', 'value'));
    view.number = put(view.value, make('span'));
    view.unit = put(view.value, make('small'));
    view.verdict = put(view.element, make('p', 'verdict'));
    view.icon = put(view.verdict, draw('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }));
    view.path = put(view.icon, draw('path', { fill: 'currentColor', 'fill-rule': 'evenodd' }));
    var words = put(view.verdict, make('span'));
    view.words = put(words, make('span'));
    view.target = put(words, make('span', 'target'));
    view.trend = put(view.element, make('div', 'trend'));
    view.trend.setAttribute('role', 'img');
    if (hero) {
      view.edges = put(view.element, make('p', 'edges'));
      view.from = put(view.edges, make('span'));
      view.range = put(view.edges, make('span'));
      view.until = put(view.edges, make('span'));
      view.until.style.textAlign = 'right';
    }
    return view;
  }

  function buildDue(section) {
    var aside = put(section, make('aside', 'due'));
    put(aside, make('h2', '', 'About to breach'));
    return { list: put(aside, make('ol')), rows: [] };
  }

  function buildFrame(frame) {
    var element = make('iframe');
    element.title = frame.title;
    element.setAttribute('sandbox', 'allow-scripts allow-same-origin');
    element.setAttribute('referrerpolicy', 'no-referrer');
    if (/^https?:\/\//.test(frame.url)) { element.src = frame.url; }
    return element;
  }

  /* ---- showing */

  function render() {
    var wanted = JSON.stringify(data.boards.map(function (board) {
      return [board.name, board.title, !!board.tickets, board.frames,
        board.tiles.map(function (tile) { return [tile.label, tile.kpi, tile.source, tile.team, tile.window]; })];
    }));
    set(root, 'data-theme', data.theme);
    show(door, false);
    show(head, true);
    note(data.note);
    if (wanted !== shape) {
      shape = wanted;
      build();
    }
    data.boards.forEach(function (board, index) {
      board.tiles.forEach(function (tile, place) { renderTile(views[index].tiles[place], tile); });
      if (views[index].due) { renderDue(views[index].due, board.tickets); }
    });
    tick();
  }

  function note(text) {
    var element = pick('note');
    if (text && !element) {
      element = make('p');
      element.id = 'note';
      document.body.insertBefore(element, foot);
    }
    if (element) {
      say(element, text ? 'Nothing to see yet: ' + text : '');
      show(element, !!text);
    }
    show(boards, !text);
  }

  function renderTile(view, tile) {
    set(view.element, 'class', 'tile ' + tile.state + (view.hero ? ' hero' : ''));
    set(view.element, 'data-kpi', tile.kpi);
    set(view.element, 'data-value', tile.value === null ? '' : tile.value);
    say(view.scope, windowWords(tile.window));
    if (tile.number !== null) { view.last = tile; }
    /* The last value of a source that is not heard of stays, and is called stale. */
    var told = tile.number === null && tile.state === 'stale' && view.last ? view.last : tile;
    say(view.number, told.number === null ? '–' : told.number.replace('-', '−'));
    say(view.unit, told.unit || '');
    show(view.icon, !!SHAPES[tile.state]);
    if (SHAPES[tile.state]) { set(view.path, 'd', SHAPES[tile.state]); }
    say(view.words, tile.state === 'no_target' ? '' : tile.state_words);
    say(view.target, tile.target_words ? (tile.target_side === 'higher' ? 'at least ' : 'at most ') + tile.target_words : '');
    renderTrend(view, tile);
  }

  function renderTrend(view, tile) {
    var trend = tile.trend, box = view.trend;
    var width = box.clientWidth, height = box.clientHeight;
    var wanted = JSON.stringify([trend && trend.values, tile.target, width, height]);
    if (wanted === view.drawn || !width || !height) { return; }
    view.drawn = wanted;
    box.textContent = '';
    var values = trend ? trend.values : [];
    var known = values.filter(function (value) { return value !== null; });
    set(box, 'aria-label', known.length < 2 ? 'No trend yet' :
      'The last ' + values.length + ' days: lowest ' + trend.low + ', highest ' + trend.high);
    if (view.edges) {
      say(view.from, known.length < 2 ? '' : day(trend.first_day, 0));
      say(view.range, known.length < 2 ? '' : 'lowest ' + trend.low + ', highest ' + trend.high);
      say(view.until, known.length < 2 ? '' : 'today');
    }
    if (known.length < 2) { return; }
    var least = Math.min.apply(null, known), most = Math.max.apply(null, known);
    var range = most - least || Math.abs(most) || 1;
    /* A target far away would make a flat line of the past. */
    var near = tile.target !== null && tile.target > least - range && tile.target < most + range;
    if (near) { least = Math.min(least, tile.target); most = Math.max(most, tile.target); }
    if (most === least) { least -= range / 2; most += range / 2; }
    var dot = parseFloat(getComputedStyle(root).fontSize) * (view.hero ? .3 : .22);
    var x = function (index) { return dot + (width - 2 * dot) * index / (values.length - 1); };
    var y = function (value) { return height - dot - (height - 2 * dot) * (value - least) / (most - least); };
    var svg = draw('svg', { viewBox: '0 0 ' + width + ' ' + height, 'aria-hidden': 'true' });
    if (near) {
      put(svg, draw('line', { 'class': 'goal', x1: 0, x2: width, y1: y(tile.target), y2: y(tile.target) }));
    }
    stretches(values).forEach(function (stretch) {
      var points = stretch.map(function (index) { return x(index).toFixed(1) + ' ' + y(values[index]).toFixed(1); });
      var first = x(stretch[0]).toFixed(1), last = x(stretch[stretch.length - 1]).toFixed(1);
      put(svg, draw('path', { 'class': 'area', d: 'M' + first + ' ' + height + 'L' + points.join('L') + 'L' + last + ' ' + height + 'z' }));
      put(svg, draw('path', { 'class': 'line', d: 'M' + points.join('L') }));
    });
    if (values[values.length - 1] !== null) {
      put(svg, draw('circle', { 'class': 'dot', cx: x(values.length - 1), cy: y(values[values.length - 1]), r: dot }));
    }
    put(box, svg);
  }

  /* Days without a value part the line: nothing is made up for them. */
  function stretches(values) {
    var all = [], one = [];
    values.forEach(function (value, index) {
      if (value !== null) { one.push(index); }
      if ((value === null || index === values.length - 1) && one.length) { all.push(one); one = []; }
    });
    return all;
  }

  function renderDue(view, tickets) {
    while (view.rows.length > tickets.length) { view.list.removeChild(view.rows.pop().item); }
    while (view.rows.length < tickets.length) { view.rows.push(buildRow(view.list)); }
    if (!view.none) { view.none = put(view.list.parentNode, make('p', 'none', 'Nothing is due within 24 hours.')); }
    show(view.none, tickets.length === 0);
    tickets.forEach(function (ticket, index) {
      var row = view.rows[index];
      row.ticket = ticket;
      var safe = ticket.url && /^https?:\/\//.test(ticket.url);
      say(row.link, '#' + ticket.ticket);
      if (safe) { set(row.link, 'href', ticket.url); } else { row.link.removeAttribute('href'); }
      say(row.priority, ticket.priority === 'none' ? '' : ticket.priority);
      set(row.priority, 'class', ticket.priority === 'urgent' || ticket.priority === 'high' ? 'pressing' : '');
      say(row.who, [PROMISES[ticket.promise] || ticket.promise, ticket.team].join(' · '));
    });
  }

  function buildRow(list) {
    var item = put(list, make('li'));
    var left = put(item, make('span', 'left'));
    var which = put(item, make('span', 'which'));
    var link = put(which, make('a'));
    link.rel = 'noopener noreferrer';
    link.target = '_blank';
    return {
      item: item, left: left, time: put(left, make('span')), unit: put(left, make('small')), link: link,
      priority: put(which, make('span')), risk: put(which, make('span', 'risk')), who: put(item, make('span', 'who')), ticket: null
    };
  }

  function countDown(row) {
    var left = Date.parse(row.ticket.deadline) - now();
    var seconds = Math.ceil(left / 1000), minutes = Math.floor(seconds / 60);
    var urgent = now() >= Date.parse(row.ticket.at_risk_from);
    set(row.item, 'class', left <= 0 ? 'broken' : urgent ? 'urgent' : '');
    if (left <= 0) {
      say(row.time, 'breached');
      say(row.unit, '');
    } else if (minutes < 60) {
      say(row.time, two(minutes) + ':' + two(seconds % 60));
      say(row.unit, 'min');
    } else {
      say(row.time, Math.floor(minutes / 60) + ':' + two(minutes % 60));
      say(row.unit, 'h');
    }
    say(row.risk, urgent && left > 0 ? 'at risk' : '');
  }

  /* ---- every second: time goes on, whether anybody answers or not */

  function tick() {
    if (!data) { return; }
    views.forEach(function (view) {
      if (view.due && !view.section.hidden) { view.due.rows.forEach(countDown); }
    });
    var times = data.sources.filter(function (source) { return source.as_of; })
      .map(function (source) { return Date.parse(source.as_of); });
    var oldest = times.length ? Math.min.apply(null, times) : null;
    renderAsOf(oldest);
    renderAlarm(oldest);
    rotate();
  }

  function renderAsOf(oldest) {
    if (!asOf.firstChild) {
      asOf.appendChild(document.createTextNode('as of'));
      put(asOf, make('strong'));
    }
    say(asOf.lastChild, oldest === null ? '–' : clock(oldest));
  }

  function renderAlarm(oldest) {
    var silent = heardAt === null || performance.now() - heardAt > OLD_AFTER_MILLIS;
    var stale = data.sources.filter(function (source) { return source.stale; });
    var what = '', why = '';
    if (silent) {
      what = '⚠ Not current.';
      why = ' The exporter has not answered for ' + ago(performance.now() - heardAt) +
        (oldest === null ? '.' : '; the numbers are of ' + clock(oldest) + '.');
    } else if (stale.length) {
      what = '⚠ Not current: ' + stale.map(function (source) { return source.name; }).join(', ') + '.';
      why = ' Not heard of for ' + ago(now() - Math.min.apply(null, stale.map(function (source) {
        return Date.parse(source.heard || source.as_of);
      }))) + '.';
    }
    show(alarm, what !== '');
    root.classList.toggle('old', silent || stale.length === data.sources.length && stale.length > 0);
    if (what) {
      if (!alarm.firstChild) {
        put(alarm, make('strong'));
        put(alarm, make('span'));
      }
      say(alarm.firstChild, what);
      say(alarm.lastChild, why);
    }
  }

  /* ---- which board */

  function rotate() {
    var still = paused || pinned || views.length < 2 || performance.now() - touchedAt < UNDISTURBED_MILLIS;
    if (!still && performance.now() - turnedAt >= data.rotate_seconds * 1000) { turnTo((current + 1) % views.length); }
  }

  function turnTo(index) {
    current = index;
    turnedAt = performance.now();
    views.forEach(function (view, place) {
      show(view.section, place === index);
      set(view.dot, 'aria-current', place === index);
    });
    say(title, data.boards[index].title);
    redraw();
  }

  function redraw() {
    if (data && views.length) {
      data.boards[current].tiles.forEach(function (tile, place) { renderTrend(views[current].tiles[place], tile); });
    }
  }

  function touched() { touchedAt = performance.now(); }

  function pauseOrGoOn() {
    paused = !paused;
    turnedAt = performance.now();
    touchedAt = -Infinity;
    var button = pick('pause');
    set(button, 'aria-pressed', paused);
    say(button.lastChild, paused ? 'Go on' : 'Pause');
  }

  document.addEventListener('keydown', function (event) {
    if (!data || event.target === token || views.length < 2 || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      touched();
      turnTo((current + (event.key === 'ArrowRight' ? 1 : views.length - 1)) % views.length);
    } else if (event.key === ' ' && event.target.tagName !== 'BUTTON' && event.target.tagName !== 'A') {
      event.preventDefault();
      pauseOrGoOn();
    }
  });
  window.addEventListener('touchmove', touched, { passive: true });
  window.addEventListener('resize', redraw);

  /* ---- asking */

  function ask() {
    clearTimeout(timer);
    var breakOff = window.AbortController ? new AbortController() : null;
    var limit = setTimeout(function () { if (breakOff) { breakOff.abort(); } }, ANSWER_WITHIN_MILLIS);
    fetch('wallboard/data', { cache: 'no-store', credentials: 'same-origin', signal: breakOff ? breakOff.signal : undefined })
      .then(function (answer) {
        if (answer.status === 401) { return shut('This screen needs the token of the wall board.'); }
        if (!answer.ok) { throw new Error('status ' + answer.status); }
        return answer.json().then(function (told) { take(told, answer.headers.get('Wallboard-Page')); });
      })
      .catch(function () { if (!data) { waiting(); } })
      .then(function () {
        clearTimeout(limit);
        timer = setTimeout(ask, REFRESH_MILLIS);
      });
  }

  function take(told, page) {
    data = told;
    theirs = Date.parse(told.now);
    ours = heardAt = performance.now();
    var embeds = told.boards.some(function (board) { return board.frames.length > 0; });
    var outdated = page && page !== root.getAttribute('data-page');
    if ((outdated || embeds && root.getAttribute('data-open') === 'false') && mayReload()) {
      location.reload();
      return;
    }
    render();
  }

  /* Once an hour at most, so that no proxy's memory makes it reload for ever. */
  function mayReload() {
    try {
      var before = Number(sessionStorage.getItem(RELOADED));
      sessionStorage.setItem(RELOADED, String(theirs));
      return !before || theirs - before > 3600000;
    } catch (noStorage) {
      return false;
    }
  }

  function waiting() {
    show(head, false);
    note('the exporter does not answer.');
  }

  function shut(text) {
    data = null;
    root.classList.remove('old');
    [alarm, head, foot, boards].forEach(function (element) { show(element, false); });
    note('');
    show(boards, false);
    say(doorNote, text);
    if (door.hidden) {
      show(door, true);
      token.focus();
    }
  }

  function open(secret) {
    return fetch('wallboard/session', { method: 'POST', credentials: 'same-origin', headers: { Authorization: 'Bearer ' + secret } })
      .then(function (answer) {
        if (answer.status === 401) { shut('This is not the token of the wall board.'); } else { shape = ''; ask(); }
      })
      .catch(function () { timer = setTimeout(function () { open(secret); }, REFRESH_MILLIS); waiting(); });
  }

  door.addEventListener('submit', function (event) {
    event.preventDefault();
    var secret = token.value;
    token.value = '';
    open(secret);
  });

  function start() {
    var told = location.hash.substr(1), secret = '';
    told.split('&').forEach(function (part) {
      if (part.indexOf('token=') === 0) { secret = decodeURIComponent(part.substr(6)); }
      else if (part.indexOf('board=') === 0) { pinned = decodeURIComponent(part.substr(6)); }
      else if (part && part.indexOf('=') < 0) { pinned = decodeURIComponent(part); }
    });
    if (secret) {
      history.replaceState(null, '', location.pathname + location.search + (pinned ? '#' + encodeURIComponent(pinned) : ''));
      open(secret);
    } else {
      ask();
    }
  }

  setInterval(tick, 1000);
  window.addEventListener('hashchange', function () { location.reload(); });
  start();
}());
