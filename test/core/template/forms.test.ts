import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTemplateComments, withoutComments } from "../../../src/core/template/comments.js";
import { readPostForms } from "../../../src/core/template/forms.js";

describe("comments of a template", () => {
  it("are those of Django and of HTML", () => {
    const text = 'a{# b #}c{% comment "why" %}d{% csrf_token %}{% endcomment %}e<!-- f -->g';
    expect(withoutComments(text).replace(/ +/g, " ")).toBe("a c e g");
    expect(readTemplateComments(text)).toHaveLength(3);
    expect(withoutComments(text)).toHaveLength(text.length);
  });

  it("that do not end are text", () => {
    for (const text of ["<!-- {% csrf_token %}", "{# x", "{% comment %} y <!-- --"]) {
      expect(withoutComments(text)).toBe(text);
    }
  });
});

describe("the forms of a template", () => {
  const read = (text: string) =>
    readPostForms(text).map(({ key, target, tokens, helpers, isUnseen }) => ({
      key,
      target,
      tokens: tokens.length,
      helpers,
      isUnseen,
    }));

  it("are those that are sent by POST, however the tag is written", () => {
    const tags = [
      `<form method=post>`,
      `<FORM METHOD="Post">`,
      `<form\n  class='a > b'\n  method='post'\n>`,
      `<form class="{% if a > b %}x{% endif %}" method="post">`,
      `<form action="{% url "login" %}" method="post">`,
    ];
    for (const tag of tags) expect(read(`${tag}</form>`), tag).toHaveLength(1);
    const others = [
      "<form>",
      '<form method="get">',
      '<form method="{{ how }}">',
      '<format method="post">',
    ];
    for (const tag of others) expect(read(`${tag}</form>`), tag).toHaveLength(0);
  });

  it("know their tokens, their helpers and where they lead", () => {
    expect(
      read(`<form id="a" method="post">{% csrf_token %}</form>
<form action="/b" method="post">{{ csrf_input }}{% include "x.html" %}</form>
<form action="//other.example/c" method="post">{# {% csrf_token %} #}</form>
<form action="{{ where }}" method="post">`),
    ).toEqual([
      { key: "#a", target: "own-site", tokens: 1, helpers: [], isUnseen: false },
      {
        key: "",
        target: "own-site",
        tokens: 1,
        helpers: ['{%include"x.html"%}'],
        isUnseen: false,
      },
      { key: "", target: "other-site", tokens: 0, helpers: [], isUnseen: false },
      { key: "", target: "unknown", tokens: 0, helpers: [], isUnseen: true },
    ]);
  });

  it("have the lines and offsets of the file", () => {
    const text = 'x\n<form\n method="post">\n{% csrf_token %}\n</form>\n';
    const [form] = readPostForms(text);
    expect(form).toMatchObject({
      span: { startLine: 2, endLine: 3 },
      tokens: [{ startLine: 4, endLine: 4 }],
    });
    expect(text.slice(form!.tokens[0]!.start, form!.tokens[0]!.end)).toBe("{% csrf_token %}");
  });

  it("are read from any text, in bounded time and without failing", () => {
    const pieces = fc.constantFrom(
      "<form ",
      'method="post"',
      ">",
      "</form>",
      "{%",
      "%}",
      "{{",
      "}}",
      '"',
      "'",
      "csrf_token",
      "<script>",
      "</script",
      "<!--",
      "-->",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (all) => {
        const text = all.join("");
        for (const { span } of readPostForms(text))
          expect(span.end).toBeLessThanOrEqual(text.length);
      }),
    );
    const start = performance.now();
    for (const hostile of [
      "<form ",
      '<form method="post">',
      '<form a="',
      "<!--",
      "{# ",
      "{% comment %}",
      "{% include ",
      "<script",
      '<form method="post" {% ',
      "csrf",
    ]) {
      readPostForms(hostile.repeat(400_000 / hostile.length));
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
