import { message } from "../model/message.js";
import type { EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { textOf } from "../settings/facts/module-value.js";
import {
  isUnsafeClass,
  UNSAFE_SERIALIZER,
  unsafeSerializers,
} from "../settings/sessions/unsafe-serializers.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_SERIALIZER";

const serializerRule = settingRule({
  meta: {
    id: "pickled-sessions",
    title: "Session data is unpickled",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Django's `SECRET_KEY` is used for cryptographic signing of session data. A strong, unpredictable `SECRET_KEY` is crucial",
    cwe: [502],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#session-serialization",
      "https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html#python",
    ],
    docs: {
      why: "Unpickling can run any code that the data describes. Anyone who learns `SECRET_KEY`, or can write to the session store, then runs code on the server. Django deprecated its `PickleSerializer` in 4.1 and removed it in 5.0.",
      remedy:
        "Use Django's `JSONSerializer` and store only what JSON can hold. Sessions that were pickled are dropped when it is switched.",
      verify:
        'Assert that `settings.SESSION_SERIALIZER` is `"django.contrib.sessions.serializers.JSONSerializer"`.',
      tests: [],
      limits:
        "A serializer is told by its name, or by the `loads()` of its class where that is a class of the project. Which Django the project runs is not read, so that an import that no longer exists is not named. `check --deploy` says nothing about this setting.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  fixLine: `${SETTING} = "django.contrib.sessions.serializers.JSONSerializer"`,
  strengthOf: serializerStrength,
  judge: (_, head) => ({
    severity: head.value.kind === "environment" ? "warning" : "error",
    template: `\`SESSION_SERIALIZER\` goes from {base} to {head}: session data is unpickled, and whoever learns SECRET_KEY runs code on the server.${
      textOf(head.value)?.startsWith("django.") ? " Django 5.0 and later have no such class." : ""
    }`,
  }),
});

export const pickledSessions: Rule = {
  ...serializerRule,
  detect: (module) => [...serializerRule.detect(module), ...unsafeSerializers(module)],
  judge: (pair) =>
    pair.head.identity === UNSAFE_SERIALIZER ? judgeClass(pair) : serializerRule.judge(pair),
};

function serializerStrength(value: AbstractValue, module?: PythonModule): number {
  if (value.kind === "choice") {
    return Math.min(...value.options.map((option) => serializerStrength(option, module)));
  }
  const serializer = textOf(value) ?? "";
  if (/pickle/i.test(serializer.split(".").at(-1) ?? "")) return 0;
  return module && isUnsafeClass(serializer, module) ? 0 : 1;
}

function judgeClass({ base, head }: EvidencePair): Judgement | undefined {
  if (base !== undefined) return undefined;
  return {
    severity: "warning",
    confidence: "medium",
    message: message(
      "`{name}` reads session data with `{call}`: whoever learns SECRET_KEY runs code on the server.",
      { name: head.values.name ?? "", call: head.values.call ?? "" },
    ),
  };
}
