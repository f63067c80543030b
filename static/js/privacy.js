// The personal-data detector of accounts/privacy/ in the browser, from the same tables and shapes.
// A page with {% privacy_patterns %} gets window.personalData.find(text), which lists
// {kind, start, end, blocking, label}; start and end fit text.slice. Nothing leaves the page.
(function () {
  "use strict";
  const source = document.getElementById("privacy-patterns");
  if (!source) return;
  const patterns = JSON.parse(source.textContent);
  const { fold: tables, aloud: figures, kinds } = patterns;
  const expression = (pattern) => new RegExp(pattern, "gu");

  // Folding

  const strange = expression(tables.strange);
  const gone = new RegExp(tables.gone, "u");

  function signOf(sign) {
    const code = sign.codePointAt(0);
    if (sign in tables.explicit) return tables.explicit[sign];
    if ((code >= 32 && code <= 126) || code === 10 || (code >= 0x3130 && code <= 0x318f)) return sign;
    if (gone.test(sign) || (code >= 0xe0000 && code <= 0xe01ef)) return "";
    const zero = tables.zeros.findLast((each) => each <= code);
    if (zero !== undefined && code - zero < 10) return String(code - zero);
    if (sign in tables.enclosed || (code >= 0xd800 && code <= 0xdfff)) return " ";
    const plain = sign.normalize("NFKC");
    if (/[0-9]/.test(plain)) return " ";
    return Array.from(plain, (each) => (each.length > 1 ? "\ufffd" : each)).join("");
  }

  function pieceOf(chunk) {
    if (chunk === "\r\n") return "\n";
    if (chunk[0] === "&" && chunk.length > 1) return entityOf(chunk.slice(1, -1));
    const signs = Array.from(chunk);
    if (signs.length === 1) return signOf(chunk);
    if (signs[0] in tables.enclosed) return signs.map((sign) => tables.enclosed[sign] ?? sign).join("");
    return chunk.normalize("NFC");
  }

  function entityOf(name) {
    if (name in tables.entities) return tables.entities[name];
    const code = name[1] === "x" ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return signOf(String.fromCodePoint(code));
  }

  function fold(text) {
    const pieces = [];
    const known = new Map();
    let shift = 0;
    const folded = text.replace(strange, function (chunk, at) {
      if (!known.has(chunk)) known.set(chunk, pieceOf(chunk));
      const result = known.get(chunk);
      if (result.length !== chunk.length) {
        const begin = at + shift;
        pieces.push({ begin, end: begin + result.length, from: at, to: at + chunk.length });
        shift += result.length - chunk.length;
      }
      return result;
    });
    return { text: folded, pieces };
  }

  function placeOf(pieces, index) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pieces[middle].begin <= index) low = middle + 1;
      else high = middle;
    }
    if (!low) return [index, index + 1];
    const piece = pieces[low - 1];
    if (index < piece.end) return [piece.from, piece.to];
    const moved = piece.to + index - piece.end;
    return [moved, moved + 1];
  }

  // Checks: the twins of accounts/privacy/checks.py

  const digitsOf = (found) => found.replace(/[^0-9]/g, "");

  function registered(found, allowed) {
    const all = digitsOf(found);
    const century = all.length === 15 ? all.slice(0, 2) : "";
    const number = all.slice(-13);
    if (number.length !== 13 || !allowed.includes(number[6]) || found.split("\n").length > 2) return false;
    if (century && !(century === "19" ? "1256" : "3478").includes(number[6])) return false;
    const [month, day] = [Number(number.slice(2, 4)), Number(number.slice(4, 6))];
    return month >= 1 && month <= 12 && day >= 1 && day <= patterns.checks.days[month - 1];
  }

  function luhn(number) {
    let total = 0;
    Array.from(number).reverse().forEach(function (digit, place) {
      const value = Number(digit) * (1 + (place % 2));
      total += value > 9 ? value - 9 : value;
    });
    return total % 10 === 0 && new Set(number).size > 1;
  }

  const checks = {
    resident: (found) => registered(found, "012349"),
    foreigner: (found) => registered(found, "5678"),
    card(found) {
      const number = digitsOf(found);
      const start = patterns.checks.card[number.length];
      return Boolean(start) && new RegExp(`^(?:${start})`, "u").test(number) && luhn(number);
    },
    business(found) {
      const number = Array.from(digitsOf(found), Number);
      if (number.length !== 10) return false;
      const total = patterns.checks.business.reduce((sum, weight, at) => sum + weight * number[at], 0);
      return (10 - ((total + Math.floor((number[8] * 5) / 10)) % 10)) % 10 === number[9];
    },
    account(found) {
      const number = digitsOf(found);
      const date = /^(?:19|20)[0-9]{2}[^0-9]+[01]?[0-9][^0-9]+[0-3]?[0-9](?![0-9])/u.test(found);
      const years = found.match(/[0-9]+/g).every((group) => /^(?:19|20)[0-9]{2}$/.test(group));
      return number.length >= 10 && number.length <= 16 && !date && !years && !/^01[016-9]/.test(number);
    },
  };

  // Shapes

  const known = new Map();

  function shapeOf(shape) {
    const name = JSON.stringify(shape);
    if (!known.has(name)) {
      const context = patterns.contexts[shape.context];
      known.set(name, {
        kind: shape.kind,
        order: known.size,
        aloud: shape.aloud,
        pattern: expression(shape.pattern),
        check: checks[shape.check],
        context,
        words: context && new RegExp(context.words, "u"),
      });
    }
    return known.get(name);
  }

  const groups = patterns.groups.map((group) => ({
    reach: group.reach,
    seed: expression(group.seed),
    shapes: group.shapes.map(shapeOf),
  }));

  const isAloud = (sign) => sign in figures;
  const isSyllable = (sign) => isAloud(sign) && sign > "\u007f";
  const inFigures = (words, counts) => Array.from(words, (sign) => (counts(sign) ? figures[sign] : sign)).join("");

  // The last syllable of "...칠팔이고" is no digit but a particle, as the O of "O일이삼..." is a letter.
  function withoutParticle(words) {
    return words.replace(/이(?=[가-힣])/gu, (sign, at) => (isAloud(words[at + 1]) ? sign : "\ufffd"));
  }

  function readingsOf(words, begin, aloud) {
    const readings = [{ begin, words, digits: words, aloud: false }];
    if (!aloud) return readings;
    const ways = [
      inFigures(words, isAloud),
      inFigures(words, isSyllable),
      inFigures(withoutParticle(words), isSyllable),
    ];
    return readings.concat(Array.from(new Set(ways), (digits) => ({ begin, words, digits, aloud })));
  }

  function regionsOf(group, text) {
    const regions = [];
    let last = null;
    for (const seed of text.matchAll(group.seed)) {
      const start = Math.max(0, seed.index - group.reach);
      if (!last || start > last.end) {
        last = { begin: start, aloud: false };
        regions.push(last);
      }
      last.end = seed.index + seed[0].length + group.reach;
      last.aloud = last.aloud || Array.from(seed[0]).filter(isAloud).length >= 2;
    }
    return regions;
  }

  function holds(shape, match, reading) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (shape.context) {
      const before = reading.words.slice(Math.max(0, start - shape.context.before), start);
      const after = reading.words.slice(end, end + shape.context.after);
      if (!shape.words.test(before) && !shape.words.test(after)) return false;
    }
    const spoken = Array.from(reading.words.slice(start, end)).filter(isAloud).length;
    if (reading.aloud && spoken < 2) return false;
    return !shape.check || shape.check(match[0]);
  }

  function hitsOf(shape, reading) {
    const hits = [];
    if (shape.context && !shape.words.test(reading.words)) return hits;
    shape.pattern.lastIndex = 0;
    let match = shape.pattern.exec(reading.digits);
    while (match) {
      const start = reading.begin + match.index;
      if (holds(shape, match, reading)) {
        hits.push({ kind: shape.kind, start, end: start + match[0].length, order: shape.order, broken: match[0].includes("\n") });
      }
      shape.pattern.lastIndex = match.index + 1;
      match = shape.pattern.exec(reading.digits);
    }
    return hits;
  }

  function strongest(hits) {
    const weakness = (hit) => (kinds[hit.kind].blocking ? 0 : 2) + (hit.broken ? 1 : 0);
    const longest = (a, b) => b.end - b.start - (a.end - a.start);
    hits.sort((a, b) => weakness(a) - weakness(b) || longest(a, b) || a.order - b.order || a.start - b.start);
    const kept = [];
    for (const hit of hits) {
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (kept[middle].start < hit.start) low = middle + 1;
        else high = middle;
      }
      const isFree = (low === 0 || kept[low - 1].end <= hit.start) &&
        (low === kept.length || hit.end <= kept[low].start);
      if (isFree) kept.splice(low, 0, hit);
    }
    return kept;
  }

  function find(text) {
    const folded = fold(text);
    const hits = groups.flatMap((group) =>
      regionsOf(group, folded.text).flatMap(({ begin, end, aloud }) =>
        readingsOf(folded.text.slice(begin, end), begin, aloud).flatMap((reading) =>
          group.shapes
            .filter((shape) => shape.aloud || !reading.aloud)
            .flatMap((shape) => hitsOf(shape, reading)),
        ),
      ),
    );
    return strongest(hits).map(({ kind, start, end }) => ({
      kind,
      start: placeOf(folded.pieces, start)[0],
      end: placeOf(folded.pieces, end - 1)[1],
      blocking: kinds[kind].blocking,
      label: kinds[kind].label,
    }));
  }

  window.personalData = { find };
})();
