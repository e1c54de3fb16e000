/** Path of the Chromium that the tests use. Installs one where there is none; ends the process with one line where none can be had. */
export function browser(): string
