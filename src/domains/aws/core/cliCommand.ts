import type { Json, JsonObject, World } from '../../../kernel/index.ts'
import type { Call, Step } from '../../../shell/index.ts'
import type { ApiAnswer } from './operation.ts'
import type { Principal } from './principal.ts'

/** A command of the `aws` tool that is more than one call of an operation: `aws deploy push`, `aws logs tail`. */
export interface CliCommand {
  /** Its word after the service's; takes the place of an operation of that name. */
  readonly name: string
  readonly summary: string
  readonly flags: readonly CliFlag[]
  /** Placeholders of its operands: `<path>`. All must be there unless written `[<path>]`. */
  readonly operands?: readonly string[] | undefined
  run(ask: CliAsk): Step
  /** As of a program: when what it waits for has come. */
  resume?(ask: CliAsk, state: Json): Step
}

export interface CliFlag {
  /** Without dashes. */
  readonly name: string
  /** Placeholder of its value; a switch when absent. */
  readonly value?: string | undefined
  /** Takes all words up to the next option. */
  readonly many?: true | undefined
  readonly required?: true | undefined
  readonly says: string
}

/** What a command sees of its line and of the world. */
export interface CliAsk {
  readonly call: Call
  readonly world: World
  readonly region: string
  readonly principal: Principal
  /** The value of an option; `file://` values are read. */
  readonly text: (flag: string) => string | undefined
  readonly list: (flag: string) => readonly string[]
  readonly has: (flag: string) => boolean
  readonly operands: readonly string[]
  /** Calls an operation as who runs the command. */
  readonly api: (service: string, operation: string, input: object) => ApiAnswer
  /** As `api`, but a refusal ends the command as the tool does, and what it emits is added to the command's own. */
  readonly must: (service: string, operation: string, input: object) => JsonObject
  /** Output in the format that was asked for, `--query` applied. */
  readonly print: (output: object, service?: string, operation?: string) => string
  /** Ends the command in the tool's words, with exit code 255. */
  readonly fail: (message: string, exit?: number) => never
}

/** An option that the tool adds to an operation: `--s3-location` of `deploy create-deployment`, `--count` of `ec2 run-instances`. */
export interface CliArgument {
  /** `CreateDeployment`. */
  readonly operations: readonly string[]
  /** Without dashes. */
  readonly name: string
  readonly says: string
  /** Shape by which its value is read; a plain string when absent, a switch for `switch`. */
  readonly shape?: string | undefined
  /** Members of the input that need not be given when the tool knows this option. */
  readonly frees?: readonly string[] | undefined
  /** What the tool puts into the input when the option is not given. */
  readonly absent?: ((input: JsonObject) => JsonObject) | undefined
  /** Puts its value into the input. */
  readonly apply: (input: JsonObject, value: Json, fail: (message: string) => never) => JsonObject
}
