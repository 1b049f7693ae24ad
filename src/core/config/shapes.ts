import { nearestName } from "../report/nearest-name.js";
import { quote, type YamlNode } from "./yaml.js";

/** Takes a problem at a line. */
export type Report = (line: number, detail: string) => void;

/** The part of JSON Schema that editors need to help with writing the file. */
export interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: "object" | "array" | "string" | "integer" | "boolean";
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: false;
}

/**
 * What may stand at one place of the file: said to editors by `schema`, and read by `read`, which
 * reports what is wrong and then answers `undefined`. `name` is the option in dots.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  read(node: YamlNode, name: string, report: Report): T | undefined;
}

type ValueOf<S> = S extends Shape<infer T> ? T : never;
type Values<S> = { readonly [K in keyof S]?: ValueOf<S[K]> };

/** The same with what the documentation and editors say of it. */
export function described<T>(description: string, byDefault: unknown, shape: Shape<T>): Shape<T> {
  return { ...shape, schema: { description, ...shape.schema, default: byDefault } };
}

/** One of a few words. */
export function choice<const W extends string>(...words: readonly W[]): Shape<W> {
  return {
    schema: { type: "string", enum: words },
    read: (node, name, report) => {
      const found = words.find((word) => node.kind === "scalar" && word === node.text);
      if (found === undefined) report(node.line, `${name} has to be ${oneOf(words)}.`);
      return found;
    },
  };
}

export function integer(minimum: number, maximum: number): Shape<number> {
  return {
    schema: { type: "integer", minimum, maximum },
    read: (node, name, report) => {
      const isNumber = node.kind === "scalar" && node.plain && /^\d{1,12}$/.test(node.text);
      const value = isNumber ? Number(node.text) : -1;
      if (value >= minimum && value <= maximum) return value;
      report(node.line, `${name} has to be a whole number from ${minimum} to ${maximum}.`);
      return undefined;
    },
  };
}

export function flag(): Shape<boolean> {
  return {
    schema: { type: "boolean" },
    read: (node, name, report) => {
      const text = node.kind === "scalar" && node.plain ? node.text : "";
      if (/^(?:true|True|TRUE)$/.test(text)) return true;
      if (/^(?:false|False|FALSE)$/.test(text)) return false;
      report(node.line, `${name} has to be true or false.`);
      return undefined;
    },
  };
}

/** What YAML's core schema takes for nothing, a truth value or a number when it has no quotes. */
const NO_TEXT =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(?:\.?\d[\w.+-]*|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN))?$/;

/** A text of a form; `expected` says which, behind "has to be". */
export function text(form: RegExp, maxLength: number, expected: string): Shape<string> {
  return {
    schema: { type: "string", minLength: 1, maxLength, pattern: form.source },
    read: (node, name, report) => {
      const isText = node.kind === "scalar" && !(node.plain && NO_TEXT.test(node.text));
      if (isText && node.text.length <= maxLength && form.test(node.text)) return node.text;
      report(node.line, `${name} has to be ${expected}.`);
      return undefined;
    },
  };
}

export function list<T>(item: Shape<T>, maxItems: number): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema, maxItems },
    read: (node, name, report) => {
      if (node.kind !== "sequence") {
        report(node.line, `${name} has to be a list.`);
        return undefined;
      }
      if (node.items.length > maxItems) {
        report(node.line, `${name} has more than ${maxItems} items.`);
        return undefined;
      }
      return node.items.flatMap((one) => {
        const value = item.read(one, `Each item of ${name}`, report);
        return value === undefined ? [] : [value];
      });
    },
  };
}

/** Options under their names; no others. */
export function section<S extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: S,
): Shape<Values<S>> {
  const names = Object.keys(shapes);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(names.map((key) => [key, shapes[key]?.schema ?? {}])),
      additionalProperties: false,
    },
    read: (node, name, report) => {
      const values = readEntries(node, name, new Map(Object.entries(shapes)), report);
      // Each value was read by the shape of its name.
      return values && (Object.fromEntries(values) as Values<S>);
    },
  };
}

/** The same shape under any of these names. */
export function table<T>(names: readonly string[], shape: Shape<T>): Shape<ReadonlyMap<string, T>> {
  const shapes = new Map(names.map((name) => [name, shape]));
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, shape.schema])),
      additionalProperties: false,
    },
    read: (node, name, report) => readEntries(node, name, shapes, report),
  };
}

/** Looking for the name that was meant is dear, and nobody reads a long list of guesses. */
const MAX_GUESSES = 10;

function readEntries<T>(
  node: YamlNode,
  name: string,
  shapes: ReadonlyMap<string, Shape<T>>,
  report: Report,
): ReadonlyMap<string, T> | undefined {
  if (node.kind !== "mapping") {
    report(node.line, `${name === "" ? "The file" : name} has to be options with their values.`);
    return undefined;
  }
  const values = new Map<string, T>();
  let unknown = 0;
  for (const { key, line, value } of node.entries) {
    const shape = shapes.get(key);
    if (shape === undefined) {
      const names = unknown++ < MAX_GUESSES ? [...shapes.keys()] : [];
      report(line, unknownKey(key, name, names));
      continue;
    }
    const read = shape.read(value, name === "" ? key : `${name}.${key}`, report);
    if (read !== undefined) values.set(key, read);
  }
  return values;
}

function unknownKey(key: string, name: string, names: readonly string[]): string {
  if (key === "_extends") {
    return "_extends is not supported: nothing is fetched. The same file in the organisation's .github repository supplies defaults.";
  }
  const nearest = nearestName(key, names);
  const sentence = `There is no ${quote(key)}${name === "" ? "" : ` in ${name}`}`;
  return nearest === undefined ? `${sentence}.` : `${sentence}; did you mean ${nearest}?`;
}

function oneOf(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
