import type { KubeFlag } from './flags.ts'

/** Flags that every command takes. Those that speak of certificates and addresses are read and change nothing here. */
export const GLOBAL_FLAGS: readonly KubeFlag[] = [
  { name: 'namespace', short: 'n', value: "''", says: 'The namespace of this request' },
  { name: 'context', value: "''", says: 'The context of the kubeconfig to use' },
  { name: 'cluster', value: "''", says: 'The cluster of the kubeconfig to use' },
  { name: 'user', value: "''", says: 'The user of the kubeconfig to use' },
  { name: 'kubeconfig', value: "''", says: 'The kubeconfig file to use' },
  { name: 'server', short: 's', value: "''", says: 'Address and port of the API server' },
  { name: 'as', value: "''", says: 'The user to act as' },
  { name: 'as-group', value: '[]', says: 'A group to act as; may be given several times', type: 'texts' },
  { name: 'as-uid', value: "''", says: 'The UID to act as' },
  { name: 'token', value: "''", says: 'Bearer token for the API server' },
  { name: 'request-timeout', value: '0', says: 'How long to wait for one request' },
  { name: 'insecure-skip-tls-verify', says: "Do not check the server's certificate" },
  { name: 'certificate-authority', value: "''", says: 'File with the certificate authority' },
  { name: 'client-certificate', value: "''", says: 'File with the client certificate' },
  { name: 'client-key', value: "''", says: 'File with the client key' },
  { name: 'tls-server-name', value: "''", says: "Name to expect in the server's certificate" },
  { name: 'cache-dir', value: "''", says: 'Directory for cached discovery' },
  { name: 'match-server-version', says: 'Require the server to have the version of the client' },
  { name: 'warnings-as-errors', says: "Treat the server's warnings as errors" },
  { name: 'v', short: 'v', value: '0', says: 'Level of detail of the log', type: 'int' },
  { name: 'help', short: 'h', says: 'Help for the command' },
]

export const OUTPUT: KubeFlag = {
  name: 'output',
  short: 'o',
  value: "''",
  says: 'How to print: json, yaml, name, jsonpath=..., ...',
  values: ['wide', 'yaml', 'json', 'name', 'jsonpath=', 'custom-columns=', 'go-template='],
}
export const SELECTOR: KubeFlag = {
  name: 'selector',
  short: 'l',
  value: "''",
  says: 'Label selector: key1=value1,key2!=value2',
}
export const FIELD_SELECTOR: KubeFlag = { name: 'field-selector', value: "''", says: 'Field selector: metadata.name=x' }
export const ALL_NAMESPACES: KubeFlag = { name: 'all-namespaces', short: 'A', says: 'Look in every namespace' }
export const FILENAME: KubeFlag = {
  name: 'filename',
  short: 'f',
  value: '[]',
  says: 'Files, directories or - for standard input',
  type: 'list',
}
export const KUSTOMIZE: KubeFlag = {
  name: 'kustomize',
  short: 'k',
  value: "''",
  says: 'Directory with a kustomization',
}
export const RECURSIVE: KubeFlag = { name: 'recursive', short: 'R', says: 'Go into directories below the one given' }
export const DRY_RUN: KubeFlag = {
  name: 'dry-run',
  value: "'none'",
  bare: 'unchanged',
  values: ['none', 'server', 'client'],
  says: 'client: only print; server: ask without storing',
}
export const FIELD_MANAGER: KubeFlag = {
  name: 'field-manager',
  value: "''",
  says: 'Name of the owner of the fields that are set',
}
export const VALIDATE: KubeFlag = {
  name: 'validate',
  value: "'strict'",
  bare: 'strict',
  says: 'strict (true), warn or ignore (false): unknown fields',
}
export const SHOW_MANAGED: KubeFlag = { name: 'show-managed-fields', says: 'Keep managedFields in json and yaml' }
export const ALLOW_MISSING: KubeFlag = {
  name: 'allow-missing-template-keys',
  says: 'Ignore what a template names and is not there',
}
export const TEMPLATE: KubeFlag = {
  name: 'template',
  value: "''",
  says: 'Template for -o=go-template and -o=go-template-file',
}
export const ALL: KubeFlag = { name: 'all', says: 'All objects of the types that are named' }
export const LOCAL: KubeFlag = { name: 'local', says: 'Do not ask the API server' }

/** Flags for what an object is printed as. */
export const PRINT_FLAGS: readonly KubeFlag[] = [OUTPUT, SHOW_MANAGED, ALLOW_MISSING, TEMPLATE]
/** Flags that name files. */
export const FILE_FLAGS: readonly KubeFlag[] = [FILENAME, KUSTOMIZE, RECURSIVE]
/** Accepted by many commands and without effect since long. */
export const RECORD: KubeFlag = {
  name: 'record',
  says: 'Write the command into the change-cause annotation (deprecated)',
}
