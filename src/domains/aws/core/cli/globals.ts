import type { Option } from './line.ts'

/** An option of every command, with what help says of it. */
export interface GlobalOption extends Option {
  readonly says: string
  readonly values?: readonly string[]
}

export const GLOBALS: readonly GlobalOption[] = [
  { name: '--debug', takes: 'none', says: 'Turn on debug logging.' },
  { name: '--endpoint-url', takes: 'one', says: "Override command's default URL with the given URL." },
  { name: '--no-verify-ssl', takes: 'none', says: 'Do not verify SSL certificates.' },
  {
    name: '--no-paginate',
    takes: 'none',
    says: 'Make only one call, and leave the token of the next page in the output.',
  },
  {
    name: '--output',
    takes: 'one',
    says: 'The formatting style for command output.',
    values: ['json', 'text', 'table', 'yaml', 'yaml-stream', 'off'],
  },
  { name: '--query', takes: 'one', says: 'A JMESPath query to use in filtering the response data.' },
  { name: '--profile', takes: 'one', says: 'Use a specific profile from your credential file.' },
  { name: '--region', takes: 'one', says: 'The region to use. Overrides config/env settings.' },
  { name: '--version', takes: 'none', says: 'Display the version of this tool.' },
  { name: '--color', takes: 'one', says: 'Turn on/off color output.', values: ['on', 'off', 'auto'] },
  { name: '--no-sign-request', takes: 'none', says: 'Do not sign requests.' },
  { name: '--ca-bundle', takes: 'one', says: 'The CA certificate bundle to use when verifying SSL certificates.' },
  { name: '--cli-read-timeout', takes: 'one', says: 'The maximum socket read time in seconds.' },
  { name: '--cli-connect-timeout', takes: 'one', says: 'The maximum socket connect time in seconds.' },
  {
    name: '--cli-binary-format',
    takes: 'one',
    says: 'The formatting style to be used for binary blobs.',
    values: ['base64', 'raw-in-base64-out'],
  },
  { name: '--no-cli-pager', takes: 'none', says: 'Disable cli pager for output.' },
  { name: '--cli-auto-prompt', takes: 'none', says: 'Automatically prompt for CLI input parameters.' },
  { name: '--no-cli-auto-prompt', takes: 'none', says: 'Disable automatically prompt for CLI input parameters.' },
  {
    name: '--cli-error-format',
    takes: 'one',
    says: 'The formatting style for error output.',
    values: ['legacy', 'json', 'yaml', 'text', 'table', 'enhanced'],
  },
]

/** Options of every operation. */
export const OPERATION_OPTIONS: readonly GlobalOption[] = [
  { name: '--cli-input-json', takes: 'one', says: 'Reads arguments from the JSON string provided.' },
  { name: '--cli-input-yaml', takes: 'one', says: 'Reads arguments from the YAML string provided.' },
  {
    name: '--generate-cli-skeleton',
    takes: 'many',
    says: 'Prints a JSON skeleton to standard output without sending an API request.',
    values: ['input', 'output', 'yaml-input'],
  },
]

/** Options of an operation that has pages. */
export const PAGE_OPTIONS: readonly GlobalOption[] = [
  { name: '--starting-token', takes: 'one', says: 'A token to specify where to start paginating.' },
  { name: '--page-size', takes: 'one', says: 'The size of each page to get in the AWS service call.' },
  { name: '--max-items', takes: 'one', says: "The total number of items to return in the command's output." },
]
