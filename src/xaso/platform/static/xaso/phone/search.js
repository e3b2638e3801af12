// The search's twin: ranks procedures on the phone as kernel/search.py does, rule by rule and figure by figure. A test holds the two equal.
globalThis.xasoSearch = (() => {
  "use strict";
  const EXACT = 1, BARE = 0.9, BEGINNING = 0.6, SLIP = 0.5, OTHER_ACCENTS = 0.45;
  const LEAST_SHARE = 0.4, LEAST_LETTERS_FOR_SLIP = 4, LONGEST_QUERY_WORDS = 20, PHRASES_FOR = 40, LIGHT = 0.2;
  const FIELDS = [["names", 1], ["synonyms", 0.9], ["legal_names", 0.6], ["life_events", 0.5], ["keywords", 0.5]];
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
  const LOOKALIKES = { "ð": "đ", "Ð": "Đ", "ɖ": "đ", "Ɖ": "Đ", "’": "'", "‘": "'", "ʼ": "'", "`": "'" };

  const fold = (text) => {
    const lowered = text.replace(/[ðÐɖƉ’‘ʼ`]/g, (one) => LOOKALIKES[one]).toLowerCase().normalize("NFD");
    return lowered.replace(/\p{Mn}/gu, "").replaceAll("đ", "d").replace(/\s+/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim();
  };
  const wordOf = (written) => {
    const decomposed = written.normalize("NFD");
    return { marked: decomposed.replace(TONES, "").normalize("NFC") + (decomposed.match(TONES) || []).join(""), bare: fold(written) };
  };
  const wordsOf = (text) => text.normalize("NFC").replace(/[^\p{L}\p{N}\p{Mn}]/gu, " ").toLowerCase().split(/\s+/).filter(Boolean).map(wordOf);
  const shortened = (word) => [word, ...[...word].map((_, place) => [...word].filter((__, other) => other !== place).join(""))];
  const oneSlip = (typed, meant) => {
    if (Math.abs(typed.length - meant.length) > 1 || typed === meant) return typed === meant;
    let start = 0;
    while (start < Math.min(typed.length, meant.length) && typed[start] === meant[start]) start += 1;
    const one = typed.slice(start), other = meant.slice(start);
    const swapped = one.length === other.length && one.length >= 2 && one[0] === other[1] && one[1] === other[0] && one.slice(2) === other.slice(2);
    return swapped || one.slice(1) === other.slice(1) || one.slice(1) === other || one === other.slice(1);
  };
  const accents = (word, marked) => (word.marked === marked ? EXACT : word.marked === word.bare ? BARE : OTHER_ACCENTS);
  const isIn = (part, whole) => ` ${whole} `.includes(` ${part} `);
  const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

  const indexOf = (documents, lightWords) => {
    const light = new Set(lightWords);
    const phrases = documents.map((document) =>
      FIELDS.flatMap(([name, weight]) =>
        (document[name] || []).map(wordsOf).filter((words) => words.length).map((words) => ({
          words, weight,
          marked: words.map((word) => word.marked).join(" "),
          bare: words.map((word) => word.bare).join(" "),
          markedByBare: new Map(words.map((word) => [word.bare, word.marked])),
        })),
      ),
    );
    const postings = new Map(), joined = new Map(), near = new Map();
    phrases.forEach((list, number) => {
      for (const phrase of list) {
        for (const word of phrase.words) {
          if (!postings.has(word.bare)) postings.set(word.bare, new Map());
          const written = postings.get(word.bare);
          if (!written.has(word.marked)) written.set(word.marked, new Map());
          const numbers = written.get(word.marked);
          numbers.set(number, Math.max(phrase.weight, numbers.get(number) || 0));
        }
        for (let place = 1; place < phrase.words.length; place += 1) {
          const pair = [phrase.words[place - 1], phrase.words[place]], key = pair[0].bare + pair[1].bare;
          if (!joined.has(key)) joined.set(key, pair);
        }
      }
    });
    const vocabulary = [...postings.keys()].sort(byText);
    for (const word of vocabulary) for (const short of new Set(shortened(word))) near.set(short, [...(near.get(short) || []), word]);
    const weightOf = (word) => {
      const found = new Set([...postings.get(word).values()].flatMap((numbers) => [...numbers.keys()]));
      return Math.log(1 + documents.length / found.size) * (light.has(word) ? LIGHT : 1);
    };
    const weights = new Map(vocabulary.map((word) => [word, weightOf(word)]));
    const totals = phrases.map((list) => list.map((phrase) => [...phrase.markedByBare.keys()].reduce((sum, bare) => sum + weights.get(bare), 0)));
    const unknown = documents.length ? 0.5 * Math.log(1 + documents.length) : 1;

    const parted = (word) => {
      if (postings.has(word.bare) || !joined.has(word.bare)) return [word];
      return joined.get(word.bare).map(({ bare }) => ({ marked: bare, bare }));
    };
    const meanings = (bare) => {
      if (postings.has(bare)) return [[bare], EXACT];
      const begun = bare.length < 2 ? [] : vocabulary.filter((word) => word.startsWith(bare));
      if (begun.length) return [begun, BEGINNING];
      const known = new Set(shortened(bare).flatMap((short) => near.get(short) || []));
      return [[...known].filter((one) => Math.max(one.length, bare.length) >= LEAST_LETTERS_FOR_SLIP && oneSlip(bare, one)).sort(byText), SLIP];
    };
    const askedOf = (word) => {
      const [meant, quality] = meanings(word.bare);
      const weight = meant.length ? Math.max(...meant.map((bare) => weights.get(bare))) : unknown * (light.has(word.bare) ? LIGHT : 1);
      return { word, meant, quality, weight, against: (marked) => (quality === EXACT ? accents(word, marked) : quality) };
    };
    const metBy = (one) => {
      const best = new Map();
      for (const bare of one.meant) {
        for (const [marked, numbers] of postings.get(bare)) {
          const quality = one.against(marked);
          for (const [number, weight] of numbers) if (!best.has(number) || quality * weight > best.get(number)[0]) best.set(number, [quality * weight, quality]);
        }
      }
      return best;
    };
    const bagsOf = (asked) => {
      const met = new Map(), scored = new Map(), bags = new Map();
      for (const one of asked.words) {
        for (const [number, [value, quality]] of metBy(one)) {
          scored.set(number, (scored.get(number) || 0) + one.weight * value);
          met.set(number, (met.get(number) || 0) + one.weight * quality);
        }
      }
      for (const [number, score] of scored) if (met.get(number) >= LEAST_SHARE * asked.total) bags.set(number, score / asked.total);
      return bags;
    };
    const fit = (phrase, total, asked) => {
      let ofQuery = 0;
      const ofPhrase = new Map();
      for (const one of asked.words) {
        const bare = one.meant.find((known) => phrase.markedByBare.has(known));
        if (bare === undefined) continue;
        const quality = one.against(phrase.markedByBare.get(bare));
        ofQuery += one.weight * quality;
        ofPhrase.set(bare, Math.max(quality, ofPhrase.get(bare) || 0));
      }
      const recall = ofQuery / asked.total;
      const precision = [...ofPhrase].reduce((sum, [bare, quality]) => sum + weights.get(bare) * quality, 0) / total;
      return recall ? (2 * recall * precision) / (recall + precision) : 0;
    };
    const bestPhrase = (number, asked) => {
      let best = 0;
      phrases[number].forEach((phrase, place) => {
        if (![...asked.meanings].some((bare) => phrase.markedByBare.has(bare))) return;
        const bonus = isIn(asked.bare, phrase.bare) ? (isIn(asked.marked, phrase.marked) ? 0.2 : 0.1) : 0;
        best = Math.max(best, phrase.weight * (fit(phrase, totals[number][place], asked) / 2 + bonus));
      });
      return best;
    };
    const order = (one, other) => documents[one].rank - documents[other].rank || byText(documents[one].key, documents[other].key);

    // All documents that fit, best first: [key, score].
    return (query) => {
      const words = wordsOf(query.slice(0, 200)).flatMap(parted).slice(0, LONGEST_QUERY_WORDS);
      if (!words.length) return [];
      const list = words.map(askedOf);
      const asked = {
        words: list,
        total: list.reduce((sum, one) => sum + one.weight, 0),
        marked: words.map((word) => word.marked).join(" "),
        bare: words.map((word) => word.bare).join(" "),
        meanings: new Set(list.flatMap((one) => one.meant)),
      };
      const bags = bagsOf(asked);
      const fitting = [...bags.keys()].sort((one, other) => bags.get(other) - bags.get(one) || order(one, other));
      const scores = new Map(fitting.map((number, place) => [number, Math.round((bags.get(number) / 2 + (place < PHRASES_FOR && bestPhrase(number, asked))) * 1e6) / 1e6]));
      return fitting.sort((one, other) => scores.get(other) - scores.get(one) || order(one, other)).map((number) => [documents[number].key, scores.get(number)]);
    };
  };
  return { indexOf };
})();
