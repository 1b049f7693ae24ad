/** How a report can be printed: for people, scripts, code scanning, a page of Markdown, a run of GitHub Actions. */
export const FORMATS = ["pretty", "json", "sarif", "markdown", "github"] as const;

export type Format = (typeof FORMATS)[number];
