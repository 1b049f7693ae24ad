/**
 * A sentence with holes: `{name}` in the template stands for `values.name`. Values come from the
 * repository under review and are escaped by whoever renders them; the template is ours.
 */
export interface Message {
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A sentence of ours with the values of its holes. */
export function message(template: string, values: Readonly<Record<string, string>> = {}): Message {
  return { template, values };
}

/** Fills the holes with `show(value)`; a hole without a value stays as it is, which a test of the rules forbids. */
export function fillMessage(message: Message, show: (value: string) => string): string {
  return message.template.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = message.values[name];
    return value === undefined ? hole : show(value);
  });
}
