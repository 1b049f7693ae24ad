/**
 * Writes all of the text, also into a pipe, which may take it in pieces. A reader that has gone away
 * (`| head`) is no error.
 */
export function writeOut(text: string): Promise<void> {
  return writeTo(process.stdout, text);
}

export function writeError(text: string): Promise<void> {
  return writeTo(process.stderr, text);
}

function writeTo(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: NodeJS.ErrnoException | null) => {
      if (error && error.code !== "EPIPE") reject(error);
      else resolve();
    };
    // Without a listener the error event of a broken pipe ends the process.
    stream.once("error", settle);
    stream.write(text, (error) => {
      settle(error);
      if (!error) stream.off("error", settle);
    });
  });
}
