// The form engine's twin: reads what was typed and checks it by the form's own schema, as xaso.kernel.forms does. A test holds the two equal.
globalThis.xasoForm = (() => {
  "use strict";
  const REMOVED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
  const FORBIDDEN_IN_LINE = /[\u0000-\u001f\u007f-\u009f]/;
  const FORBIDDEN_IN_TEXT = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
  const CURRENCY = /\s*(?:đồng|đ|₫|vnđ|vnd)\.?$/i;
  const NUMBER = /^(?:[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+)$/;
  const BETWEEN_DIGITS = /[\s.\-()]+/g;
  const DATE_WORDS = /(?<![\p{L}\p{N}_])(?:ngày|mùng|mồng|tháng|năm)(?![\p{L}\p{N}_])/giu;
  const ISO = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/;
  const FORMATS = { "personal-number": [/^[0-9]{12}$/, "bad_personal_number"], phone: [/^(0[35789][0-9]{8}|02[0-9]{9})$/, "bad_phone"], email: [/^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/, "bad_email"] };
  const TO_CHOOSE = ["choice", "choices", "boolean", "village", "ethnicity"];
  const EARLIEST = 1800, LATEST = 2199;

  // Text
  const stripped = (text) => text.normalize("NFC").replace(LINE_ENDS, "\n").replace(REMOVED, "");
  const cleanLine = (text) => stripped(text).split(/\s+/).filter(Boolean).join(" ");
  const cleanLines = (text) => stripped(text).split("\n").map((line) => line.replace(/\s+/g, " ").trim()).join("\n").trim();
  const isDigit = (code) => /\p{Nd}/u.test(String.fromCodePoint(code));
  const digitOf = (one) => {
    const code = one.codePointAt(0);
    let before = 0;
    while (isDigit(code - before - 1)) before += 1;
    return String(before % 10);
  };
  const plainDigits = (text) => text.replace(/\p{Nd}/gu, (one) => (one <= "9" ? one : digitOf(one)));
  const lengthOf = (text) => [...text].length;

  // Dates: ISO, or why there is no such day.
  const lastDay = (year, month) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const checked = (numbers) => {
    const year = numbers.at(-1);
    const two = (number) => String(number).padStart(2, "0");
    if (year < EARLIEST || year > LATEST) return { reason: "year", year };
    if (numbers.length === 1) return { iso: `${year}` };
    const month = numbers.at(-2);
    if (month < 1 || month > 12) return { reason: "month", month };
    if (numbers.length === 2) return { iso: `${year}-${two(month)}` };
    const day = numbers[0], last = lastDay(year, month);
    if (day < 1 || day > last) return { reason: "day", day, month, year, last_day: last };
    return { iso: `${year}-${two(month)}-${two(day)}` };
  };
  const readDate = (text, partial) => {
    let parts = plainDigits(text).replace(DATE_WORDS, " ").split(/[\s/.,\-]+/).filter(Boolean);
    if (!parts.length || parts.some((part) => !/^[0-9]{1,8}$/.test(part))) return { reason: "unreadable" };
    if (parts.length === 1 && parts[0].length === 8) parts = [parts[0].slice(0, 2), parts[0].slice(2, 4), parts[0].slice(4)];
    else if (parts.length > 1 && parts[0].length === 4) parts.reverse();
    const numbers = parts.map(Number);
    while (numbers.length > 1 && numbers[0] === 0) numbers.shift();
    if (numbers.length > 3 || (numbers.length < 3 && !partial)) return { reason: "unreadable" };
    return checked(numbers);
  };
  const checkIso = (text, partial) => {
    const match = text.match(ISO);
    if (match && (partial || match[3])) return checked(match.slice(1).filter((one) => one !== undefined).map(Number).reverse());
    const read = readDate(text, partial);
    return read.reason ? read : { reason: "unreadable" };
  };
  const spanOf = (iso) => {
    const [year, month, day] = iso.split("-");
    const end = month || "12";
    return [`${year}-${month || "01"}-${day || "01"}`, `${year}-${end}-${day || lastDay(Number(year), Number(end))}`];
  };
  const written = (iso) => iso.split("-").reverse().join("/");
  const outOfSpan = (field, iso, today) => {
    const day = (limit) => (limit === "today" ? today : limit) || null;
    const last = day(field["x-not-after"]), first = day(field["x-not-before"]);
    const [earliest, latest] = spanOf(iso);
    if (last && earliest > last) return field["x-not-after"] === "today" ? ["date_in_future", {}] : ["date_too_late", { last: written(last) }];
    if (first && latest < first) return field["x-not-before"] === "today" ? ["date_in_past", {}] : ["date_too_early", { first: written(first) }];
    return null;
  };

  // Reading
  const wholeNumber = (text) => {
    const bare = plainDigits(text).replace(CURRENCY, "");
    return bare.length < 30 && NUMBER.test(bare) ? Number(bare.replace(BETWEEN_DIGITS, "")) : text;
  };
  const digits = (text) => {
    const bare = plainDigits(text).replace(BETWEEN_DIGITS, "");
    return /^\p{Nd}+$/u.test(bare) ? bare : text;
  };
  const READERS = {
    integer: wholeNumber,
    money: wholeNumber,
    boolean: (text) => ({ true: true, false: false })[text] ?? text,
    date: (text) => readDate(text, false).iso ?? text,
    "partial-date": (text) => readDate(text, true).iso ?? text,
    "personal-number": digits,
    phone: (text) => digits(plainDigits(text).startsWith("+84") ? `0${plainDigits(text).slice(3)}` : text),
  };
  const readValue = (field, values) => {
    const widget = field["x-widget"];
    if (widget === "choices") {
      const chosen = [...new Set(values.map(cleanLine).filter(Boolean))];
      return chosen.length ? chosen : undefined;
    }
    if (!values.length) return undefined;
    const text = (widget === "textarea" ? cleanLines : cleanLine)(values.at(-1));
    return text ? (READERS[widget] || String)(text) : undefined;
  };

  // Which questions are asked. An answer to a question that is itself not asked opens nothing.
  const holds = ([name, values], live) => [live[name]].flat().some((one) => values.includes(one));
  const holdAll = (conditions, live) => (conditions || []).every((one) => holds(one, live));
  function* asked(fields, answers) {
    const live = {};
    for (const [name, field] of Object.entries(fields)) {
      if (!holdAll(field["x-when"], live)) continue;
      yield [name, field];
      if (answers[name] !== undefined) live[name] = answers[name];
    }
  }

  // What stands in a form, as a map of name to values, read into answers. `rows` tells which rows of the page each table's rows are.
  const readObject = (fields, values, above) => {
    const answers = {};
    for (const [name, field] of asked(fields, answers)) {
      const path = above + name;
      let value;
      if (field["x-widget"] === "group") {
        value = readObject(field.properties, values, `${path}-`);
        if (!Object.keys(value).length) value = undefined;
      } else value = readValue(field, values.get(path) || []);
      if (value !== undefined) answers[name] = value;
    }
    return answers;
  };
  const read = (schema, values) => {
    const answers = {}, rows = {};
    for (const [name, field] of asked(schema.properties, answers)) {
      if (field["x-widget"] !== "table") {
        const one = readObject({ [name]: { ...field, "x-when": undefined } }, values, "")[name];
        if (one !== undefined) answers[name] = one;
        continue;
      }
      const row = new RegExp(`^${name}-([0-9]{1,4})-[a-z0-9_]+$`);
      const numbers = [...new Set([...values.keys()].map((key) => key.match(row)?.[1]).filter(Boolean).map(Number))].sort((one, other) => one - other);
      const filled = numbers.map((number) => [number, readObject(field.items.properties, values, `${name}-${number}-`)]).filter(([, one]) => Object.keys(one).length);
      rows[name] = filled.map(([number]) => number);
      if (filled.length) answers[name] = filled.map(([, one]) => one);
    }
    return { answers, rows };
  };

  // Checks
  const CHECKS = {
    choice: (field, value) => (value === "" ? ["missing", {}] : field.enum.includes(value) ? null : ["not_in_options", {}]),
    choices: (field, value) => {
      if (!Array.isArray(value)) return ["wrong_type", {}];
      if (value.some((one) => !field.items.enum.includes(one))) return ["not_in_options", {}];
      if (value.length < field.minItems) return value.length ? ["too_few", { min: field.minItems }] : ["missing", {}];
      return value.length > field.maxItems ? ["too_many", { max: field.maxItems }] : null;
    },
    boolean: (field, value) => (typeof value !== "boolean" ? ["wrong_type", {}] : field.const && !value ? ["must_agree", {}] : null),
    number: (field, value) => {
      if (!Number.isInteger(value)) return ["not_a_number", {}];
      if (value < field.minimum) return ["too_small", { min: field.minimum }];
      return value > field.maximum ? ["too_large", { max: field.maximum }] : null;
    },
    text: (field, value) => {
      if (typeof value !== "string") return ["wrong_type", {}];
      if ((field["x-widget"] === "textarea" ? FORBIDDEN_IN_TEXT : FORBIDDEN_IN_LINE).test(value)) return ["bad_characters", {}];
      if (!value.trim()) return ["missing", {}];
      if (field.maxLength && lengthOf(value) > field.maxLength) return ["too_long", { max: field.maxLength, length: lengthOf(value) }];
      if (lengthOf(value) < field.minLength) return ["too_short", { min: field.minLength, length: lengthOf(value) }];
      return field.pattern && !new RegExp(field.pattern, "u").test(value) ? ["bad_pattern", {}] : null;
    },
  };
  const faultOf = (field, value, around) => {
    const widget = field["x-widget"];
    if (CHECKS[widget]) return CHECKS[widget](field, value);
    if (widget === "integer" || widget === "money") return CHECKS.number(field, value);
    const fault = CHECKS.text(field, value);
    if (fault) return fault;
    if (FORMATS[widget]) return FORMATS[widget][0].test(value) ? null : [FORMATS[widget][1], {}];
    if (around.choices?.[widget]) return around.choices[widget].includes(value) ? null : ["not_in_options", {}];
    if (widget !== "date" && widget !== "partial-date") return null;
    const day = checkIso(value, widget === "partial-date");
    return day.reason ? ["bad_date", day] : outOfSpan(field, value, around.today);
  };
  const isRequired = (schema, name) => {
    const field = schema.properties[name];
    if (!schema.required.includes(name)) return false;
    return field["x-widget"] !== "group" || field.required.some((one) => !field.properties[one]["x-when"]);
  };
  const objectErrors = (schema, answers, above, around) => {
    const errors = [];
    for (const [name, field] of asked(schema.properties, answers)) {
      const value = answers[name], path = [...above, name], widget = field["x-widget"];
      if (widget === "group") {
        if (value !== undefined || isRequired(schema, name)) errors.push(...objectErrors(field, value || {}, path, around));
      } else if (value === undefined) {
        if (isRequired(schema, name)) errors.push({ path, code: widget === "table" ? "too_few" : "missing", params: widget === "table" ? { min: Math.max(1, field.minItems) } : {} });
      } else if (widget === "table") {
        if (value.length < field.minItems) errors.push({ path, code: "too_few", params: { min: field.minItems } });
        if (value.length > field.maxItems) errors.push({ path, code: "too_many", params: { max: field.maxItems } });
        else value.forEach((row, number) => errors.push(...objectErrors(field.items, row, [...path, number], around)));
      } else {
        const fault = faultOf(field, value, around);
        if (fault) errors.push({ path, code: fault[0], params: fault[1] });
      }
    }
    return errors;
  };
  const validate = (schema, answers, around = {}) => objectErrors(schema, answers, [], around);

  // Words, as platform/forms/words.py says them.
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const variantOf = (error, widget) => {
    if (error.code !== "bad_date") return TO_CHOOSE.includes(widget) ? "choose" : widget;
    const { reason, month } = error.params;
    if (reason === "unreadable") return widget === "partial-date" ? "unreadable-partial" : "unreadable";
    return reason === "day" && month === 2 ? "february" : reason;
  };
  const wordsOf = (error, field, words) => {
    if (error.code === "bad_pattern" && field?.["x-error"]) return field["x-error"];
    const text = words[`${error.code}:${variantOf(error, field?.["x-widget"] || "")}`] || words[error.code] || words.unreadable;
    return text.replace(/%\((\w+)\)s/g, (_, name) => (["min", "max", "length"].includes(name) ? grouped(error.params[name]) : error.params[name]));
  };
  const fieldAt = (schema, path) => {
    const first = schema.properties[path[0]];
    if (path.length === 1) return first;
    return path.length === 2 ? first.properties?.[path[1]] : first.items?.properties[path[2]];
  };

  return { read, validate, asked, holdAll, wordsOf, fieldAt, grouped };
})();
