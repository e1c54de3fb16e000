/** What ends a command before the service is called, or by the service's refusal: text as the tool prints it, and its exit code. */
export class CliError extends Error {
  readonly exit: number

  constructor(text: string, exit: number) {
    super(text)
    this.exit = exit
  }
}

/** How the tool is used, as it says after a wrong line. */
const USAGE = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`

/** A line that cannot be taken apart: exit code 252, with the usage. Models: argparse and awscli/argparser.py. */
export function misused(message: string): CliError {
  return new CliError(`\naws: [ERROR]: An error occurred (ParamValidation): ${message}\n\n${USAGE}\n`, 252)
}

/** Words that belong to no option. Models: awscli UnknownArgumentErrorHandler. */
export function unknownOptions(words: readonly string[]): CliError {
  return new CliError(`\n${USAGE}\n\naws: [ERROR]: Unknown options: ${words.join(', ')}\n`, 252)
}

/** Parameters that are wrong: exit code 252. */
export function invalid(message: string): CliError {
  return new CliError(`\naws: [ERROR]: An error occurred (ParamValidation): ${message}\n`, 252)
}

/** An option whose value cannot be read. `option` has its dashes. */
export function unreadable(option: string, message: string): CliError {
  return invalid(`Error parsing parameter '${option}': ${message}`)
}

/** Configuration that is wrong: exit code 253. */
export function misconfigured(code: string, message: string): CliError {
  return new CliError(`\naws: [ERROR]: An error occurred (${code}): ${message}\n`, 253)
}

/** What went wrong in the tool itself: exit code 255. */
export function failed(message: string): CliError {
  return new CliError(`\naws: [ERROR]: ${message}\n`, 255)
}

/** A service's refusal: exit code 254. */
export function refusal(
  operation: string,
  { code, message, more }: { code: string; message: string; more?: object | undefined },
): CliError {
  const details = more
    ? `\nAdditional error details:\n${Object.entries(more)
        .map(([name, value]) => `${name}: ${detail(value)}\n`)
        .join('')}`
    : ''
  return new CliError(
    `\naws: [ERROR]: An error occurred (${code}) when calling the ${operation} operation: ${message}\n${details}`,
    254,
  )
}

function detail(value: unknown): string {
  const plain = (one: unknown) => one === null || typeof one !== 'object'
  if (plain(value)) return String(value)
  if (Array.isArray(value) && value.length < 5 && value.every(plain)) return `[${value.join(', ')}]`
  const entries = Array.isArray(value) ? [] : Object.entries(value as object)
  if (entries.length > 0 && entries.length < 5 && entries.every(([, one]) => plain(one)))
    return `{${entries.map(([name, one]) => `${name}: ${String(one)}`).join(', ')}}`
  return '<complex value> (Use --cli-error-format with json or yaml to see full details)'
}
