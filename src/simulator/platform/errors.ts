/** An answer of the API that is not 2xx, in GitHub's shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly unknown[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function notFound(): ApiError {
  return new ApiError(404, "Not Found");
}

/** How reviews and suggestions are refused: the reasons are sentences, and none names the comment. */
export function unprocessable(...reasons: readonly string[]): ApiError {
  return new ApiError(422, "Unprocessable Entity", reasons);
}

export function invalidRequest(detail: string): ApiError {
  return new ApiError(422, `Invalid request.\n\n${detail}`);
}

export function forbidden(needed: string): ApiError {
  return new ApiError(403, "Resource not accessible by integration", undefined, {
    "x-accepted-github-permissions": needed.replace(":", "="),
  });
}
