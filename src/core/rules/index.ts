import type { Rule } from "../model/rule.js";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [];
