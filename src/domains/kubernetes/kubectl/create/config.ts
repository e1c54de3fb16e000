import type { Command } from '../command.ts'
import { stop } from '../problem.ts'
import { base64, DATA_FLAGS, dataOf, encoded } from './data.ts'
import { generator } from './generator.ts'

/** `kubectl create configmap` and `secret`. Models: kubectl/pkg/cmd/create */
export const configGenerators: readonly Command[] = [
  generator({
    name: 'configmap',
    aliases: ['cm'],
    summary: 'Create a config map from a local file, directory or literal value',
    usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1]',
    flags: DATA_FLAGS,
    examples: ['kubectl create configmap my-config --from-literal=key1=config1 --from-file=app.properties'],
    make: (ask, name) => {
      const data = dataOf(ask)
      return {
        apiVersion: 'v1',
        ...(Object.keys(data).length > 0 ? { data } : {}),
        kind: 'ConfigMap',
        metadata: { name },
      }
    },
  }),
  {
    name: 'secret',
    summary: 'Create a secret using a specified subcommand',
    usage: '(docker-registry | generic | tls)',
    commands: [
      generator({
        name: 'generic',
        summary: 'Create a secret from a local file, directory, or literal value',
        usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]',
        flags: [...DATA_FLAGS, { name: 'type', value: "''", says: 'Type of the secret' }],
        examples: ['kubectl create secret generic my-secret --from-literal=key1=supersecret'],
        make: (ask, name) => {
          const data = encoded(dataOf(ask))
          const type = ask.text('type')
          return {
            apiVersion: 'v1',
            ...(Object.keys(data).length > 0 ? { data } : {}),
            kind: 'Secret',
            metadata: { name },
            ...(type ? { type } : {}),
          }
        },
      }),
      generator({
        name: 'docker-registry',
        summary: 'Create a secret for use with a Docker registry',
        usage: 'NAME --docker-username=user --docker-password=password --docker-email=email',
        flags: [
          { name: 'docker-server', value: "'https://index.docker.io/v1/'", says: 'Address of the registry' },
          { name: 'docker-username', value: "''", says: 'User' },
          { name: 'docker-password', value: "''", says: 'Password' },
          { name: 'docker-email', value: "''", says: 'Email' },
          ...DATA_FLAGS,
        ],
        make(ask, name) {
          const user = ask.text('docker-username') ?? ''
          const password = ask.text('docker-password') ?? ''
          if (ask.list('from-file').length === 0 && (user === '' || password === ''))
            stop(
              'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
            )
          const server = ask.text('docker-server') ?? 'https://index.docker.io/v1/'
          const email = ask.text('docker-email')
          const auths = {
            auths: {
              [server]: { username: user, password, ...(email ? { email } : {}), auth: base64(`${user}:${password}`) },
            },
          }
          const files = dataOf(ask)
          const text = Object.values(files)[0] ?? JSON.stringify(auths)
          return {
            apiVersion: 'v1',
            data: { '.dockerconfigjson': base64(text) },
            kind: 'Secret',
            metadata: { name },
            type: 'kubernetes.io/dockerconfigjson',
          }
        },
      }),
      generator({
        name: 'tls',
        summary: 'Create a TLS secret',
        usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file',
        flags: [
          { name: 'cert', value: "''", says: 'File with the certificate (PEM)' },
          { name: 'key', value: "''", says: 'File with the key' },
        ],
        make(ask, name) {
          const cert = ask.text('cert')
          const key = ask.text('key')
          if (!cert || !key) return stop('key and cert must be specified')
          return {
            apiVersion: 'v1',
            data: { 'tls.crt': base64(ask.read(cert)), 'tls.key': base64(ask.read(key)) },
            kind: 'Secret',
            metadata: { name },
            type: 'kubernetes.io/tls',
          }
        },
      }),
    ],
  },
]
