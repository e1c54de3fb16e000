const PORTS: { readonly [scheme: string]: number } = {
  redis: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27017,
  amqp: 5672,
}

/** An address as flows know it, which is HTTP alone: a URL of another protocol becomes a connection to its port. */
export function connectionUrl(text: string): string {
  const parts = /^([a-z][a-z0-9+]*):\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?(.*)$/.exec(text)
  if (!parts || parts[1]?.startsWith('http')) return text
  return `http://${parts[2]}:${parts[3] ?? PORTS[parts[1] ?? ''] ?? 80}/`
}
